package dev.carillon.providers.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpOutcomesTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-22T08:49:37Z"));

  @ParameterizedTest
  @CsvSource({
    "120,120",
    "' 0 ',0",
    "'Sun, 22 Nov 2026 08:50:37 GMT',60",
    "'Sun, 22 Nov 2026 08:00:00 GMT',0",
    "999999999,86400",
    "'Mon, 22 Nov 2066 08:00:00 GMT',86400"
  })
  void readsHowLongToWait(String header, long seconds) {
    assertThat(HttpOutcomes.retryAfter(answer(Map.of("retry-after", header)), CLOCK))
        .contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999999", "2026-11-22T08:50:37Z"})
  void readsNothingFromWhatIsNoTime(String header) {
    assertThat(HttpOutcomes.retryAfter(answer(Map.of("retry-after", header)), CLOCK)).isEmpty();
  }

  @Test
  void waitsForNothingThatWasNotSaid() {
    assertThat(HttpOutcomes.retryAfter(answer(Map.of()), CLOCK)).isEmpty();
  }

  @Test
  void neverSendsAgainWhatMayHaveArrived() {
    assertThat(HttpOutcomes.of(new HttpResult.NoAnswer("why")))
        .isEqualTo(new DispatchOutcome.Unconfirmed("why"));
    assertThat(HttpOutcomes.of(new HttpResult.NotSent("why")))
        .isEqualTo(DispatchOutcome.Unreachable.noContact(Reason.CARRIER_UNREACHABLE, "why"));
  }

  private static HttpResult.Answered answer(Map<String, String> headers) {
    return new HttpResult.Answered(429, headers, new byte[0], false);
  }
}
