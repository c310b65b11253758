package dev.carillon.providers.simulated;

import dev.carillon.domain.message.MessageStatus;

/// What a script answers.
///
/// @param code the answer to the first hand-overs; TAKEN is that to all later ones
/// @param times how many the first are
/// @param pace when a message that is taken is answered
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

  /// Whether every hand-over gets the same answer.
  boolean areAlike() {
    return times == FOR_EVER;
  }

  /// What is told later about a message that is taken in the end.
  SimulatedReceipts usualReceipts() {
    return areAlike() ? SimulatedReceipts.NONE : SimulatedReceipts.DELIVERED;
  }

  /// Where a message stands that these answers are all it gets.
  MessageStatus end() {
    if (code.throttles()) {
      return MessageStatus.QUEUED;
    }
    if (code == SimulatedErrorCodes.TAKEN && pace != Pace.NEVER) {
      return MessageStatus.SENT;
    }
    return code.takes() ? MessageStatus.UNKNOWN : MessageStatus.FAILED;
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
