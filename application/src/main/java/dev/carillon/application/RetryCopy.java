package dev.carillon.application;

import dev.carillon.application.port.ChunkRepository.NewChunk;
import dev.carillon.application.port.MessageRepository.Retryable;
import dev.carillon.domain.billing.Bill;
import dev.carillon.domain.billing.BillLine;
import dev.carillon.domain.billing.BillLines;
import dev.carillon.domain.billing.LineNumbers;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.RetrySelection;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.StatusByte;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Copies the messages that a retry takes from the ended job to the new one, page by page, and cuts
/// them into chunks. All of it is part of one transaction.
final class RetryCopy {
  private static final int LEAST_PER_PAGE = 10_000;

  private final CreateBulkJob.Store store;
  private final JobId parent;
  private final RetrySelection selection;
  private final int chunkSize;
  private final Bill bill;
  private final BillLines lines;
  private long total;
  private int after = -1;
  private int copied;
  private boolean ended;

  /// @param bill of the ended job
  RetryCopy(
      CreateBulkJob.Store store, JobId parent, RetrySelection selection, int chunkSize, Bill bill) {
    this.store = store;
    this.parent = parent;
    this.selection = selection;
    this.chunkSize = chunkSize;
    this.bill = bill;
    this.lines = new BillLines(bill.lines());
  }

  /// The next messages to be taken; empty when there are none left.
  List<Retryable> nextPage() {
    if (ended) {
      return List.of();
    }
    // Whole chunks, so that only the last of the job is not full.
    int limit = Math.ceilDiv(LEAST_PER_PAGE, chunkSize) * chunkSize;
    List<Retryable> page = store.messages().retryable(parent, selection, after, limit);
    // Late receipts go on changing the ended job: one that fails behind the last page is not taken,
    // or its chunk would overlap the one that was not full.
    ended = page.size() < limit;
    if (!page.isEmpty()) {
      after = page.getLast().position();
    }
    return page;
  }

  /// Copies this page and all that follow.
  void into(JobId child, List<Retryable> first) {
    for (List<Retryable> page = first; !page.isEmpty(); page = nextPage()) {
      List<Integer> positions = page.stream().map(Retryable::position).toList();
      long parts = page.stream().mapToLong(Retryable::parts).sum();
      List<NewChunk> chunks = chunks(child, page);
      store.messages().copy(parent, positions, child, copied);
      store.chunks().insertBilled(chunks);
      long cost = page.stream().mapToLong(this::cost).sum();
      store.jobs().grow(child, chunks.size(), parts, grown(cost));
      total = Math.addExact(total, cost);
      copied += page.size();
    }
  }

  /// How many were copied.
  int copied() {
    return copied;
  }

  /// What the copied ones cost: the same as in the ended job.
  Money total() {
    return new Money(bill.currency(), total);
  }

  private long cost(Retryable message) {
    return isFree(message) ? 0 : bill.lines().get(message.line()).costMicros();
  }

  /// Some of a job cost nothing where it was accepted while nothing did.
  private boolean isFree(Retryable message) {
    return bill.lines().isEmpty() || message.line() < 0;
  }

  private Bill grown(long cost) {
    return new Bill(bill.currency(), lines.all(), bill.plan(), new Money(bill.currency(), cost));
  }

  private List<NewChunk> chunks(JobId child, List<Retryable> page) {
    List<NewChunk> chunks = new ArrayList<>();
    for (int done = 0; done < page.size(); done += chunkSize) {
      byte[] statuses = new byte[Math.min(chunkSize, page.size() - done)];
      Arrays.fill(statuses, StatusByte.of(MessageState.QUEUED, 0));
      int first = copied + done;
      chunks.add(
          new NewChunk(
              new Chunk(new ChunkKey(child, first / chunkSize), first, statuses, 0),
              lines(page.subList(done, done + statuses.length))));
    }
    return chunks;
  }

  private LineNumbers lines(List<Retryable> messages) {
    return bill.lines().isEmpty()
        ? LineNumbers.NONE
        : LineNumbers.of(messages.stream().mapToInt(this::line).toArray(), null);
  }

  private int line(Retryable message) {
    return isFree(message) ? lines.numberOf(BillLine.FREE) : message.line();
  }
}
