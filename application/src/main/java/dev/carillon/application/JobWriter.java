package dev.carillon.application;

import dev.carillon.application.billing.Charging;
import dev.carillon.application.billing.Pricing;
import dev.carillon.application.port.ChunkRepository.NewChunk;
import dev.carillon.application.port.PreparedMessage;
import dev.carillon.domain.billing.Bill;
import dev.carillon.domain.billing.LineNumbers;
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
final class JobWriter implements Intake.Sink {
  private final CreateBulkJob.Store store;
  private final JobId job;
  private final int rejectedShown;
  private final Pricing pricing;
  private final byte[] statuses;
  private final int[] lines;
  private final boolean[] counts;
  private final List<RejectedEntry> firstRejected = new ArrayList<>();
  private int position;
  private int chunks;
  private int filled;
  private int openChunks;
  private int accepted;
  private int appended;
  private long parts;

  /// @param position how many messages the job has already, all of them in chunks that are closed
  ///   for more
  /// @param chunks how many chunks it has
  JobWriter(
      CreateBulkJob.Store store,
      JobId job,
      Pricing pricing,
      Limits limits,
      int position,
      int chunks) {
    this.store = store;
    this.job = job;
    this.rejectedShown = limits.rejectedShown();
    this.pricing = pricing;
    this.statuses = new byte[limits.chunkSize()];
    this.lines = new int[limits.chunkSize()];
    this.counts = new boolean[limits.chunkSize()];
    this.position = position;
    this.chunks = chunks;
  }

  /// Appends the next messages.
  @Override
  public void append(List<PreparedMessage> messages) {
    store.messages().append(job, position, messages);
    List<NewChunk> full = new ArrayList<>();
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
  @Override
  public int position() {
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

  /// What the messages appended cost.
  Bill bill() {
    return pricing.bill();
  }

  /// How many messages were appended, and how many of them were left out.
  Charging.Counted counted() {
    return new Charging.Counted(accepted, appended - accepted);
  }

  /// The first entries appended that were left out.
  List<RejectedEntry> firstRejected() {
    return List.copyOf(firstRejected);
  }

  private void note(PreparedMessage message) {
    counts[filled] = message.rejected() == null && !pricing.isFree();
    if (message.rejected() == null) {
      statuses[filled] = StatusByte.of(MessageState.QUEUED, 0);
      lines[filled] = pricing.add(message.address(), message.parts());
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
    appended++;
    position++;
  }

  private NewChunk cut() {
    Chunk chunk =
        new Chunk(new ChunkKey(job, chunks), position - filled, Arrays.copyOf(statuses, filled), 0);
    openChunks += chunk.isFinished(false) ? 0 : 1;
    chunks++;
    LineNumbers numbers =
        LineNumbers.of(Arrays.copyOf(lines, filled), Arrays.copyOf(counts, filled));
    filled = 0;
    return new NewChunk(chunk, numbers);
  }

  private void insert(List<NewChunk> full) {
    if (!full.isEmpty()) {
      store.chunks().insertBilled(full);
    }
  }
}
