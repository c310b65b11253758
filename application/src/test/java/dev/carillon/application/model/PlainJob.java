package dev.carillon.application.model;

import dev.carillon.domain.billing.RefundPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One job and what its owner, its workers, its carriers and the clock do to it, as product.md says
/// it: a few lists and rules.
final class PlainJob {
  private static final Set<String> ENDS = Set.of("COMPLETED", "PARTIAL", "FAILED", "CANCELLED");

  final List<PlainChunk> chunks = new ArrayList<>();
  final List<String> events = new ArrayList<>();

  /// What was told of its messages: each status that the owner asks for, when a message comes to
  /// it.
  final List<String> messageEvents = new ArrayList<>();

  final Set<String> asked;
  final Instant deadline;
  final String policy;
  final RefundPlan plan;
  String status = "PENDING";
  boolean begun;
  boolean broken;
  boolean settled;

  PlainJob(
      int size,
      int chunkSize,
      Instant deadline,
      String policy,
      RefundPlan plan,
      Set<String> asked) {
    this.asked = asked;
    this.plan = plan;
    this.deadline = deadline;
    this.policy = policy;
    for (int first = 0; first < size; first += chunkSize) {
      chunks.add(new PlainChunk(first, Math.min(chunkSize, size - first)));
    }
  }

  List<PlainMessage> messages() {
    return chunks.stream().flatMap(chunk -> chunk.messages.stream()).toList();
  }

  boolean hasEnded() {
    return ENDS.contains(status);
  }

  boolean runs() {
    return status.equals("PENDING") || status.equals("PROCESSING");
  }

  boolean isAtWork() {
    return runs() || status.equals("CANCELLING");
  }

  /// Whether its waiting messages are QUEUED, and no longer PENDING.
  boolean hasBegun() {
    return begun || status.equals("CANCELLING") || hasEnded();
  }

  long count(Predicate<PlainMessage> which) {
    return messages().stream().filter(which).count();
  }

  boolean isOverdue(Instant now) {
    return !hasEnded()
        && !status.equals("CANCELLING")
        && !now.isBefore(deadline)
        && chunks.stream().anyMatch(chunk -> chunk.open);
  }

  /// A worker asks for a chunk; null when there is none now, else which one.
  @Nullable PlainChunk next() {
    return chunks.stream().filter(chunk -> chunk.open && !chunk.leased).findFirst().orElse(null);
  }

  /// Whether what waits in it has to go, so that a worker who asks for a chunk only sweeps it.
  boolean isSwept(Instant now) {
    return sweepsTo(now) != null;
  }

  List<Integer> lease(PlainChunk chunk, Wish wish, Instant now) {
    chunk.messages.forEach(PlainMessage::rescue);
    List<Integer> marked = markAndWrite(chunk, wish, now);
    if (chunk.open) {
      chunk.leased = true;
      chunk.held = true;
      chunk.fence++;
    }
    return marked;
  }

  List<Integer> settle(
      PlainChunk chunk, long fence, List<PlainAnswer> answers, Wish wish, Instant now) {
    answers.forEach(answer -> chunk.at(answer.position()).answer(answer, chunk.open));
    sweep(chunk, now);
    boolean mine = chunk.isMine(fence) && chunk.open;
    return markAndWrite(chunk, mine ? wish : Wish.NONE, now);
  }

  /// What was called off is taken back with what the lost commit marked, while the lease is alive;
  /// else it stays in doubt.
  void settleAgain(
      PlainChunk chunk, long fence, List<PlainAnswer> given, IntPredicate handedOver, Instant now) {
    List<PlainAnswer> answers = given.stream().filter(answer -> !answer.wasCalledOff()).toList();
    if (chunk.isMine(fence)) {
      for (int i = 0; i < chunk.messages.size(); i++) {
        PlainMessage message = chunk.messages.get(i);
        int position = chunk.first + i;
        boolean answered =
            answers.stream()
                .anyMatch(answer ->
                    answer.position() == position
                        && answer.attempt() == message.attempts
                        && answer.carrier() == message.carrier);
        if (message.isMarked() && !handedOver.test(position) && !answered) {
          message.takeBack();
        }
      }
    }
    settle(chunk, fence, answers, Wish.NONE, now);
  }

  void release(PlainChunk chunk, long fence, Instant now) {
    boolean mine = chunk.isMine(fence);
    sweep(chunk, now);
    if (mine) {
      chunk.endLease();
    }
    written(chunk, now);
  }

  void receipt(int position, String kind, int from, Instant now) {
    PlainChunk chunk = holding(position);
    chunk.at(position).receipt(kind, from);
    written(chunk, now);
  }

  void sweepOpen(Instant now) {
    for (PlainChunk chunk : chunks) {
      if (chunk.open) {
        if (sweepsTo(now) != null && !chunk.leased) {
          chunk.messages.forEach(PlainMessage::rescue);
        }
        sweep(chunk, now);
        written(chunk, now);
      }
    }
  }

