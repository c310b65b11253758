package dev.carillon.application.port;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells genuine tokens (JWT, RFC 7519) from others.
public interface Tokens {
  /// Whether the token was signed by a trusted issuer for this service and is valid now, and what
  /// it says. Waits a bounded time where keys have to be fetched first. Throws a DomainException
  /// (StoreUnavailable) when there are none to check it by.
  Verdict verify(String token);

  /// For a house that takes none.
  static Tokens none() {
    return _ -> new Verdict.Refused("tokens are not accepted here");
  }

  /// What became of it.
  sealed interface Verdict {
    /// What the token says holds.
    record Genuine(Claims claims) implements Verdict {}

    /// It proves nothing.
    ///
    /// @param reason for the caller, in plain English, without anything of the token
    record Refused(String reason) implements Verdict {}
  }

  /// What a token says, as it says it.
  ///
  /// @param subject who it was made for
  /// @param businesses the numbers of the businesses that it is good for
  /// @param userType null when it says none
  /// @param environment null when it says none
  record Claims(
      String subject,
      List<Long> businesses,
      @Nullable String userType,
      @Nullable String environment) {
    public Claims {
      businesses = List.copyOf(businesses);
    }
  }
}
