package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.JOB;

import dev.carillon.application.port.DispatchJob;
import dev.carillon.application.port.NewBulkJob;
import dev.carillon.domain.billing.ChunkMoney.Movement;
import dev.carillon.domain.billing.JobBilling;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.content.Composition;
import dev.carillon.domain.content.ContentSyntax;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.Counters;
import dev.carillon.domain.job.DispatchPlan;
import dev.carillon.domain.job.JobError;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.PauseReason;
import dev.carillon.domain.job.Priority;
import dev.carillon.domain.message.ToldStatuses;
import dev.carillon.domain.template.TemplateId;
import dev.carillon.domain.template.TemplateRef;
import dev.carillon.persistence.schema.tables.records.JobRecord;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// Between job rows and the domain.
final class JobRows {
  private static final Set<Field<?>> SAID =
      Set.of(JOB.TEXT, JOB.SUBJECT, JOB.HTML, JOB.HEADERS, JOB.DEFAULT_VARIABLES);
  private static final Set<Field<?>> LINES =
      Set.of(JOB.LINE_PRICES, JOB.LINE_PARTS, JOB.LINE_COSTS);

  /// What a job shows of itself: everything but what is said and the lines of its bill, which may
  /// be long.
  static final List<Field<?>> SHOWN =
      Arrays.stream(JOB.fields())
          .filter(field -> !SAID.contains(field) && !LINES.contains(field))
          .toList();

  private JobRows() {}

  static JobRecord toRow(NewBulkJob job) {
    JobRecord row = new JobRecord();
    BulkJob.Submission submission = job.submission();
    row.setBulkId(job.bulkId().value());
    row.setBusinessId(job.scope().business().value());
    row.setEnvironment(job.scope().environment().name());
    row.setName(submission.name());
    row.setChannel(submission.channel().name());
    row.setStatus((short) job.status().code());
    row.setPriority((short) submission.priority().code());
    row.setLabels(Json.of(submission.labels()));
    row.setCreatedBy(submission.createdBy());
    row.setProvider(submission.provider());
    BulkId parent = submission.parent();
    if (parent != null) {
      row.setParentBulkId(parent.value());
    }
    row.setMessageEvents((short) submission.told().bits());
    PlanRows.write(row, submission.plan());
    ContentColumns.OF_JOBS.write(row, job.content());
    composition(row, job.composition());
    TemplateRef template = submission.template();
    if (template != null) {
      row.setPinnedTemplate(template.id().value()).setPinnedVersion(template.version());
    }
    billing(row, job);
    row.setPauseReason(job.status() == JobStatus.PAUSED ? PauseReason.OWNER.name() : null);
    row.setBroken(false);
    row.setOpenChunks(job.openChunks());
    row.setVersion(1L);
    row.setCreatedAt(job.createdAt());
    row.setUpdatedAt(job.createdAt());
    return row;
  }

  private static void billing(JobRecord row, NewBulkJob job) {
    BillRows.write(row, job.bill());
    row.setCurrency(job.bill().currency());
    row.setHeld(job.bill().total().micros());
    row.setCaptured(0L);
    row.setRefunded(0L);
    row.setParts(job.parts());
  }

  private static void composition(JobRecord row, Composition composition) {
    row.setSyntax(composition.syntax().name());
    if (!composition.defaults().isEmpty()) {
      row.setDefaultVariables(Json.of(composition.defaults()));
    }
  }

  /// @param booked of all its chunks
  static BulkJob job(
      Record row, Counters counters, Movement booked, long chunkVersions, @Nullable Instant moved) {
    JobRecord job = row.into(JOB);
    return new BulkJob(
        new JobId(job.getId()),
        new BulkId(job.getBulkId()),
        scope(job),
        submission(job),
        life(job, moved),
        counters,
        billing(job, booked),
        job.getVersion() + chunkVersions);
  }

  static DispatchJob dispatchJob(JobRecord job) {
    DispatchPlan plan = PlanRows.plan(job);
    return new DispatchJob(
        scope(job),
        ContentColumns.OF_JOBS.read(Channel.valueOf(job.getChannel()), job),
        composition(job),
        new CarrierId(job.getProvider()),
        Priority.of(job.getPriority()),
        plan.deadline(),
        plan.unknown());
  }

  /// Whether what waits in the job is QUEUED, and no longer PENDING.
  static boolean hasStarted(Record row) {
    return JobStatus.of(row.get(JOB.STATUS)).hasStarted(row.get(JOB.STARTED_AT) != null);
  }

  static Scope scope(JobRecord job) {
    return ScopeRows.of(job.getBusinessId(), job.getEnvironment());
  }

  private static BulkJob.Submission submission(JobRecord job) {
    return new BulkJob.Submission(
        job.getName(),
        Channel.valueOf(job.getChannel()),
        Priority.of(job.getPriority()),
        Json.map(job.getLabels()),
        job.getCreatedBy(),
        job.getProvider(),
        job.getParentBulkId() == null ? null : new BulkId(job.getParentBulkId()),
        PlanRows.plan(job),
        job.getPinnedTemplate() == null
            ? null
            : new TemplateRef(new TemplateId(job.getPinnedTemplate()), job.getPinnedVersion()),
        new ToldStatuses(job.getMessageEvents()));
  }

  private static BulkJob.Life life(JobRecord job, @Nullable Instant moved) {
    Instant updated = job.getUpdatedAt();
    return new BulkJob.Life(
        JobStatus.of(job.getStatus()),
        job.getError() == null ? null : JobError.valueOf(job.getError()),
        job.getPauseReason() == null ? null : PauseReason.valueOf(job.getPauseReason()),
        job.getCreatedAt(),
        job.getStartedAt(),
        job.getEndedAt(),
        moved != null && moved.isAfter(updated) ? moved : updated,
        job.getSettledAt());
  }

  private static JobBilling billing(JobRecord job, Movement booked) {
    String currency = job.getCurrency();
    return new JobBilling(
        new Money(currency, job.getHeld()),
        new Money(currency, booked.captured()),
        new Money(currency, booked.refunded()),
        job.getParts());
  }

  private static Composition composition(JobRecord job) {
    JSONB defaults = job.getDefaultVariables();
    return new Composition(
        ContentSyntax.valueOf(job.getSyntax()), defaults == null ? Map.of() : Json.map(defaults));
  }
}