  void rescue(PlainChunk chunk, Instant now) {
    chunk.messages.forEach(PlainMessage::rescue);
    sweep(chunk, now);
    chunk.endLease();
    written(chunk, now);
  }

  void giveUp(Instant now) {
    for (PlainChunk chunk : chunks) {
      if (chunk.messages.stream().anyMatch(PlainMessage::isInDoubt)) {
        chunk.messages.forEach(PlainMessage::giveUp);
        written(chunk, now);
      }
    }
  }

  /// Whether it could be paused, or was.
  boolean pause() {
    if (runs()) {
      status = "PAUSED";
      events.add("bulk.paused");
    }
    return status.equals("PAUSED");
  }

  boolean resume() {
    if (status.equals("PAUSED")) {
      status = begun ? "PROCESSING" : "PENDING";
    }
    return runs();
  }

  boolean cancel(Instant now) {
    if (!hasEnded()) {
      status = "CANCELLING";
      sweepOpen(now);
    }
    return status.equals("CANCELLING") || status.equals("CANCELLED");
  }

  /// What a retry takes unless it is told otherwise: never what was, or may have been, delivered.
  List<PlainMessage> toRetry() {
    return messages().stream()
        .filter(message -> !message.retried)
        .filter(message -> message.is("FAILED", "FAILED_SYSTEM_ERROR", "UNDELIVERED", "EXPIRED"))
        .toList();
  }

  PlainChunk holding(int position) {
    return chunks.stream()
        .filter(chunk -> position >= chunk.first && position < chunk.first + chunk.messages.size())
        .findFirst()
        .orElseThrow();
  }

  private @Nullable String sweepsTo(Instant now) {
    if (status.equals("CANCELLING")) {
      return "CANCELLED";
    }
    if (broken) {
      return "FAILED_SYSTEM_ERROR";
    }
    return now.isBefore(deadline) ? null : "EXPIRED";
  }

  private boolean resends(Instant now) {
    return policy.equals("RESEND") && !hasEnded() && sweepsTo(now) == null;
  }

  private void sweep(PlainChunk chunk, Instant now) {
    String end = sweepsTo(now);
    if (end != null) {
      chunk.sweepTo(end);
    }
  }

  private List<Integer> markAndWrite(PlainChunk chunk, Wish wish, Instant now) {
    boolean may = runs() && sweepsTo(now) == null;
    List<Integer> marked = may ? chunk.mark(wish, resends(now)) : List.of();
    written(chunk, now);
    if (!marked.isEmpty() && status.equals("PENDING")) {
      status = "PROCESSING";
      begun = true;
      events.add("bulk.started");
    }
    return marked;
  }

  /// What the step before did to a chunk is a fact.
  private void written(PlainChunk chunk, Instant now) {
    tell(chunk);
    if (chunk.open && chunk.isDone(resends(now))) {
      chunk.open = false;
      chunk.endLease();
      if (chunks.stream().noneMatch(each -> each.open)) {
        end();
      }
    }
    if (hasEnded() && !settled && count(this::isUnsettled) == 0) {
      settle();
    }
  }

  private void tell(PlainChunk chunk) {
    for (int i = 0; i < chunk.messages.size(); i++) {
      PlainMessage message = chunk.messages.get(i);
      String now = message.status(true);
      if (!now.equals(message.told) && asked.contains(now)) {
        messageEvents.add((chunk.first + i) + ":" + now + ":" + message.attempts);
      }
      message.told = now;
    }
  }

  private boolean isUnsettled(PlainMessage message) {
    return message.is("SENT") || message.isInDoubt() || message.is("RESENDING");
  }

  private void end() {
    boolean cancelled = status.equals("CANCELLING");
    status = cancelled ? "CANCELLED" : broken ? "FAILED" : verdict();
    events.add(
        switch (status) {
          case "CANCELLED" -> "bulk.cancelled";
          case "FAILED" -> "bulk.failed";
          default -> "bulk.completed";
        });
  }

  private void settle() {
    settled = true;
    if (status.equals("PARTIAL")) {
      status = verdict();
    }
    events.add("bulk.settled");
  }

  private String verdict() {
    long taken = count(PlainMessage::isTaken);
    if (taken == messages().size()) {
      return "COMPLETED";
    }
    boolean none = taken == 0 && count(each -> each.isInDoubt() || each.is("RESENDING")) == 0;
    return none ? "FAILED" : "PARTIAL";
  }

  /// Why it failed; empty when it has not.
  String error() {
    if (!status.equals("FAILED")) {
      return "";
    }
    return broken && !events.contains("bulk.completed") ? "SYSTEM_ERROR" : "ALL_MESSAGES_FAILED";
  }
}
