package dev.carillon.providers.tokens;

import dev.carillon.application.port.Tokens;
import dev.carillon.application.port.Tokens.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jspecify.annotations.Nullable;

/// Reads what a genuine token says. A claim of another kind than it should be is no claim to guess
/// at: the token is refused.
final class TokenClaims {
  private static final int LONGEST_NUMBER = 18;

  private final TokenConfig.ClaimNames names;

  TokenClaims(TokenConfig.ClaimNames names) {
    this.names = names;
  }

  Verdict read(JwtClaims claims) {
    try {
      List<Long> businesses = new ArrayList<>();
      add(claims.getClaimValue(names.business()), names.business(), businesses);
      add(claims.getClaimValue(names.businesses()), names.businesses(), businesses);
      return new Verdict.Genuine(
          new Tokens.Claims(
              claims.getSubject(),
              businesses,
              text(claims, names.userType()),
              text(claims, names.environment())));
    } catch (MalformedClaimException malformed) {
      return new Verdict.Refused("a claim of the token cannot be read");
    }
  }

  private static @Nullable String text(JwtClaims claims, String name)
      throws MalformedClaimException {
    return claims.getClaimValue(name, String.class);
  }

  /// A number, digits, or a list of such.
  private static void add(@Nullable Object value, String name, List<Long> businesses)
      throws MalformedClaimException {
    switch (value) {
      case null -> {}
      case List<?> several -> {
        for (Object one : several) {
          add(one, name, businesses);
        }
      }
      case Long number -> businesses.add(number);
      case Integer number -> businesses.add(number.longValue());
      case String digits when digits.length() <= LONGEST_NUMBER && digits.matches("[0-9]+") ->
          businesses.add(Long.parseLong(digits));
      default -> throw new MalformedClaimException(name + " is no number of a business");
    }
  }
}
