package dev.carillon.domain.delivery;

import java.time.Duration;
import java.util.List;

/// One answer of every kind.
final class Outcomes {
  static final DispatchOutcome ACCEPTED = new DispatchOutcome.Accepted("id-1");
  static final DispatchOutcome REJECTED =
      new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, "code 5");
  static final DispatchOutcome THROTTLED = new DispatchOutcome.Throttled(Duration.ofSeconds(3));
  static final DispatchOutcome UNREACHABLE =
      new DispatchOutcome.Unreachable(Reason.CARRIER_UNREACHABLE, "reset", null);
  static final DispatchOutcome UNCONFIRMED = new DispatchOutcome.Unconfirmed("no answer");
  static final DispatchOutcome WITHDRAWN = new DispatchOutcome.Withdrawn();
  static final DispatchOutcome WITHHELD = new DispatchOutcome.Withheld(Reason.SUPPRESSED);

  static final List<DispatchOutcome> ALL =
      List.of(ACCEPTED, REJECTED, THROTTLED, UNREACHABLE, UNCONFIRMED, WITHDRAWN, WITHHELD);

  private Outcomes() {}
}
