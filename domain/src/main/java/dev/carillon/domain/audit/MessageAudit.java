package dev.carillon.domain.audit;

import dev.carillon.domain.message.MessageState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Whether the state of one message agrees with what attempts and receipts say of it.
final class MessageAudit {
  private static final Set<MessageState> TAKEN =
      EnumSet.of(
          MessageState.SENT, MessageState.DELIVERED, MessageState.READ, MessageState.UNDELIVERED);

  private MessageAudit() {}

  /// What does not agree, in words.
  ///
  /// @param attempts how often it was handed over, as its state counts
  static List<String> of(MessageState state, int attempts, Evidence evidence) {
    List<String> found = new ArrayList<>();
    if (evidence.leastAttempts() > attempts) {
      found.add(
          "attempt "
              + evidence.leastAttempts()
              + " is stored, but only "
              + attempts
              + " are counted");
    }
    if (attempts == 0 && needsAttempt(state)) {
      found.add(state + " without ever having been handed over");
    }
    if (evidence.accepted() - evidence.resentAccepted() > 1) {
      found.add(
          "accepted "
              + evidence.accepted()
              + " times, of which only "
              + evidence.resentAccepted()
              + " were flagged as a possible duplicate");
    }
    if (TAKEN.contains(state)) {
      taken(state, evidence, found);
    } else {
      notTaken(state, evidence, found);
    }
    return found;
  }

  private static void taken(MessageState state, Evidence evidence, List<String> found) {
    if (evidence.accepted() == 0 && !evidence.taken()) {
      found.add(state + " although neither an attempt nor a receipt says that it was taken");
    }
  }

  private static void notTaken(MessageState state, Evidence evidence, List<String> found) {
    if (!state.isAccepted() && evidence.lastAttempt() > 0) {
      found.add(state + " although it was handed over");
    }
    if (evidence.accepted() > 0) {
      found.add(state + " although a carrier accepted it");
    } else if (evidence.taken() && hasLostAnswer(state)) {
      found.add(state + " although a receipt says that it was taken");
    }
    if (state == MessageState.FAILED && !evidence.refused()) {
      found.add("FAILED although no attempt was refused or in vain");
    }
  }

  /// Whether a receipt would have moved it.
  private static boolean hasLostAnswer(MessageState state) {
    return state.isMarked() || state.isInDoubt() || state == MessageState.FAILED_OUTCOME_UNKNOWN;
  }

  private static boolean needsAttempt(MessageState state) {
    return TAKEN.contains(state) || hasLostAnswer(state) || state == MessageState.FAILED;
  }
}
