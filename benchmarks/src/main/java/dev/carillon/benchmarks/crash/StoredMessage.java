package dev.carillon.benchmarks.crash;

import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.message.MessageState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A message as the database has it.
///
/// @param attempts how often it was handed over, as its byte says
/// @param answers what was stored of its attempts
/// @param receipts what was told later
record StoredMessage(
    int position,
    MessageState state,
    int attempts,
    List<StoredAnswer> answers,
    List<StoredReceipt> receipts) {

  static StoredMessage of(int position, MessageState state, int attempts) {
    return new StoredMessage(position, state, attempts, new ArrayList<>(1), new ArrayList<>(1));
  }

  /// Whether one of its attempts was answered so.
  boolean wasAnswered(OutcomeKind kind) {
    return answers.stream().anyMatch(answer -> answer.kind() == kind);
  }

  /// What was stored of one attempt.
  List<StoredAnswer> answersTo(int attempt) {
    return answers.stream().filter(answer -> answer.attempt() == attempt).toList();
  }

  /// The attempts of which nothing was stored, not even that no answer came in time: whoever made
  /// them was killed.
  List<Integer> unanswered() {
    List<Integer> unanswered = new ArrayList<>();
    for (int attempt = 1; attempt <= attempts; attempt++) {
      if (answersTo(attempt).isEmpty()) {
        unanswered.add(attempt);
      }
    }
    return unanswered;
  }

  /// A row about an attempt.
  ///
  /// @param at when the answer came
  record StoredAnswer(int attempt, OutcomeKind kind, Instant at) {
    /// How many attempts its message must count at least. One whose answer was lost may have been
    /// given back when the answer came after all.
    int countsAtLeast() {
      return kind == OutcomeKind.UNCONFIRMED ? attempt - 1 : attempt;
    }
  }

  /// A row about a receipt.
  ///
  /// @param at when it was stored
  record StoredReceipt(ReceiptKind kind, Instant at) {}
}
