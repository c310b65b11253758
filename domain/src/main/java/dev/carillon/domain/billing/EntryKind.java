package dev.carillon.domain.billing;

import java.util.Arrays;
import java.util.Comparator;

/// Every way in which money moves, as data: from which account to which.
public enum EntryKind {
  /// Money comes in.
  TOP_UP(1, Account.FUNDING, Account.AVAILABLE),
  /// Money that came in by mistake goes out again.
  CORRECTION(2, Account.AVAILABLE, Account.FUNDING),
  /// A submission was accepted.
  HOLD(3, Account.AVAILABLE, Account.HELD),
  /// A carrier took messages.
  CAPTURE(4, Account.HELD, Account.CAPTURED),
  /// Messages that were taken are to be given back after all: they did not arrive, and the plan
  /// says so.
  REVERSAL(5, Account.CAPTURED, Account.HELD),
  /// Messages were not taken.
  REFUND(6, Account.HELD, Account.AVAILABLE),
  /// Late evidence: messages were taken whose money had been given back.
  RECHARGE(7, Account.AVAILABLE, Account.HELD),
  /// The same, where the balance does not pay for it.
  DEBT(8, Account.OWED, Account.HELD),
  /// What is owed is paid by money that came in.
  REPAYMENT(9, Account.AVAILABLE, Account.OWED);

  private static final EntryKind[] BY_CODE =
      Arrays.stream(values())
          .sorted(Comparator.comparingInt(EntryKind::code))
          .toArray(EntryKind[]::new);

  private final int code;
  private final Account from;
  private final Account to;

  EntryKind(int code, Account from, Account to) {
    this.code = code;
    this.from = from;
    this.to = to;
  }

  /// The number under which it is stored; never changes.
  public int code() {
    return code;
  }

  /// The kind that is stored under this number.
  public static EntryKind of(int code) {
    return BY_CODE[code - 1];
  }

  /// The account that gets less.
  public Account from() {
    return from;
  }

  /// The account that gets more.
  public Account to() {
    return to;
  }
}
