package dev.carillon.benchmarks.crash;

import dev.carillon.benchmarks.crash.CarrierLogs.HandOver;
import dev.carillon.benchmarks.crash.StoredMessage.StoredAnswer;
import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.domain.message.MessageState;
import java.util.ArrayList;
import java.util.List;

/// What must be true of one message whose job has ended: its status is what its answers and
/// receipts prove, and its attempts are counted. For what the carriers have, see [WireRules].
final class MessageRules {
  /// What outweighs what, the weakest first.
  private static final List<MessageState> EVIDENCE =
      List.of(
          MessageState.SENT, MessageState.UNDELIVERED, MessageState.DELIVERED, MessageState.READ);

  private MessageRules() {}

  /// Everything that is wrong with it, in words.
  ///
  /// @param policy what its job wants done with what is in doubt
  /// @param handOvers what the carriers of all nodes wrote down of it
  static List<String> broken(
      StoredMessage message, UnknownPolicy policy, List<HandOver> handOvers) {
    List<String> broken = new ArrayList<>();
    status(message, broken);
    for (int attempt = 1; attempt <= message.attempts(); attempt++) {
      attempt(message, policy, attempt, broken);
    }
    if (message.answers().stream()
        .anyMatch(answer -> answer.countsAtLeast() > message.attempts())) {
      broken.add("an attempt is stored that its byte does not count");
    }
    if (message.state() == MessageState.FAILED_OUTCOME_UNKNOWN && policy == UnknownPolicy.HOLD) {
      broken.add("it was given up, and should be held");
    }
    if (message.state() == MessageState.UNKNOWN_RESENT && policy != UnknownPolicy.RESEND) {
      broken.add("it was resent, and should not be");
    }
    broken.addAll(WireRules.broken(message, policy, handOvers));
    return broken;
  }

  /// Whether a carrier surely has a message in this state.
  static boolean isTaken(MessageState state) {
    return EVIDENCE.contains(state);
  }

  private static void status(StoredMessage message, List<String> broken) {
    MessageState proved = null;
    if (message.wasAnswered(OutcomeKind.ACCEPTED)) {
      proved = MessageState.SENT;
    }
    for (var receipt : message.receipts()) {
      MessageState told = receipt.kind().transition().target();
      if (proved == null || EVIDENCE.indexOf(told) > EVIDENCE.indexOf(proved)) {
        proved = told;
      }
    }
    if (proved != null && message.state() != proved) {
      broken.add("answers and receipts prove " + proved);
    }
    if (proved == null && isTaken(message.state())) {
      broken.add("neither an answer nor a receipt says that it was taken");
    }
    if (message.state().keepsChunkOpen(false)) {
      broken.add("it is still waiting");
    }
    if (!message.state().isAccepted() && message.attempts() > 0) {
      broken.add("it was left out and has attempts");
    }
  }

  private static void attempt(
      StoredMessage message, UnknownPolicy policy, int attempt, List<String> broken) {
    List<OutcomeKind> kinds = message.answersTo(attempt).stream().map(StoredAnswer::kind).toList();
    boolean resends = policy == UnknownPolicy.RESEND;
    long certain = kinds.stream().filter(kind -> kind != OutcomeKind.UNCONFIRMED).count();
    if (certain > 1) {
      broken.add("attempt " + attempt + " was answered twice, differently");
    }
    boolean last = attempt == message.attempts();
    if (!last && !resends && !kinds.contains(OutcomeKind.UNREACHABLE)) {
      broken.add("attempt " + attempt + " has no transient outcome and was followed by another");
    }
    if (!last && kinds.contains(OutcomeKind.REJECTED)) {
      broken.add("attempt " + attempt + " was refused for good and was followed by another");
    }
    if (last && message.state() == MessageState.FAILED && !saysNo(kinds)) {
      broken.add("it failed without an answer that says so");
    }
    if (last && !resends && message.state() == MessageState.UNKNOWN && certain > 0) {
      broken.add("it is UNKNOWN though its last attempt was answered");
    }
  }

  /// Late answers that say that it was not taken end a message that cannot be tried again.
  private static boolean saysNo(List<OutcomeKind> kinds) {
    return kinds.stream()
        .anyMatch(kind -> kind != OutcomeKind.ACCEPTED && kind != OutcomeKind.UNCONFIRMED);
  }
}
