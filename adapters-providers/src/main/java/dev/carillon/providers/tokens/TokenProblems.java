package dev.carillon.providers.tokens;

import dev.carillon.application.port.Tokens.Verdict;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;

/// What callers are told of tokens that are refused. Of a signature that does not hold nothing more
/// is told.
final class TokenProblems {
  private static final Map<Integer, String> REASONS = new LinkedHashMap<>();

  static {
    REASONS.put(ErrorCodes.EXPIRED, "the token is expired");
    REASONS.put(ErrorCodes.EXPIRATION_MISSING, "the token has no exp");
    REASONS.put(ErrorCodes.NOT_YET_VALID, "the token is not valid yet");
    REASONS.put(ErrorCodes.ISSUED_AT_MISSING, "the token has no iat");
    REASONS.put(ErrorCodes.ISSUED_AT_INVALID_FUTURE, "the token is of the future");
    REASONS.put(ErrorCodes.ISSUED_AT_INVALID_PAST, "the token is too old");
    REASONS.put(ErrorCodes.AUDIENCE_MISSING, "the token has no aud");
    REASONS.put(ErrorCodes.AUDIENCE_INVALID, "the token is for another audience");
    REASONS.put(ErrorCodes.ISSUER_MISSING, "the token has no iss");
    REASONS.put(ErrorCodes.ISSUER_INVALID, "the token is of another issuer");
    REASONS.put(ErrorCodes.SUBJECT_MISSING, "the token has no sub");
  }

  private TokenProblems() {}

  static Verdict.Refused refusal(InvalidJwtException invalid, Verdict.Refused otherwise) {
    return REASONS.entrySet().stream()
        .filter(reason -> invalid.hasErrorCode(reason.getKey()))
        .findFirst()
        .map(reason -> new Verdict.Refused(reason.getValue()))
        .orElse(otherwise);
  }
}
