package dev.carillon.benchmarks.crash;

import dev.carillon.benchmarks.crash.CarrierLogs.HandOver;
import dev.carillon.benchmarks.crash.StoredMessage.StoredAnswer;
import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.domain.message.MessageState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What must be true of one message by the carriers' own word: what says that it was taken was
/// taken, and it was taken once; twice only where its job wants what is in doubt resent, it was in
/// doubt, and the carrier was told.
final class WireRules {
  /// How long evidence may take from the answer to the store. Far less than a lease and an answer
  /// time-out, which pass before anything is resent.
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(1);

  private WireRules() {}

  /// Everything that is wrong with it, in words.
  ///
  /// @param handOvers what the carriers of all nodes wrote down of it
  static List<String> broken(
      StoredMessage message, UnknownPolicy policy, List<HandOver> handOvers) {
    List<String> broken = new ArrayList<>();
    List<HandOver> taken =
        handOvers.stream()
            .filter(HandOver::taken)
            .sorted(Comparator.comparing(HandOver::at))
            .toList();
    doubles(message, policy, taken, broken);
    state(message, !taken.isEmpty(), broken);
    handOvers.stream()
        .filter(HandOver::possibleDuplicate)
        .forEach(again -> resent(message, policy, again, broken));
    message.answers().forEach(answer -> answer(answer, handOvers, broken));
    if (message.attempts() == 0
        && message.state() != MessageState.CANCELLED
        && message.state().isAccepted()) {
      broken.add("it has no attempt");
    }
    return broken;
  }

  private static void doubles(
      StoredMessage message, UnknownPolicy policy, List<HandOver> taken, List<String> broken) {
    int most = policy == UnknownPolicy.RESEND ? 2 : 1;
    if (taken.size() > most) {
      broken.add("THE CARRIERS TOOK IT " + taken.size() + " TIMES");
    } else if (taken.size() > 1) {
      HandOver again = taken.getLast();
      if (!again.possibleDuplicate()) {
        broken.add("THE CARRIERS TOOK IT TWICE, and were not told");
      }
      if (wasAccepted(message, again.at().minus(ON_ITS_WAY))) {
        broken.add("THE CARRIERS TOOK IT TWICE, and it was not in doubt");
      }
    }
  }

  private static boolean wasAccepted(StoredMessage message, Instant before) {
    return message.answers().stream()
            .anyMatch(
                answer -> answer.kind() == OutcomeKind.ACCEPTED && answer.at().isBefore(before))
        || message.receipts().stream().anyMatch(receipt -> receipt.at().isBefore(before));
  }

  private static void resent(
      StoredMessage message, UnknownPolicy policy, HandOver again, List<String> broken) {
    if (policy != UnknownPolicy.RESEND) {
      broken.add("it was resent, and its job does not want that");
    }
    Instant before = again.at().minus(ON_ITS_WAY);
    boolean doubted = false;
    for (int attempt = 1; attempt < again.attempt(); attempt++) {
      doubted |=
          message.answersTo(attempt).stream()
              .noneMatch(answer ->
                  answer.kind() != OutcomeKind.UNCONFIRMED && answer.at().isBefore(before));
    }
    if (!doubted) {
      broken.add("attempt " + again.attempt() + " was a resend, and nothing was in doubt");
    }
  }

  private static void state(StoredMessage message, boolean taken, List<String> broken) {
    boolean settled = MessageRules.isTaken(message.state());
    boolean open =
        message.state().isInDoubt() || message.state() == MessageState.FAILED_OUTCOME_UNKNOWN;
    if (settled && !taken) {
      broken.add("no carrier has it");
    }
    if (!settled && !open && taken) {
      broken.add("a carrier has taken it");
    }
  }

  private static void answer(StoredAnswer answer, List<HandOver> handOvers, List<String> broken) {
    boolean accepted = answer.kind() == OutcomeKind.ACCEPTED;
    boolean written =
        handOvers.stream()
            .anyMatch(line -> line.attempt() == answer.attempt() && line.taken() == accepted);
    boolean fromCarrier =
        answer.kind() != OutcomeKind.UNCONFIRMED && answer.kind() != OutcomeKind.WITHDRAWN;
    if (fromCarrier && !written) {
      broken.add("attempt " + answer.attempt() + " was answered, and no carrier has it so");
    }
  }
}
