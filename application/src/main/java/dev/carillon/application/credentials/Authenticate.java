package dev.carillon.application.credentials;

import dev.carillon.application.port.Credentials;
import dev.carillon.domain.business.ApiKeyId;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Tells who calls by an API key or a token. The credential alone says who that is; what else the
/// call claims must agree with it.
public final class Authenticate {
  private static final int LONGEST_KEY = 512;

  private final Credentials credentials;
  private final TokenCallers tokens;
  private final KeyUses uses;
  private final InstantSource clock;

  public Authenticate(
      Credentials credentials, TokenCallers tokens, KeyUses uses, InstantSource clock) {
    this.credentials = credentials;
    this.tokens = tokens;
    this.uses = uses;
    this.clock = clock;
  }

  /// The caller. Throws a DomainException: InvalidCredentials, StoreUnavailable.
  public Caller handle(Query query) {
    Caller caller =
        query.bearer() && TokenCallers.isToken(query.credential())
            ? tokens.caller(query.credential(), query.business())
            : holder(query.credential());
    check(query, caller);
    return caller;
  }

  private Caller holder(String key) {
    if (key.isEmpty() || key.length() > LONGEST_KEY) {
      throw refused("the API key is not valid");
    }
    Caller holder =
        credentials.byApiKey(key).orElseThrow(() -> refused("the API key is not valid"));
    uses.note(new ApiKeyId(holder.principal()), clock.instant());
    return holder;
  }

  private static void check(Query query, Caller caller) {
    String userType = query.userType();
    if (userType != null && !userType.strip().equalsIgnoreCase(caller.role().userType())) {
      throw refused("user-type is not that of the credential");
    }
    String business = query.business();
    String own = Long.toString(caller.scope().business().value());
    if (business != null && !business.strip().equals(own)) {
      throw refused("x-business-id is not the business of the credential");
    }
  }

  static DomainException refused(String description) {
    return new DomainException(new DomainError.InvalidCredentials(description));
  }

  /// What a call brings.
  ///
  /// @param credential an API key, or a token
  /// @param bearer whether it came where tokens may come
  /// @param userType what the caller claims to be; null when it claims nothing
  /// @param business the number of the business that it means; null when it does not say
  public record Query(
      String credential, boolean bearer, @Nullable String userType, @Nullable String business) {
    @Override
    public String toString() {
      return "Authenticate.Query";
    }
  }
}
