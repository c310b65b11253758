package dev.carillon.providers.simulated;

import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.application.port.ReceiptSink;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.OutcomeRule;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.RetryPolicy;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.MessageTransition;
import dev.carillon.providers.Witness;
import java.util.List;

/// A house with one message: marks it, hands it over, gives up waiting at the time-out, tries
/// again, and lets the domain move it by every answer and receipt.
final class OneMessageHouse implements ReceiptSink, Carrier.HandOver {
  /// More than any script needs that ever ends.
  private static final int MOST_ROUNDS = 12;

  private final Chunk chunk = new Chunk(new ChunkKey(new JobId(7), 0), 0, new byte[1], 0);
  private final Witness<MessageState> history = new Witness<>();
  private final Witness<DispatchOutcome> outcomes = new Witness<>();
  private final Witness<Receipt> receipts = new Witness<>();

  /// Hands the message over until it waits for nothing more but receipts.
  void send(OutboundMessage message, Carrier carrier) {
    for (int round = 1; round <= MOST_ROUNDS && state() == MessageState.QUEUED; round++) {
      int answered = outcomes.seen().size();
      move(MessageTransition.MARK);
      carrier.submit(List.of(TestMessages.attempt(message, attempts())), this);
      List<DispatchOutcome> now =
          outcomes.awaitAtMost(carrier.answerTimeout(), all -> all.size() > answered);
      if (now.size() == answered) {
        move(MessageTransition.LOSE_ANSWER);
      }
    }
  }

  @Override
  public boolean mayGo() {
    return true;
  }

  @Override
  public void answer(OutboundMessage message, DispatchOutcome outcome) {
    move(
        OutcomeRule.transition(
            outcome, message.attempt(), message.possibleDuplicate(), RetryPolicy.DEFAULT));
    outcomes.see(outcome);
  }

  @Override
  public void record(List<Receipt> batch) {
    for (Receipt receipt : batch) {
      if (receipt.ref().chunkKey().equals(chunk.key())) {
        move(receipt.kind().transition());
      }
      receipts.see(receipt);
    }
  }

  /// Where the message stands.
  synchronized MessageState state() {
    return chunk.state(0);
  }

  /// How often it was handed over.
  synchronized int attempts() {
    return chunk.attempts(0);
  }

  /// Where it stood after each move.
  List<MessageState> history() {
    return history.seen();
  }

  /// What was answered.
  List<DispatchOutcome> outcomes() {
    return outcomes.seen();
  }

  /// What was told later.
  List<Receipt> receipts() {
    return receipts.seen();
  }

  private synchronized void move(MessageTransition transition) {
    if (chunk.move(0, transition)) {
      history.see(chunk.state(0));
    }
  }
}
