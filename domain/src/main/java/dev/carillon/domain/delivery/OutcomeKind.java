package dev.carillon.domain.delivery;

/// The kind of a carrier's answer, as it is stored with the attempt. Codes are never reused.
public enum OutcomeKind {
  ACCEPTED(1),
  REJECTED(2),
  THROTTLED(3),
  UNREACHABLE(4),
  UNCONFIRMED(5),
  WITHDRAWN(6),
  WITHHELD(7);

  private final int code;

  OutcomeKind(int code) {
    this.code = code;
  }

  /// The stored number.
  public int code() {
    return code;
  }

  /// The kind of a stored number.
  public static OutcomeKind of(int code) {
    return values()[code - 1];
  }

  /// The kind of an answer.
  public static OutcomeKind of(DispatchOutcome outcome) {
    return switch (outcome) {
      case DispatchOutcome.Accepted _ -> ACCEPTED;
      case DispatchOutcome.Rejected _ -> REJECTED;
      case DispatchOutcome.Throttled _ -> THROTTLED;
      case DispatchOutcome.Unreachable _ -> UNREACHABLE;
      case DispatchOutcome.Unconfirmed _ -> UNCONFIRMED;
      case DispatchOutcome.Withdrawn _ -> WITHDRAWN;
      case DispatchOutcome.Withheld _ -> WITHHELD;
    };
  }
}
