package dev.carillon.domain.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.webhook.DeliveryAnswer.Answered;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EndpointHealthTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final DeliveryAnswer FINE = new Answered(200, null, "", Duration.ZERO);
  private static final DeliveryAnswer BAD = new Answered(500, null, "", Duration.ZERO);

  @Test
  void opensAfterTenFailuresInARowAndClosesAtTheFirstSuccess() {
    EndpointHealth health = failed(9);
    assertThat(health.isOpen()).isFalse();
    assertThat(health.pause()).isZero();

    health = health.after(BAD, NOW);
    assertThat(health.isOpen()).isTrue();
    assertThat(health.pause()).isEqualTo(Duration.ofSeconds(1));

    assertThat(health.after(FINE, NOW)).isEqualTo(EndpointHealth.GOOD);
  }

  @Test
  void pausesLongerAndLongerUpToABound() {
    assertThat(failed(11).pause()).isEqualTo(Duration.ofSeconds(2));
    assertThat(failed(14).pause()).isEqualTo(Duration.ofSeconds(16));
    assertThat(failed(1_000).pause()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void countsTheTimeFromTheFirstFailureAfterASuccess() {
    EndpointHealth health = EndpointHealth.GOOD.after(BAD, NOW).after(BAD, NOW.plusSeconds(60));

    assertThat(health.hasFailedFor(Duration.ofSeconds(60), NOW.plusSeconds(59))).isFalse();
    assertThat(health.hasFailedFor(Duration.ofSeconds(60), NOW.plusSeconds(60))).isTrue();
    assertThat(health.after(FINE, NOW).hasFailedFor(Duration.ZERO, NOW)).isFalse();
  }

  @Test
  void staysTheSameWhereNobodyAskedTheReceiver() {
    DeliveryAnswer unreadable =
        new DeliveryAnswer.Unanswered(
            DeliveryAnswer.Cause.SECRET_UNREADABLE, Duration.ofSeconds(1));

    assertThat(failed(3).after(unreadable, NOW)).isEqualTo(failed(3));
    assertThat(EndpointHealth.GOOD.after(unreadable, NOW)).isEqualTo(EndpointHealth.GOOD);
  }

  private static EndpointHealth failed(int times) {
    EndpointHealth health = EndpointHealth.GOOD;
    for (int i = 0; i < times; i++) {
      health = health.after(BAD, NOW);
    }
    return health;
  }
}
