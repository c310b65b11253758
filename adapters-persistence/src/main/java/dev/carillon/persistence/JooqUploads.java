package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.JOB;
import static dev.carillon.persistence.schema.Tables.UPLOAD;
import static dev.carillon.persistence.schema.Tables.UPLOAD_CHUNK;
import static dev.carillon.persistence.schema.Tables.UPLOAD_SEEN;
import static org.jooq.impl.DSL.any;

import dev.carillon.application.port.Uploads;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.DispatchPlan;
import dev.carillon.domain.job.DuplicatePolicy;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.UploadProgress;
import dev.carillon.domain.job.UploadReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jspecify.annotations.Nullable;

/// Uploads in PostgreSQL.
final class JooqUploads implements Uploads {
  private static final String[] SEEN_COLUMNS = {"job_id", "key"};

  /// As PostgreSQL orders them: by their bytes.
  private static final Comparator<UUID> IN_THE_INDEX =
      Comparator.comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
          .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

  private final Session session;

  JooqUploads(Session session) {
    this.session = session;
  }

  @Override
  public void open(JobId job, Terms terms) {
    UploadProgress none = UploadProgress.NONE;
    Money maxCost = terms.maxCost();
    session
        .sql()
        .insertInto(UPLOAD)
        .set(UPLOAD.JOB_ID, job.value())
        .set(UPLOAD.NEXT_SEQUENCE, none.nextSequence())
        .set(UPLOAD.MESSAGES, none.messages())
        .set(UPLOAD.CHUNKS, none.chunks())
        .set(UPLOAD.ACCEPTED, none.accepted())
        .set(UPLOAD.DEFAULT_REGION, terms.defaultRegion())
        .set(UPLOAD.DUPLICATES, terms.duplicates().name())
        .set(UPLOAD.EXCLUDED_GROUP, terms.excludedGroup())
        .set(UPLOAD.MAX_COST, maxCost == null ? null : maxCost.micros())
        .set(UPLOAD.EXPIRE_TIME, terms.expireTime())
        .execute();
  }

  @Override
  public OptionalInt nextSequence(JobId job) {
    return session
        .sql()
        .select(UPLOAD.NEXT_SEQUENCE)
        .from(UPLOAD)
        .join(JOB)
        .on(JOB.ID.eq(UPLOAD.JOB_ID))
        .where(UPLOAD.JOB_ID.eq(job.value()))
        .and(JobStates.is(JobStatus.OPEN))
        .fetchOptional(UPLOAD.NEXT_SEQUENCE)
        .map(OptionalInt::of)
        .orElseGet(OptionalInt::empty);
  }

  @Override
  public Optional<Upload> find(Scope scope, BulkId bulkId) {
    return read(scope, bulkId).fetchOptional(JooqUploads::upload);
  }

  /// Both rows are locked, so that both are read as those left them who were waited for.
  @Override
  public Optional<Upload> lock(Scope scope, BulkId bulkId) {
    return read(scope, bulkId).forNoKeyUpdate().of(JOB, UPLOAD).fetchOptional(JooqUploads::upload);
  }

  @Override
  public void add(JobId job, UploadProgress progress, UploadReport report, byte[] fingerprint) {
    note(job, report, fingerprint);
    session
        .sql()
        .update(UPLOAD)
        .set(UPLOAD.NEXT_SEQUENCE, progress.nextSequence())
        .set(UPLOAD.MESSAGES, progress.messages())
        .set(UPLOAD.CHUNKS, progress.chunks())
        .set(UPLOAD.ACCEPTED, progress.accepted())
        .where(UPLOAD.JOB_ID.eq(job.value()))
        .execute();
  }

  @Override
  public Optional<UploadedChunk> chunk(JobId job, int sequence) {
    return session
        .sql()
        .selectFrom(UPLOAD_CHUNK)
        .where(UPLOAD_CHUNK.JOB_ID.eq(job.value()))
        .and(UPLOAD_CHUNK.SEQUENCE.eq(sequence))
        .fetchOptional(row -> new UploadedChunk(report(row), row.getFingerprint()));
  }

  /// Looked for and then copied: under the lock of the job nobody else can bring them meanwhile,
  /// and `ON CONFLICT` would take twice the time.
  @Override
  public Set<UUID> claim(JobId job, Collection<UUID> keys) {
    if (keys.isEmpty()) {
      return Set.of();
    }
    Set<UUID> known =
        session
            .sql()
            .select(UPLOAD_SEEN.KEY)
            .from(UPLOAD_SEEN)
            .where(UPLOAD_SEEN.JOB_ID.eq(job.value()))
            .and(UPLOAD_SEEN.KEY.eq(any(keys.toArray(UUID[]::new))))
            .fetchSet(UPLOAD_SEEN.KEY);
    copy(job, keys.stream().filter(key -> !known.contains(key)).sorted(IN_THE_INDEX).toList());
    return known;
  }

