package dev.carillon.application.memory;

import dev.carillon.application.port.JobRecords;
import dev.carillon.domain.audit.Evidence;
import dev.carillon.domain.audit.JobBooks;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.Chunk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything that is kept in memory about a job.
public final class InMemoryJobRecords implements JobRecords {
  private final InMemoryStore store;
  private final InMemoryBulkJobs jobs;
  private final InMemoryChunks chunks;
  private final InMemoryMessages messages;
  private final InMemoryDeliveryLog log;
  private final InMemoryLedger ledger;

  InMemoryJobRecords(
      InMemoryStore store,
      InMemoryBulkJobs jobs,
      InMemoryChunks chunks,
      InMemoryMessages messages,
      InMemoryDeliveryLog log,
      InMemoryLedger ledger) {
    this.store = store;
    this.jobs = jobs;
    this.chunks = chunks;
    this.messages = messages;
    this.log = log;
    this.ledger = ledger;
  }

  @Override
  public Optional<BulkJob> job(BulkId bulkId) {
    return store.inTransaction(() -> jobs.row(bulkId).map(jobs::shown));
  }

  @Override
  public List<ChunkRecord> chunks(JobId job, int afterNumber, int limit) {
    return store.inTransaction(() ->
        chunks.of(job).values().stream()
            .filter(row -> row.chunk().key().number() > afterNumber)
            .limit(limit)
            .map(this::recordOf)
            .toList());
  }

  @Override
  public int openChunks(JobId job) {
    return store.inTransaction(() -> jobs.row(job).map(JobRow::openChunks).orElseThrow());
  }

  @Override
  public JobBooks books(JobId job) {
    return store.inTransaction(
        () -> new JobBooks(jobs.row(job).orElseThrow().closed(), ledger.bookedFor(job)));
  }

  private ChunkRecord recordOf(ChunkRow row) {
    Chunk chunk = row.chunk();
    JobId job = chunk.key().job();
    Map<Integer, Evidence> evidence = new HashMap<>();
    int stored = 0;
    for (int position = chunk.first(); position < chunk.first() + chunk.size(); position++) {
      stored += messages.exists(job, position) ? 1 : 0;
      if (!log.attempts(job, position).isEmpty() || !log.receipts(job, position).isEmpty()) {
        evidence.put(position, evidence(job, position));
      }
    }
    // no tally is stored in memory: it is counted from the statuses whenever it is wanted
    return new ChunkRecord(
        ChunkRow.copy(chunk), row.open(), Map.of(), stored, evidence, chunks.money(row));
  }

  private Evidence evidence(JobId job, int position) {
    List<Attempt> attempts = log.attempts(job, position);
    return new Evidence(
        attempts.stream().mapToInt(Attempt::number).max().orElse(0),
        attempts.stream().mapToInt(Attempt::countsAtLeast).max().orElse(0),
        (int) attempts.stream().filter(InMemoryJobRecords::isAccepted).count(),
        (int) attempts.stream().filter(one -> isAccepted(one) && one.resent()).count(),
        attempts.stream()
            .anyMatch(one -> !isAccepted(one) && one.kind() != OutcomeKind.UNCONFIRMED),
        !log.receipts(job, position).isEmpty());
  }

  private static boolean isAccepted(Attempt attempt) {
    return attempt.kind() == OutcomeKind.ACCEPTED;
  }
}
