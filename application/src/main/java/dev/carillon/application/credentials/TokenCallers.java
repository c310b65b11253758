package dev.carillon.application.credentials;

import dev.carillon.application.port.Credentials;
import dev.carillon.application.port.Tokens;
import dev.carillon.domain.business.ApiKeyId;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes callers of what genuine tokens say. A token is good for the businesses that it names and
/// for no other, and never makes an operator.
public final class TokenCallers {
  private static final String NO_BUSINESS = "the token is not good for this business";

  /// RFC 7519 bounds nothing; created_by has to be shown and stored.
  private static final int LONGEST_SUBJECT = 128;

  private final Tokens tokens;
  private final Credentials credentials;
  private final @Nullable Environment usual;

  /// @param usual the environment of tokens that name none; null to refuse those
  public TokenCallers(Tokens tokens, Credentials credentials, @Nullable Environment usual) {
    this.tokens = tokens;
    this.credentials = credentials;
    this.usual = usual;
  }

  /// Whether this has the form of a signed token (RFC 7515, section 7.1) and is no API key.
  static boolean isToken(String credential) {
    return credential.chars().filter(character -> character == '.').count() == 2;
  }

  /// The caller that the token was made for.
  ///
  /// @param chosen which of its businesses is meant; null where it names one only
  Caller caller(String token, @Nullable String chosen) {
    return switch (tokens.verify(token)) {
      case Tokens.Verdict.Refused refused -> throw Authenticate.refused(refused.reason());
      case Tokens.Verdict.Genuine genuine -> caller(genuine.claims(), chosen);
    };
  }

  private Caller caller(Tokens.Claims claims, @Nullable String chosen) {
    checkSubject(claims.subject());
    Role role = role(claims.userType());
    Environment environment = environment(claims.environment());
    BusinessId business = business(claims.businesses(), chosen);
    Credentials.Home home =
        credentials.home(business).orElseThrow(() -> Authenticate.refused(NO_BUSINESS));
    return new Caller(
        new Scope(business, environment),
        role,
        claims.subject(),
        home.defaultRegion(),
        home.currency());
  }

  /// A subject that looks like a key would let a user pass for its holder.
  private static void checkSubject(String subject) {
    if (subject.isBlank()
        || subject.length() > LONGEST_SUBJECT
        || subject.startsWith(ApiKeyId.PREFIX)
        || subject.chars().anyMatch(Character::isISOControl)) {
      throw Authenticate.refused(
          "the token's subject must have 1 to "
              + LONGEST_SUBJECT
              + " characters, no control"
              + " characters, and not begin with "
              + ApiKeyId.PREFIX);
    }
  }

  private static Role role(@Nullable String userType) {
    if (userType == null) {
      return Role.USER;
    }
    return Role.ofUserType(userType)
        .filter(role -> role != Role.OPERATOR)
        .orElseThrow(
            () -> Authenticate.refused("the token's user type is none of user, adminuser, agent"));
  }

  private Environment environment(@Nullable String named) {
    Optional<Environment> environment =
        named == null
            ? Optional.ofNullable(usual)
            : Arrays.stream(Environment.values())
                .filter(known -> known.name().equalsIgnoreCase(named))
                .findFirst();
    return environment.orElseThrow(
        () -> Authenticate.refused("the token's environment must be TEST or LIVE"));
  }

  private static BusinessId business(List<Long> named, @Nullable String chosen) {
    if (chosen == null && named.size() > 1) {
      throw Authenticate.refused("x-business-id must choose one of the token's businesses");
    }
    return named.stream()
        .filter(business -> business > 0)
        .filter(business -> chosen == null || chosen.strip().equals(Long.toString(business)))
        .findFirst()
        .map(BusinessId::new)
        .orElseThrow(() -> Authenticate.refused(NO_BUSINESS));
  }
}
