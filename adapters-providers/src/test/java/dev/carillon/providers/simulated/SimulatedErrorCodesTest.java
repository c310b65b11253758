package dev.carillon.providers.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.delivery.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SimulatedErrorCodesTest {
  private static final Duration WAIT = Duration.ofSeconds(3);

  @ParameterizedTest
  @CsvSource({
    "TAKEN, ACCEPTED, true",
    "REFUSED, REJECTED, false",
    "NO_SUCH_DESTINATION, REJECTED, false",
    "BLOCKED, REJECTED, false",
    "CONTENT, REJECTED, false",
    "SENDER, REJECTED, false",
    "BUSY, THROTTLED, false",
    "BUSY_FOR, THROTTLED, false",
    "DOWN, UNREACHABLE, false",
    "ABSENT, UNREACHABLE, false",
    "NO_ANSWER, UNCONFIRMED, true",
  })
  void everyAnswerMeansOneOutcome(SimulatedErrorCodes code, OutcomeKind kind, boolean taken) {
    assertThat(OutcomeKind.of(code.outcome("id", WAIT))).isEqualTo(kind);
    assertThat(code.takes()).isEqualTo(taken);
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "NO_SUCH_DESTINATION", "BLOCKED", "CONTENT", "SENDER"})
  void refusalsCarryTheirReasonAndWords(SimulatedErrorCodes code) {
    DispatchOutcome.Rejected rejected = (DispatchOutcome.Rejected) code.outcome("id", WAIT);

    assertThat(rejected.reason()).isEqualTo(code.reason());
    assertThat(rejected.detail()).isEqualTo(code.detail()).matches("\\d{3} [a-z ,]+");
  }

  @Test
  void onlySomeSayHowLongToWait() {
    assertThat(SimulatedErrorCodes.BUSY.outcome("id", WAIT))
        .isEqualTo(new DispatchOutcome.Throttled(null));
    assertThat(SimulatedErrorCodes.BUSY_FOR.outcome("id", WAIT))
        .isEqualTo(new DispatchOutcome.Throttled(WAIT));
    assertThat(SimulatedErrorCodes.DOWN.outcome("id", WAIT))
        .isEqualTo(
            new DispatchOutcome.Unreachable(Reason.CARRIER_UNREACHABLE, "503 carrier down", null));
  }
}
