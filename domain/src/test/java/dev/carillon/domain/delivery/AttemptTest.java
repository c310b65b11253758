package dev.carillon.domain.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttemptTest {
  private static final CarrierId CARRIER = new CarrierId("simulated");
  private static final Route ROUTE = new Route(CARRIER, "route all, weight 3 of 4");
  private static final Instant AT = Instant.parse("2025-01-15T10:00:00Z");

  @Test
  void keepsTheCarriersIdOfWhatItTook() {
    assertThat(attempt(Outcomes.ACCEPTED))
        .isEqualTo(expected(OutcomeKind.ACCEPTED, null, "", "id-1"));
  }

  @Test
  void keepsWhyItWasRefused() {
    assertThat(attempt(Outcomes.REJECTED))
        .isEqualTo(expected(OutcomeKind.REJECTED, Reason.CARRIER_REFUSED, "code 5", ""));
  }

  @Test
  void keepsThatTheCarrierWasBusy() {
    assertThat(attempt(Outcomes.THROTTLED))
        .isEqualTo(expected(OutcomeKind.THROTTLED, Reason.THROTTLED, "", ""));
  }

  @Test
  void keepsWhyItWasNotReached() {
    assertThat(attempt(Outcomes.UNREACHABLE))
        .isEqualTo(expected(OutcomeKind.UNREACHABLE, Reason.CARRIER_UNREACHABLE, "reset", ""));
  }

  @Test
  void keepsThatTheAnswerWasLost() {
    assertThat(attempt(Outcomes.UNCONFIRMED))
        .isEqualTo(expected(OutcomeKind.UNCONFIRMED, Reason.OUTCOME_UNKNOWN, "no answer", ""));
  }

  @Test
  void keepsThatTheHouseItselfCalledItBack() {
    assertThat(attempt(Outcomes.WITHDRAWN))
        .isEqualTo(expected(OutcomeKind.WITHDRAWN, Reason.SYSTEM_ERROR, "", ""));
  }

  @Test
  void keepsWhyTheHouseItselfHeldItBack() {
    assertThat(attempt(Outcomes.WITHHELD))
        .isEqualTo(expected(OutcomeKind.WITHHELD, Reason.SUPPRESSED, "", ""));
  }

  @Test
  void keepsTheIdsOfTheParts() {
    Attempt attempt = attempt(new DispatchOutcome.Accepted("7a", List.of("7a", "7b")));

    assertThat(attempt.carrierMessageId()).isEqualTo("7a");
    assertThat(attempt.partIds()).containsExactly("7a", "7b");
  }

  @Test
  void cutsTheCarriersWords() {
    Attempt attempt =
        attempt(new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, "x".repeat(1_000)));

    assertThat(attempt.detail()).isEqualTo("x".repeat(255));
  }

  private static Attempt attempt(DispatchOutcome outcome) {
    return Attempt.of(17, 3, true, outcome, ROUTE, AT);
  }

  private static Attempt expected(
      OutcomeKind kind, @Nullable Reason reason, String detail, String carrierMessageId) {
    return new Attempt(
        17,
        3,
        true,
        kind,
        reason,
        detail,
        CARRIER,
        ROUTE.reason(),
        carrierMessageId,
        List.of(),
        AT);
  }
}
