package dev.carillon.benchmarks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.benchmarks.crash.CarrierLogs.HandOver;
import dev.carillon.benchmarks.crash.StoredMessage.StoredAnswer;
import dev.carillon.benchmarks.crash.StoredMessage.StoredReceipt;
import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.domain.message.MessageState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MessageRulesTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant LATER = START.plusSeconds(5);
  private static final StoredAnswer ACCEPTED = answer(1, OutcomeKind.ACCEPTED);
  private static final StoredAnswer UNREACHABLE = answer(1, OutcomeKind.UNREACHABLE);
  private static final StoredAnswer ACCEPTED_AT_LAST = answer(2, OutcomeKind.ACCEPTED);
  private static final HandOver TAKEN = line(1, true);
  private static final HandOver REFUSED = line(1, false);

  @Test
  void findsNothingInWhatIsAsItShouldBe() {
    assertThat(broken(message(MessageState.SENT, 1, ACCEPTED), TAKEN)).isEmpty();
    assertThat(
            broken(
                message(MessageState.SENT, 2, UNREACHABLE, ACCEPTED_AT_LAST),
                REFUSED,
                line(2, true)))
        .isEmpty();
    assertThat(broken(message(MessageState.UNKNOWN, 1))).isEmpty();
    assertThat(broken(message(MessageState.UNKNOWN, 1), TAKEN)).isEmpty();
    assertThat(broken(message(MessageState.CANCELLED, 0))).isEmpty();
    assertThat(broken(message(MessageState.REJECTED_INVALID, 0))).isEmpty();
  }

  @Test
  void allowsALostAttemptThatWasGivenBackWhenItsAnswerCameAfterAll() {
    StoredAnswer lost = answer(1, OutcomeKind.UNCONFIRMED);

    assertThat(broken(message(MessageState.CANCELLED, 0, lost), REFUSED)).isEmpty();
    assertThat(broken(message(MessageState.CANCELLED, 0, answer(2, OutcomeKind.UNCONFIRMED))))
        .contains("an attempt is stored that its byte does not count");
  }

  @Test
  void findsWhatWasTakenTwice() {
    assertThat(broken(message(MessageState.SENT, 1, ACCEPTED), TAKEN, TAKEN))
        .containsExactly("THE CARRIERS TOOK IT 2 TIMES");
    assertThat(broken(message(MessageState.UNKNOWN, 1), TAKEN, TAKEN))
        .containsExactly("THE CARRIERS TOOK IT 2 TIMES");
  }

  @Test
  void findsWhatNoCarrierHas() {
    assertThat(broken(message(MessageState.SENT, 1, ACCEPTED))).contains("no carrier has it");
    assertThat(broken(message(MessageState.SENT, 1, ACCEPTED), REFUSED))
        .contains("attempt 1 was answered, and no carrier has it so");
  }

  @Test
  void findsWhatWasTakenAndSaysThatItWasNot() {
    assertThat(broken(message(MessageState.CANCELLED, 0), TAKEN))
        .containsExactly("a carrier has taken it");
    assertThat(broken(message(MessageState.REJECTED_INVALID, 0), TAKEN))
        .containsExactly("a carrier has taken it");
  }

  @Test
  void findsEvidenceThatWasNotFollowed() {
    assertThat(broken(message(MessageState.UNKNOWN, 1, ACCEPTED), TAKEN))
        .contains("answers and receipts prove SENT");
    StoredMessage told = message(MessageState.SENT, 1, ACCEPTED);
    told.receipts().add(new StoredReceipt(ReceiptKind.UNDELIVERED, START));
    told.receipts().add(new StoredReceipt(ReceiptKind.DELIVERED, START));
    assertThat(broken(told, TAKEN)).containsExactly("answers and receipts prove DELIVERED");
    assertThat(broken(message(MessageState.DELIVERED, 1), TAKEN))
        .contains("neither an answer nor a receipt says that it was taken");
  }

  @Test
  void findsAttemptsThatAreDoubledOrMissing() {
    assertThat(broken(message(MessageState.SENT, 1, ACCEPTED, UNREACHABLE), TAKEN, REFUSED))
        .contains("attempt 1 was answered twice, differently");
    assertThat(broken(message(MessageState.SENT, 1, ACCEPTED_AT_LAST), line(2, true)))
        .contains("an attempt is stored that its byte does not count");
    assertThat(broken(message(MessageState.SENT, 2, ACCEPTED_AT_LAST), line(2, true)))
        .contains("attempt 1 has no transient outcome and was followed by another");
    assertThat(broken(message(MessageState.FAILED, 1)))
        .contains("it failed without an answer that says so");
    assertThat(broken(message(MessageState.UNKNOWN, 1, UNREACHABLE), REFUSED))
        .contains("it is UNKNOWN though its last attempt was answered");
  }

  @Test
  void findsWhatStillWaits() {
    assertThat(broken(message(MessageState.QUEUED, 0))).contains("it is still waiting");
  }

  @Test
  void allowsOneResendOfWhatWasInDoubtWhereItsJobWantsThat() {
    HandOver again = new HandOver(LATER, 2, true, true);
    StoredMessage doubted = message(MessageState.SENT, 2, ACCEPTED_AT_LAST);
    assertThat(resending(doubted, TAKEN, again)).isEmpty();
    assertThat(broken(doubted, TAKEN, again))
        .contains("THE CARRIERS TOOK IT 2 TIMES", "it was resent, and its job does not want that");
    assertThat(resending(doubted, TAKEN, new HandOver(LATER, 2, true, false)))
        .containsExactly("THE CARRIERS TOOK IT TWICE, and were not told");
    assertThat(resending(doubted, TAKEN, again, again))
        .containsExactly("THE CARRIERS TOOK IT 3 TIMES");
  }

  @Test
  void findsAResendOfWhatWasNotInDoubt() {
    HandOver again = new HandOver(LATER, 2, true, true);
    StoredMessage known = message(MessageState.SENT, 2, ACCEPTED, ACCEPTED_AT_LAST);
    assertThat(resending(known, TAKEN, again))
        .containsExactly(
            "THE CARRIERS TOOK IT TWICE, and it was not in doubt",
            "attempt 2 was a resend, and nothing was in doubt");
    StoredMessage told = message(MessageState.DELIVERED, 2, ACCEPTED_AT_LAST);
    told.receipts().add(new StoredReceipt(ReceiptKind.DELIVERED, START));
    assertThat(resending(told, TAKEN, again))
        .containsExactly("THE CARRIERS TOOK IT TWICE, and it was not in doubt");
  }

  @Test
  void findsWhatWasGivenUpAndShouldBeHeld() {
    assertThat(broken(message(MessageState.FAILED_OUTCOME_UNKNOWN, 1), TAKEN))
        .containsExactly("it was given up, and should be held");
  }

  @Test
  void countsAttemptsOfWhichNothingWasEverHeard() {
    assertThat(message(MessageState.SENT, 3, ACCEPTED_AT_LAST).unanswered()).containsExactly(1, 3);
  }

  private static StoredAnswer answer(int attempt, OutcomeKind kind) {
    return new StoredAnswer(attempt, kind, attempt == 1 ? START : LATER);
  }

  private static HandOver line(int attempt, boolean taken) {
    return new HandOver(START, attempt, taken, false);
  }

  private static List<String> resending(StoredMessage message, HandOver... handOvers) {
    return MessageRules.broken(message, UnknownPolicy.RESEND, List.of(handOvers));
  }

  private static List<String> broken(StoredMessage message, HandOver... handOvers) {
    return MessageRules.broken(message, UnknownPolicy.HOLD, List.of(handOvers));
  }

  private static StoredMessage message(MessageState state, int attempts, StoredAnswer... answers) {
    StoredMessage message = StoredMessage.of(7, state, attempts);
    message.answers().addAll(List.of(answers));
    return message;
  }
}
