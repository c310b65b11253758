package dev.carillon.application;

import dev.carillon.application.port.PreparedMessage;
import dev.carillon.domain.error.RejectedEntry;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.StatusByte;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Appends judged messages to a job, page by page, and cuts them into chunks. All of it is part of
/// the caller's transaction; only statuses of the chunk that is not full are held in memory.
final class JobWriter {
  private final CreateBulkJob.Store store;
  private final JobId job;
  private final int rejectedShown;
  private final byte[] statuses;
  private final List<RejectedEntry> firstRejected = new ArrayList<>();
  private int position;
  private int chunks;
  private int filled;
  private int openChunks;
  private int accepted;
  private long parts;

  /// @param position how many messages the job has already, all of them in chunks that are closed
  ///   for more
  /// @param chunks how many chunks it has
  JobWriter(CreateBulkJob.Store store, JobId job, Limits limits, int position, int chunks) {
    this.store = store;
    this.job = job;
    this.rejectedShown = limits.rejectedShown();
    this.statuses = new byte[limits.chunkSize()];
    this.position = position;
    this.chunks = chunks;
  }

  /// Appends the next messages.
  void append(List<PreparedMessage> messages) {
    store.messages().append(job, position, messages);
    List<Chunk> full = new ArrayList<>();
    for (PreparedMessage message : messages) {
      note(message);
      if (filled == statuses.length) {
        full.add(cut());
      }
    }
    insert(full);
  }

  /// Stores the chunk that is not full. Nothing can be appended afterwards.
  void end() {
    if (filled > 0) {
      insert(List.of(cut()));
    }
  }

  /// Messages of the job so far.
  int position() {
    return position;
  }

  /// Chunks of the job so far.
  int chunks() {
    return chunks;
  }

  /// Chunks appended that have something to send.
  int openChunks() {
    return openChunks;
  }

  /// Messages appended that were accepted.
  int accepted() {
    return accepted;
  }

  /// Parts of the messages appended.
  long parts() {
    return parts;
  }

  /// The first entries appended that were left out.
  List<RejectedEntry> firstRejected() {
    return List.copyOf(firstRejected);
  }

  private void note(PreparedMessage message) {
    if (message.rejected() == null) {
      statuses[filled] = StatusByte.of(MessageState.QUEUED, 0);
      accepted++;
      parts += message.parts();
    } else {
      statuses[filled] = StatusByte.of(MessageState.rejectedFor(message.rejected()), 0);
      if (firstRejected.size() < rejectedShown) {
        firstRejected.add(
            new RejectedEntry(position, message.address(), message.rejected(), message.detail()));
      }
    }
    filled++;
    position++;
  }

  private Chunk cut() {
    Chunk chunk =
        new Chunk(new ChunkKey(job, chunks), position - filled, Arrays.copyOf(statuses, filled), 0);
    openChunks += chunk.isFinished(false) ? 0 : 1;
    chunks++;
    filled = 0;
    return chunk;
  }

  private void insert(List<Chunk> full) {
    if (!full.isEmpty()) {
      store.chunks().insert(full);
    }
  }
}
