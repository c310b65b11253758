package dev.carillon.providers.tokens;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/// Which tokens are genuine.
///
/// @param keys where the public keys are of those who make them (JWK set, RFC 7517)
/// @param issuer that tokens must name (iss)
/// @param audience that tokens must name (aud): this service
/// @param skew by how much clocks may differ, whole seconds
/// @param maxAge since a token was made (iat), whole seconds; zero for as long as it says itself
public record TokenConfig(
    KeyPlace keys,
    String issuer,
    String audience,
    Duration skew,
    Duration maxAge,
    Fetching fetching,
    ClaimNames names) {
  /// Where a key set is kept.
  public sealed interface KeyPlace {
    /// A file of this machine.
    record Local(Path file) implements KeyPlace {}

    /// An address on the web.
    record Remote(URI address) implements KeyPlace {}
  }

  /// How the key set is kept up to date.
  ///
  /// @param refresh it is read again after this
  /// @param pause between two readings that an unknown key asks for, or a failure
  /// @param stale how long it is good for when it cannot be read again
  public record Fetching(Duration refresh, Duration pause, Duration stale) {
    /// Every 5 minutes, an unknown key at most every 10 s; an hour without.
    public static final Fetching DEFAULTS =
        new Fetching(Duration.ofMinutes(5), Duration.ofSeconds(10), Duration.ofHours(1));
  }

  /// How claims are called.
  ///
  /// @param business the number of the business that a token is good for
  /// @param businesses the numbers of several
  /// @param userType user, adminuser or agent
  /// @param environment TEST or LIVE
  public record ClaimNames(
      String business, String businesses, String userType, String environment) {
    /// In the words of the API.
    public static final ClaimNames DEFAULTS =
        new ClaimNames("business_id", "businesses", "user_type", "environment");
  }
}
