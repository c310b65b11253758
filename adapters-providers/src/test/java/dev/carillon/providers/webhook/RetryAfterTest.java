package dev.carillon.providers.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void readsSecondsAndDates() {
    assertThat(RetryAfter.read("120", NOW)).isEqualTo(Duration.ofMinutes(2));
    assertThat(RetryAfter.read(" 0 ", NOW)).isEqualTo(Duration.ZERO);
    assertThat(RetryAfter.read("Sun, 01 Mar 2026 10:00:30 GMT", NOW))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(RetryAfter.read("Sun, 01 Mar 2026 09:00:00 GMT", NOW)).isEqualTo(Duration.ZERO);
  }

  @Test
  void doesNotGuess() {
    for (String text : new String[] {"", "-1", "1.5", "soon", "99999999999"}) {
      assertThat(RetryAfter.read(text, NOW)).as(text).isNull();
    }
    assertThat(RetryAfter.read(null, NOW)).isNull();
  }
}
