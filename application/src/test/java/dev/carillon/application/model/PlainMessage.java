package dev.carillon.application.model;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// One message as anybody would write it down: where it stands, how often it was handed over, and
/// what was answered.
final class PlainMessage {
  /// Attempts in all, the first included (S3: four re-attempts).
  static final int MOST_ATTEMPTS = 5;

  private static final List<String> TAKEN = List.of("SENT", "UNDELIVERED", "DELIVERED", "READ");

  String state = "QUEUED";
  int attempts;
  boolean retried;

  /// The status that was told, or stood at the beginning.
  String told = "QUEUED";

  /// The number of the carrier that it was marked for last; 0 for the job's own.
  int carrier;

  final TreeSet<String> log = new TreeSet<>();

  boolean is(String... states) {
    return List.of(states).contains(state);
  }

  boolean isMarked() {
    return is("IN_FLIGHT", "RESENDING");
  }

  boolean isInDoubt() {
    return is("UNKNOWN", "UNKNOWN_RESENT");
  }

  boolean isTaken() {
    return TAKEN.contains(state);
  }

  boolean keepsOpen(boolean resends) {
    return is("QUEUED") || isMarked() || (resends && is("UNKNOWN"));
  }

  /// What callers see.
  String status(boolean begun) {
    return switch (state) {
      case "QUEUED", "IN_FLIGHT" -> begun ? "QUEUED" : "PENDING";
      case "RESENDING", "UNKNOWN_RESENT" -> "UNKNOWN";
      case "FAILED_OUTCOME_UNKNOWN", "FAILED_SYSTEM_ERROR" -> "FAILED";
      case "CANCELLED_SUPPRESSED" -> "CANCELLED";
      default -> state;
    };
  }

  /// Marks it if it waits; whether it did.
  ///
  /// @param to the number of the carrier that it is for, unless it is in doubt at another
  boolean mark(boolean resends, int to) {
    if (is("QUEUED")) {
      state = "IN_FLIGHT";
      carrier = to;
    } else if (resends && is("UNKNOWN") && attempts < MOST_ATTEMPTS) {
      state = "RESENDING";
    } else {
      return false;
    }
    attempts++;
    return true;
  }

  /// It was marked, and surely did not go out.
  void takeBack() {
    state = is("IN_FLIGHT") ? "QUEUED" : "UNKNOWN";
    attempts--;
  }

  /// Its worker is gone.
  void rescue() {
    if (isMarked()) {
      state = is("IN_FLIGHT") ? "UNKNOWN" : "UNKNOWN_RESENT";
    }
  }

  /// Nothing settled it.
  void giveUp() {
    if (isInDoubt()) {
      state = "FAILED_OUTCOME_UNKNOWN";
    }
  }

  /// A carrier's receipt: evidence only raises, and only that of the carrier that has the message.
  ///
  /// @param from the number of who tells
  void receipt(String kind, int from) {
    if (from != carrier) {
      return;
    }
    boolean mayBeAtACarrier = isMarked() || isInDoubt() || is("FAILED_OUTCOME_UNKNOWN");
    boolean stronger = isTaken() && TAKEN.indexOf(kind) > TAKEN.indexOf(state);
    if (mayBeAtACarrier || stronger) {
      state = kind;
    }
  }

  /// A carrier's answer to one attempt, as its message's chunk stands.
  void answer(PlainAnswer answer, boolean chunkOpen) {
    String before = state;
    if (answer.kind().equals("ACCEPTED")) {
      if (isMarked() || isInDoubt() || is("FAILED_OUTCOME_UNKNOWN")) {
        state = "SENT";
      }
    } else if (answer.attempt() == attempts && answer.carrier() == carrier) {
      if (answer.resent()) {
        noToAResend(answer);
      } else {
        noToAnAttempt(answer, chunkOpen);
      }
    }
    boolean failed = !before.equals(state) && is("FAILED");
    if (failed || !answer.wasCalledOff()) {
      log.add(answer.attempt() + ":" + answer.kind());
    }
  }

  private void noToAResend(PlainAnswer answer) {
    if (!is("RESENDING")) {
      return;
    }
    state =
        switch (answer.kind()) {
          case "REJECTED", "WITHHELD" -> "FAILED_OUTCOME_UNKNOWN";
          case "UNCONFIRMED" -> "UNKNOWN_RESENT";
          default -> "UNKNOWN";
        };
    attempts -= answer.wasCalledOff() ? 1 : 0;
  }

  private void noToAnAttempt(PlainAnswer answer, boolean chunkOpen) {
    if (answer.kind().equals("UNCONFIRMED")) {
      state = is("IN_FLIGHT") ? "UNKNOWN" : state;
      return;
    }
    if (answer.kind().equals("WITHHELD")) {
      if (is("IN_FLIGHT", "UNKNOWN")) {
        state = "CANCELLED_SUPPRESSED";
        attempts--;
      }
      return;
    }
    if (answer.elsewhere() && is("IN_FLIGHT") && chunkOpen && attempts < MOST_ATTEMPTS) {
      state = "QUEUED";
      return;
    }
    boolean usedUp = answer.kind().equals("UNREACHABLE") && answer.attempt() >= MOST_ATTEMPTS;
    boolean forGood = answer.kind().equals("REJECTED") || usedUp || !chunkOpen;
    if (forGood && is("IN_FLIGHT", "UNKNOWN", "FAILED_OUTCOME_UNKNOWN")) {
      state = "FAILED";
    } else if (!forGood && is("IN_FLIGHT", "UNKNOWN")) {
      state = "QUEUED";
      attempts -= answer.wasCalledOff() ? 1 : 0;
    }
  }

  /// The attempts that were answered, each with what was answered.
  List<String> answers() {
    return new ArrayList<>(log);
  }
}
