package dev.carillon.application.admin;

import dev.carillon.application.credentials.Rights;
import dev.carillon.application.port.JobRecords;
import dev.carillon.application.port.JobRecords.ChunkRecord;
import dev.carillon.application.port.Transactions;
import dev.carillon.domain.audit.JobAudit;
import dev.carillon.domain.audit.Recount;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;
import java.util.List;

/// Counts everything that is stored about a job again, whoever it belongs to, as it was at one
/// moment, and names every difference. Changes nothing and keeps nobody waiting.
public final class AuditBulkJob {
  private static final int CHUNKS_AT_ONCE = 20;
  private static final int MOST_NAMED = 1_000;

  private final Transactions transactions;
  private final JobRecords records;

  public AuditBulkJob(Transactions transactions, JobRecords records) {
    this.transactions = transactions;
    this.records = records;
  }

  /// What was counted and found. Throws a DomainException: RoleRequired, NotFound.
  public Result handle(Query query) {
    Rights.requireOperator(query.caller());
    BulkId bulkId = BulkId.parse(query.bulkId()).orElseThrow(() -> notFound(query));
    return transactions.inTransaction(() -> {
      BulkJob job = records.job(bulkId).orElseThrow(() -> notFound(query));
      JobAudit audit =
          new JobAudit(job, records.openChunks(job.id()), records.books(job.id()), MOST_NAMED);
      List<ChunkRecord> chunks = records.chunks(job.id(), -1, CHUNKS_AT_ONCE);
      while (!chunks.isEmpty()) {
        chunks.forEach(chunk -> take(audit, chunk));
        int last = chunks.getLast().chunk().key().number();
        chunks = records.chunks(job.id(), last, CHUNKS_AT_ONCE);
      }
      return new Result(job, audit.finish());
    });
  }

  private static void take(JobAudit audit, ChunkRecord stored) {
    audit.chunk(
        stored.chunk(),
        stored.open(),
        stored.counted(),
        stored.messages(),
        stored.evidence(),
        stored.money());
  }

  private static DomainException notFound(Query query) {
    return new DomainException(
        new DomainError.NotFound(DomainError.NotFound.Kind.BULK_JOB, query.bulkId()));
  }

  /// Which job, by its public id.
  public record Query(Caller caller, String bulkId) {}

  /// The job as it shows itself, and what a recount came to.
  public record Result(BulkJob job, Recount recount) {}
}
