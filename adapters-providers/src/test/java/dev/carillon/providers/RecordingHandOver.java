package dev.carillon.providers;

import dev.carillon.application.port.Carrier.HandOver;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.delivery.DispatchOutcome;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A worker's side of a hand-over: lets messages go or not, and keeps what is answered.
public final class RecordingHandOver implements HandOver {
  private final Witness<Answer> answers = new Witness<>();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile int most = Integer.MAX_VALUE;

  @Override
  public boolean mayGo() {
    return asked.incrementAndGet() <= most;
  }

  @Override
  public void answer(OutboundMessage message, DispatchOutcome outcome) {
    answers.see(new Answer(message, outcome, Thread.currentThread()));
  }

  /// Lets only so many messages go.
  public RecordingHandOver lettingGo(int count) {
    most = count;
    return this;
  }

  /// How often it was asked whether a message may go.
  public int asked() {
    return asked.get();
  }

  /// What has been answered by now.
  public List<Answer> answers() {
    return answers.seen();
  }

  /// Waits until so many answers are there.
  public List<Answer> awaitAnswers(int count) {
    return answers.await(all -> all.size() >= count);
  }

  /// Waits for the first answer to one message.
  public DispatchOutcome awaitAnswer(OutboundMessage message) {
    return answers.await(all -> all.stream().anyMatch(answer -> answer.isTo(message))).stream()
        .filter(answer -> answer.isTo(message))
        .findFirst()
        .orElseThrow()
        .outcome();
  }

  /// One answer, and the thread that told it.
  public record Answer(OutboundMessage message, DispatchOutcome outcome, Thread thread) {
    private boolean isTo(OutboundMessage asked) {
      return message.ref().equals(asked.ref());
    }
  }
}
