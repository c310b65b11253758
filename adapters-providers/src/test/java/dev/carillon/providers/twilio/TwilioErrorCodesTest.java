package dev.carillon.providers.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.recipient.SuppressionCause;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TwilioErrorCodesTest {
  private static final Duration WAIT = Duration.ofSeconds(3);

  @ParameterizedTest
  @CsvSource({
    "20003, UNREACHABLE, ACCOUNT_REFUSED",
    "30002, UNREACHABLE, ACCOUNT_REFUSED",
    "21609, UNREACHABLE, ACCOUNT_REFUSED",
    "20429, THROTTLED, THROTTLED",
    "21611, THROTTLED, THROTTLED",
    "30001, THROTTLED, THROTTLED",
    "20500, UNCONFIRMED, OUTCOME_UNKNOWN",
    "21211, REJECTED, UNKNOWN_DESTINATION",
    "21408, REJECTED, ROUTE_REFUSED",
    "21606, REJECTED, SENDER_REFUSED",
    "21610, REJECTED, DESTINATION_BLOCKED",
    "21612, REJECTED, ROUTE_REFUSED",
    "21614, REJECTED, UNKNOWN_DESTINATION",
    "21617, REJECTED, CONTENT_REFUSED",
    "30003, REJECTED, DESTINATION_UNREACHABLE",
    "30004, REJECTED, DESTINATION_BLOCKED",
    "30005, REJECTED, UNKNOWN_DESTINATION",
    "30006, REJECTED, DESTINATION_UNREACHABLE",
    "30007, REJECTED, CONTENT_REFUSED",
    "30008, REJECTED, NOT_DELIVERED",
    "30034, REJECTED, SENDER_REFUSED",
    "63016, REJECTED, CONTENT_REFUSED",
    "63024, REJECTED, UNKNOWN_DESTINATION",
  })
  void aCodeMeansOneOutcome(int code, OutcomeKind kind, Reason reason) {
    DispatchOutcome outcome = TwilioErrorCodes.of(code).orElseThrow().outcome(WAIT);

    assertThat(OutcomeKind.of(outcome)).isEqualTo(kind);
    switch (outcome) {
      case DispatchOutcome.Rejected rejected -> assertThat(rejected.reason()).isEqualTo(reason);
      case DispatchOutcome.Unreachable it -> assertThat(it.reason()).isEqualTo(reason);
      case DispatchOutcome.Throttled throttled ->
          assertThat(throttled.retryAfter()).isEqualTo(WAIT);
      default -> assertThat(reason).isEqualTo(Reason.OUTCOME_UNKNOWN);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyLineIsFoundByItsCodeAndSaysIt(TwilioErrorCodes line) {
    assertThat(TwilioErrorCodes.of(line.code())).contains(line);
    assertThat(line.detail()).startsWith(line.code() + " ").hasSizeLessThan(64);
  }

  @Test
  void onlyRefusalsOfTheRecipientStopWritingToIt() {
    assertThat(Arrays.stream(TwilioErrorCodes.values()).filter(it -> it.suppression().isPresent()))
        .containsExactlyInAnyOrder(TwilioErrorCodes.UNSUBSCRIBED, TwilioErrorCodes.BLOCKED_BY_USER)
        .allMatch(it -> it.reason() == Reason.DESTINATION_BLOCKED);
    assertThat(TwilioErrorCodes.UNSUBSCRIBED.suppression()).contains(SuppressionCause.STOP);
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "99999", "4294988506"})
  void otherNumbersMeanNothing(long code) {
    assertThat(TwilioErrorCodes.of(code)).isEmpty();
  }
}
