package dev.carillon.bootstrap.config;

import java.time.Duration;

/// How changes of carriers and routes are taken over.
///
/// @param period between two looks at the file
/// @param drain how long a carrier that is replaced or gone may take to answer
public record ReloadConfig(Duration period, Duration drain) {
  static ReloadConfig read(Section section) {
    return new ReloadConfig(
        section.duration("period", Duration.ofMillis(100), Duration.ofHours(1)),
        section.duration("drain", Duration.ofSeconds(1), Duration.ofMinutes(10)));
  }
}
