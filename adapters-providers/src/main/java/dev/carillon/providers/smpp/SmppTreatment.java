package dev.carillon.providers.smpp;

import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a refusal means for a message. Whatever it is, the centre says that it did not take it.
public enum SmppTreatment {
  /// Too busy: later, and slower.
  THROTTLED(Reason.THROTTLED),
  /// A failure of the centre: another attempt is worth it.
  RETRY(Reason.CARRIER_UNREACHABLE),
  /// The bind is not good for sending: nothing goes over it until it is made anew.
  STOP(Reason.ACCOUNT_REFUSED),
  /// Refused for good.
  REFUSED(Reason.CARRIER_REFUSED),
  /// There is no such number.
  UNKNOWN_DESTINATION(Reason.UNKNOWN_DESTINATION),
  /// The number is blocked, or does not want to hear from us.
  BLOCKED(Reason.DESTINATION_BLOCKED),
  /// What it says, or how long it is, was refused.
  CONTENT(Reason.CONTENT_REFUSED),
  /// Who it comes from was refused.
  SENDER(Reason.SENDER_REFUSED),
  /// The centre does not serve the destination.
  ROUTE(Reason.ROUTE_REFUSED),
  /// The centre does not serve us that way.
  ACCOUNT(Reason.ACCOUNT_REFUSED);

  private final Reason reason;

  SmppTreatment(Reason reason) {
    this.reason = reason;
  }

  /// What it is called in the house.
  public Reason reason() {
    return reason;
  }

  /// The outcome that it means.
  ///
  /// @param detail the code and its words
  /// @param pause how long to leave the centre alone when it is too busy
  DispatchOutcome outcome(String detail, @Nullable Duration pause) {
    return switch (this) {
      case THROTTLED -> new DispatchOutcome.Throttled(pause);
      case RETRY, STOP -> new DispatchOutcome.Unreachable(reason, detail, null);
      default -> new DispatchOutcome.Rejected(reason, detail);
    };
  }
}