  @Override
  public void prepare(JobId job, String name, DispatchPlan plan) {
    session
        .sql()
        .update(JOB)
        .set(JOB.NAME, name)
        .set(JOB.SEND_TIME, plan.sendTime())
        .set(JOB.DEADLINE, plan.deadline())
        .where(JOB.ID.eq(job.value()))
        .execute();
  }

  @Override
  public List<JobId> openedBefore(Instant time, int limit) {
    return session
        .sql()
        .select(JOB.ID)
        .from(JOB)
        .where(JobStates.is(JobStatus.OPEN))
        .and(JOB.CREATED_AT.lt(time))
        .orderBy(JOB.CREATED_AT, JOB.ID)
        .limit(limit)
        .fetch(row -> new JobId(row.value1()));
  }

  private void note(JobId job, UploadReport report, byte[] fingerprint) {
    session
        .sql()
        .insertInto(UPLOAD_CHUNK)
        .set(UPLOAD_CHUNK.JOB_ID, job.value())
        .set(UPLOAD_CHUNK.SEQUENCE, report.sequence())
        .set(UPLOAD_CHUNK.FIRST_POSITION, report.first())
        .set(UPLOAD_CHUNK.ACCEPTED, report.accepted())
        .set(UPLOAD_CHUNK.INVALID, report.invalid())
        .set(UPLOAD_CHUNK.DUPLICATE, report.duplicate())
        .set(UPLOAD_CHUNK.SUPPRESSED, report.suppressed())
        .set(UPLOAD_CHUNK.NO_ADDRESS, report.noAddress())
        .set(UPLOAD_CHUNK.PARTS, report.parts())
        .set(UPLOAD_CHUNK.FINGERPRINT, fingerprint)
        .execute();
  }

  private SelectConditionStep<Record> read(Scope scope, BulkId bulkId) {
    List<Field<?>> fields = new ArrayList<>(List.of(UPLOAD.fields()));
    fields.addAll(List.of(JOB.ID, JOB.STATUS, JOB.CURRENCY));
    return session
        .sql()
        .select(fields)
        .from(JOB)
        .join(UPLOAD)
        .on(UPLOAD.JOB_ID.eq(JOB.ID))
        .where(JOB.BULK_ID.eq(bulkId.value()))
        .and(ScopeRows.is(scope, JOB.BUSINESS_ID, JOB.ENVIRONMENT));
  }

  private void copy(JobId job, List<UUID> keys) {
    BinaryCopy.into(
        session.sql(),
        UPLOAD_SEEN.getName(),
        SEEN_COLUMNS,
        copy -> {
          for (UUID key : keys) {
            copy.row().int8(job.value()).uuid(key);
          }
        });
  }

  private static Upload upload(Record row) {
    return new Upload(
        new JobId(row.get(JOB.ID)),
        JobStatus.of(row.get(JOB.STATUS)),
        new UploadProgress(
            row.get(UPLOAD.NEXT_SEQUENCE),
            row.get(UPLOAD.MESSAGES),
            row.get(UPLOAD.CHUNKS),
            row.get(UPLOAD.ACCEPTED)),
        new Terms(
            row.get(UPLOAD.DEFAULT_REGION),
            DuplicatePolicy.valueOf(row.get(UPLOAD.DUPLICATES)),
            row.get(UPLOAD.EXCLUDED_GROUP),
            maxCost(row),
            row.get(UPLOAD.EXPIRE_TIME)));
  }

  private static @Nullable Money maxCost(Record row) {
    Long micros = row.get(UPLOAD.MAX_COST);
    return micros == null ? null : new Money(row.get(JOB.CURRENCY), micros);
  }

  private static UploadReport report(Record row) {
    return new UploadReport(
        row.get(UPLOAD_CHUNK.SEQUENCE),
        row.get(UPLOAD_CHUNK.FIRST_POSITION),
        row.get(UPLOAD_CHUNK.ACCEPTED),
        row.get(UPLOAD_CHUNK.INVALID),
        row.get(UPLOAD_CHUNK.DUPLICATE),
        row.get(UPLOAD_CHUNK.SUPPRESSED),
        row.get(UPLOAD_CHUNK.NO_ADDRESS),
        row.get(UPLOAD_CHUNK.PARTS));
  }
}
