package dev.carillon.application;

import dev.carillon.application.port.MessageRepository.Retryable;
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
  private int after = -1;
  private int copied;
  private boolean ended;

  RetryCopy(CreateBulkJob.Store store, JobId parent, RetrySelection selection, int chunkSize) {
    this.store = store;
    this.parent = parent;
    this.selection = selection;
    this.chunkSize = chunkSize;
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
      List<Chunk> chunks = chunks(child, page.size());
      store.messages().copy(parent, positions, child, copied);
      store.chunks().insert(chunks);
      store.jobs().grow(child, chunks.size(), parts);
      copied += page.size();
    }
  }

  private List<Chunk> chunks(JobId child, int size) {
    List<Chunk> chunks = new ArrayList<>();
    for (int done = 0; done < size; done += chunkSize) {
      byte[] statuses = new byte[Math.min(chunkSize, size - done)];
      Arrays.fill(statuses, StatusByte.of(MessageState.QUEUED, 0));
      int first = copied + done;
      chunks.add(new Chunk(new ChunkKey(child, first / chunkSize), first, statuses, 0));
    }
    return chunks;
  }
}
