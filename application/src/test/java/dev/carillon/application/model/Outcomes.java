package dev.carillon.application.model;

import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.settling.Answer;
import dev.carillon.application.settling.Settled.Marked;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.delivery.Reason;
import java.time.Instant;
import java.util.Random;

/// What carriers say, as the service and as the model hear it.
final class Outcomes {
  private Outcomes() {}

  static String any(Random random) {
    return switch (random.nextInt(11)) {
      case 0, 1, 2, 3 -> "ACCEPTED";
      case 4 -> "REJECTED";
      case 5, 6 -> "UNREACHABLE";
      case 7 -> "THROTTLED";
      case 8 -> "WITHDRAWN";
      default -> "UNCONFIRMED";
    };
  }

  static Answer answer(Marked marked, String kind, Instant at) {
    return new Answer(
        marked.position(),
        marked.attempt(),
        marked.resent(),
        outcome(kind),
        ScriptedCarrier.ID,
        at);
  }

  static String kind(Answer answer) {
    return OutcomeKind.of(answer.outcome()).name();
  }

  static PlainAnswer plain(Answer answer) {
    return new PlainAnswer(answer.position(), answer.attempt(), answer.resent(), kind(answer));
  }

  private static DispatchOutcome outcome(String kind) {
    return switch (kind) {
      case "ACCEPTED" -> new DispatchOutcome.Accepted("id");
      case "REJECTED" -> new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, "no");
      case "UNREACHABLE" ->
          new DispatchOutcome.Unreachable(Reason.CARRIER_UNREACHABLE, "down", null);
      case "THROTTLED" -> new DispatchOutcome.Throttled(null);
      case "WITHDRAWN" -> new DispatchOutcome.Withdrawn();
      default -> new DispatchOutcome.Unconfirmed("lost");
    };
  }
}
