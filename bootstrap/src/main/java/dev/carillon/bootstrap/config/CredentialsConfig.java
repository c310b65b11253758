package dev.carillon.bootstrap.config;

import dev.carillon.domain.business.Environment;
import dev.carillon.providers.tokens.TokenConfig;
import dev.carillon.providers.tokens.TokenConfig.ClaimNames;
import dev.carillon.providers.tokens.TokenConfig.Fetching;
import dev.carillon.providers.tokens.TokenConfig.KeyPlace;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What callers may show besides API keys.
///
/// @param tokens which tokens are genuine; null to take none
/// @param environment that of tokens that name none; null to refuse those
public record CredentialsConfig(@Nullable TokenConfig tokens, @Nullable Environment environment) {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DAY = Duration.ofDays(1);

  static CredentialsConfig read(Section section) {
    KeyPlace keys = keys(section);
    Fetching fetching =
        new Fetching(
            section.duration("refresh", SECOND, DAY),
            section.duration("unknown-key-pause", SECOND, Duration.ofMinutes(10)),
            section.duration("keys-kept", SECOND, DAY.multipliedBy(7)));
    ClaimNames names =
        new ClaimNames(
            name(section, "business-claim"),
            name(section, "businesses-claim"),
            name(section, "user-type-claim"),
            name(section, "environment-claim"));
    Duration skew = section.duration("clock-skew", Duration.ZERO, Duration.ofMinutes(5));
    Duration maxAge = section.duration("max-age", Duration.ZERO, DAY.multipliedBy(365));
    String issuer = section.text("issuer");
    String audience = section.text("audience");
    Environment environment = environment(section);
    if (keys == null) {
      return new CredentialsConfig(null, environment);
    }
    if (issuer.isBlank() || audience.isBlank()) {
      section.problem("jwks", "needs carillon.tokens.issuer and carillon.tokens.audience");
    }
    if (fetching.stale().compareTo(fetching.refresh()) < 0) {
      section.problem("keys-kept", "must not be less than carillon.tokens.refresh");
    }
    return new CredentialsConfig(
        new TokenConfig(keys, issuer, audience, skew, maxAge, fetching, names), environment);
  }

  private static @Nullable KeyPlace keys(Section section) {
    String jwks = section.text("jwks");
    boolean http = section.flag("allow-http");
    if (jwks.isEmpty()) {
      return null;
    }
    try {
      if (!jwks.contains("://")) {
        return new KeyPlace.Local(Path.of(jwks));
      }
      URI address = URI.create(jwks);
      String scheme = address.getScheme();
      boolean web = "https".equals(scheme) || (http && "http".equals(scheme));
      if (web && address.getHost() != null) {
        return new KeyPlace.Remote(address);
      }
    } catch (IllegalArgumentException unreadable) {
      // Told below, in words that name what is wanted.
    }
    section.problem("jwks", "must be a file or an address that begins with https://");
    return null;
  }

  private static String name(Section section, String key) {
    String name = section.text(key);
    if (name.isBlank()) {
      section.problem(key, "must not be empty");
    }
    return name;
  }

  private static @Nullable Environment environment(Section section) {
    String named = section.text("environment");
    if (named.isEmpty()) {
      return null;
    }
    for (Environment known : Environment.values()) {
      if (known.name().equalsIgnoreCase(named)) {
        return known;
      }
    }
    section.problem("environment", "must be test or live, or empty");
    return null;
  }
}
