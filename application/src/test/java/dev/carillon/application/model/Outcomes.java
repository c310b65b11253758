package dev.carillon.application.model;

import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.settling.Answer;
import dev.carillon.application.settling.Settled.Marked;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Route;
import dev.carillon.domain.message.CarrierChoice;
import java.time.Instant;
import java.util.Random;

/// What carriers say, as the service and as the model hear it.
final class Outcomes {
  /// A refusal for which another carrier may be tried.
  private static final String ELSEWHERE = "ELSEWHERE";

  private Outcomes() {}

  static String any(Random random) {
    return switch (random.nextInt(14)) {
      case 0, 1, 2, 3 -> "ACCEPTED";
      case 4 -> "REJECTED";
      case 5, 6 -> "UNREACHABLE";
      case 7 -> "THROTTLED";
      case 8 -> "WITHDRAWN";
      case 9 -> "WITHHELD";
      case 10, 11 -> ELSEWHERE;
      default -> "UNCONFIRMED";
    };
  }

  static Answer answer(Marked marked, String kind, Instant at) {
    Answer answer = plainAnswer(marked, kind, at);
    return kind.equals(ELSEWHERE) ? answer.goingElsewhere() : answer;
  }

  private static Answer plainAnswer(Marked marked, String kind, Instant at) {
    return new Answer(
        marked.position(),
        marked.attempt(),
        marked.resent(),
        outcome(kind),
        new Route(carrier(marked.carrier()), ""),
        marked.carrier(),
        at);
  }

  /// The carrier that has a number in histories.
  static CarrierId carrier(int number) {
    return number == CarrierChoice.PROVIDER
        ? ScriptedCarrier.ID
        : new CarrierId("routed-" + number);
  }

  static String kind(Answer answer) {
    return OutcomeKind.of(answer.outcome()).name();
  }

  static PlainAnswer plain(Answer answer) {
    return new PlainAnswer(
        answer.position(),
        answer.attempt(),
        answer.resent(),
        kind(answer),
        answer.elsewhere(),
        answer.carrier());
  }

  private static DispatchOutcome outcome(String kind) {
    return switch (kind) {
      case "ACCEPTED" -> new DispatchOutcome.Accepted("id");
      case "REJECTED" -> new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, "no");
      case "UNREACHABLE" ->
          new DispatchOutcome.Unreachable(Reason.CARRIER_UNREACHABLE, "down", null);
      case "THROTTLED" -> new DispatchOutcome.Throttled(null);
      case "WITHDRAWN" -> new DispatchOutcome.Withdrawn();
      case "WITHHELD" -> new DispatchOutcome.Withheld(Reason.SUPPRESSED);
      case ELSEWHERE -> new DispatchOutcome.Rejected(Reason.ACCOUNT_REFUSED, "no");
      default -> new DispatchOutcome.Unconfirmed("lost");
    };
  }
}
