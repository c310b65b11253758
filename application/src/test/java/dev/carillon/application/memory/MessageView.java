package dev.carillon.application.memory;

import dev.carillon.application.port.PreparedMessage;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.Message;
import dev.carillon.domain.message.MessageId;
import dev.carillon.domain.message.MessageState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Puts together what is known about a message: its row, its byte, its attempts and its receipts.
final class MessageView {
  /// Of one attempt an answer tells more than its absence.
  private static final Comparator<Attempt> LATEST =
      Comparator.comparingInt(Attempt::number)
          .thenComparing(Attempt::kind, Comparator.reverseOrder());

  private final InMemoryChunks chunks;
  private final InMemoryDeliveryLog log;

  MessageView(InMemoryChunks chunks, InMemoryDeliveryLog log) {
    this.chunks = chunks;
    this.log = log;
  }

  Message message(JobRow job, int position, PreparedMessage row) {
    Chunk chunk = chunks.holding(job.id(), position);
    MessageState state = chunk.state(position);
    List<Attempt> attempts = log.attempts(job.id(), position);
    List<Receipt> receipts = log.receipts(job.id(), position);
    Optional<Attempt> attempt = attempts.stream().max(LATEST);
    Optional<Receipt> refusal =
        receipts.stream().filter(receipt -> receipt.kind() == ReceiptKind.UNDELIVERED).findFirst();
    return new Message(
        new MessageId(job.job().bulkId(), position),
        row.clientRef(),
        job.submission().channel(),
        row.address(),
        state.status(job.hasStarted()),
        reason(row, state, attempt, refusal),
        detail(row, state, attempt, refusal),
        last(attempt, receipts),
        row.network(),
        row.parts(),
        chunk.attempts(position),
        mayHaveGoneTwice(state, attempts),
        job.job().createdAt(),
        sentAt(state, attempts, receipts),
        updatedAt(attempts, receipts));
  }

  private static boolean mayHaveGoneTwice(MessageState state, List<Attempt> attempts) {
    return state == MessageState.RESENDING
        || state == MessageState.UNKNOWN_RESENT
        || attempts.stream()
            .anyMatch(attempt ->
                attempt.resent()
                    && (attempt.kind() == OutcomeKind.ACCEPTED
                        || attempt.kind() == OutcomeKind.UNCONFIRMED));
  }

  private static @Nullable Reason reason(
      PreparedMessage row,
      MessageState state,
      Optional<Attempt> attempt,
      Optional<Receipt> refusal) {
    if (row.rejected() != null) {
      return row.rejected();
    }
    if (state == MessageState.FAILED && attempt.isPresent()) {
      return attempt.get().reason();
    }
    if (state == MessageState.UNDELIVERED && refusal.isPresent()) {
      return refusal.get().reason();
    }
    return state.reason();
  }

  private static String detail(
      PreparedMessage row,
      MessageState state,
      Optional<Attempt> attempt,
      Optional<Receipt> refusal) {
    return switch (state) {
      case FAILED, UNKNOWN, RESENDING, UNKNOWN_RESENT -> attempt.map(Attempt::detail).orElse("");
      case UNDELIVERED -> refusal.map(Receipt::detail).orElse("");
      default -> row.detail();
    };
  }

  private static Message.@Nullable LastHandOver last(
      Optional<Attempt> attempt, List<Receipt> receipts) {
    if (attempt.isPresent()) {
      return new Message.LastHandOver(
          attempt.get().carrier().value(),
          attempt.get().carrierMessageId(),
          attempt.get().choice());
    }
    return receipts.isEmpty()
        ? null
        : new Message.LastHandOver(
            receipts.getLast().carrier().value(), receipts.getLast().carrierMessageId(), "");
  }

  private static @Nullable Instant sentAt(
      MessageState state, List<Attempt> attempts, List<Receipt> receipts) {
    Optional<Instant> accepted =
        attempts.stream()
            .filter(attempt -> attempt.kind() == OutcomeKind.ACCEPTED)
            .map(Attempt::at)
            .findFirst();
    if (accepted.isPresent()) {
      return accepted.get();
    }
    return switch (state) {
      case SENT, DELIVERED, READ, UNDELIVERED -> first(receipts.stream().map(Receipt::at));
      default -> null;
    };
  }

  private static @Nullable Instant first(Stream<Instant> times) {
    Optional<Instant> first = times.min(Instant::compareTo);
    return first.isPresent() ? first.get() : null;
  }

  private static @Nullable Instant updatedAt(List<Attempt> attempts, List<Receipt> receipts) {
    Optional<Instant> latest =
        Stream.concat(attempts.stream().map(Attempt::at), receipts.stream().map(Receipt::at))
            .max(Instant::compareTo);
    return latest.isPresent() ? latest.get() : null;
  }
}
