package dev.carillon.providers.simulated;

import dev.carillon.domain.message.MessageStatus;

/// What a script answers.
///
/// @param code the answer to the first hand-overs; TAKEN is that to all later ones
/// @param times how many the first are
/// @param pace when these first hand-overs are answered; all later ones are promptly
record ScriptedAnswers(SimulatedErrorCodes code, int times, Pace pace) {
  private static final int FOR_EVER = Integer.MAX_VALUE;

  static ScriptedAnswers taken() {
    return always(SimulatedErrorCodes.TAKEN);
  }

  static ScriptedAnswers always(SimulatedErrorCodes code) {
    return new ScriptedAnswers(code, FOR_EVER, Pace.PROMPT);
  }

  static ScriptedAnswers first(int times, SimulatedErrorCodes code) {
    return new ScriptedAnswers(code, times, Pace.PROMPT);
  }

  static ScriptedAnswers slow() {
    return new ScriptedAnswers(SimulatedErrorCodes.TAKEN, FOR_EVER, Pace.SLOW);
  }

  static ScriptedAnswers tooLate() {
    return new ScriptedAnswers(SimulatedErrorCodes.TAKEN, FOR_EVER, Pace.TOO_LATE);
  }

  static ScriptedAnswers lost() {
    return new ScriptedAnswers(SimulatedErrorCodes.TAKEN, FOR_EVER, Pace.NEVER);
  }

  /// The first hand-over never arrives, and nobody says so.
  static ScriptedAnswers lostOnce() {
    return new ScriptedAnswers(SimulatedErrorCodes.DOWN, 1, Pace.NEVER);
  }

  /// When a hand-over with that answer is answered.
  Pace pace(SimulatedErrorCodes answer) {
    return answer == code ? pace : Pace.PROMPT;
  }

  /// Whether every hand-over gets the same answer.
  boolean areAlike() {
    return times == FOR_EVER;
  }

  /// What is told later about a message that is taken in the end.
  SimulatedReceipts usualReceipts() {
    return areAlike() ? SimulatedReceipts.NONE : SimulatedReceipts.DELIVERED;
  }

  /// Whether an answer is missing, so that no further attempt is made unasked.
  boolean areMissing() {
    return pace == Pace.NEVER;
  }

  /// Where a message stands that these answers are all it gets.
  MessageStatus end() {
    if (code.throttles()) {
      return MessageStatus.QUEUED;
    }
    if (areMissing() || code == SimulatedErrorCodes.NO_ANSWER) {
      return MessageStatus.UNKNOWN;
    }
    return code.takes() ? MessageStatus.SENT : MessageStatus.FAILED;
  }

  /// When an answer comes.
  enum Pace {
    /// After the configured latency.
    PROMPT,
    /// After half the answer time-out.
    SLOW,
    /// After one and a half answer time-outs.
    TOO_LATE,
    /// Never.
    NEVER
  }
}
