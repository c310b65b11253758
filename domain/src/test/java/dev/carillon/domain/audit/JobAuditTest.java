package dev.carillon.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.billing.ChunkMoney;
import dev.carillon.domain.billing.JobBilling;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.Counters;
import dev.carillon.domain.job.DispatchPlan;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.Priority;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.StatusByte;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JobAuditTest {
  private static final JobId ID = new JobId(5);
  private static final Instant CREATED = Instant.parse("2026-03-01T10:00:00Z");
  private static final int MANY = 100;

  @Test
  void recountsAJobOverItsChunks() {
    JobAudit audit =
        new JobAudit(job(JobStatus.PROCESSING, queuedAndSent(1, 2), null), 1, JobBooks.NONE, MANY);
    audit.chunk(
        chunk(0, 0, MessageState.SENT, MessageState.SENT),
        false,
        Map.of(),
        2,
        taken(0, 1),
        ChunkMoney.FREE);
    audit.chunk(chunk(1, 2, MessageState.QUEUED), true, Map.of(), 1, Map.of(), ChunkMoney.FREE);

    Recount recount = audit.finish();

    assertThat(recount.differences()).isEmpty();
    assertThat(recount.total()).isZero();
    assertThat(recount.chunks()).isEqualTo(2);
    assertThat(recount.messages()).isEqualTo(3);
    assertThat(recount.attempts()).isEqualTo(2);
    assertThat(recount.accepted()).isEqualTo(2);
    assertThat(recount.counters()).isEqualTo(queuedAndSent(1, 2));
  }

  @Test
  void countsAttemptsToWhichNoAnswerIsKept() {
    Counters doubt = new Counters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0);
    JobAudit audit = new JobAudit(job(JobStatus.PARTIAL, doubt, null), 0, JobBooks.NONE, MANY);
    audit.chunk(
        chunk(0, 0, MessageState.UNKNOWN, MessageState.UNKNOWN),
        false,
        Map.of(),
        2,
        Map.of(),
        ChunkMoney.FREE);

    Recount recount = audit.finish();

    assertThat(recount.differences()).isEmpty();
    assertThat(recount.attempts()).isEqualTo(2);
    assertThat(recount.accepted()).isZero();
  }

  @Test
  void namesCountersThatAreNotTheSumOfTheChunks() {
    JobAudit audit =
        new JobAudit(job(JobStatus.PROCESSING, queuedAndSent(2, 0), null), 1, JobBooks.NONE, MANY);
    audit.chunk(chunk(0, 0, MessageState.QUEUED), true, Map.of(), 1, Map.of(), ChunkMoney.FREE);

    assertThat(audit.finish().differences())
        .containsExactly(new Difference(null, null, "shows 2 queued, but 1 are"));
  }

  @Test
  void namesChunksOutOfPlace() {
    JobAudit audit =
        new JobAudit(job(JobStatus.PROCESSING, queuedAndSent(2, 0), null), 2, JobBooks.NONE, MANY);
    audit.chunk(chunk(0, 0, MessageState.QUEUED), true, Map.of(), 1, Map.of(), ChunkMoney.FREE);
    audit.chunk(chunk(2, 3, MessageState.QUEUED), true, Map.of(), 1, Map.of(), ChunkMoney.FREE);

    assertThat(audit.finish().differences())
        .extracting(Difference::what)
        .containsExactly("comes where chunk 1 belongs", "begins at 3 where 1 belongs");
  }

  @Test
  void namesOpenChunksThatTheJobDoesNotCount() {
    JobAudit audit =
        new JobAudit(job(JobStatus.COMPLETED, queuedAndSent(1, 0), null), 0, JobBooks.NONE, MANY);
    audit.chunk(chunk(0, 0, MessageState.QUEUED), true, Map.of(), 1, Map.of(), ChunkMoney.FREE);

    assertThat(audit.finish().differences())
        .extracting(Difference::what)
        .containsExactly("counts 0 open chunks, but 1 are", "COMPLETED with 1 open chunks");
  }

  @Test
  void namesARunningJobInWhichNothingIsOpen() {
    JobAudit audit =
        new JobAudit(job(JobStatus.PROCESSING, queuedAndSent(0, 1), null), 0, JobBooks.NONE, MANY);
    audit.chunk(chunk(0, 0, MessageState.SENT), false, Map.of(), 1, taken(0), ChunkMoney.FREE);

    assertThat(audit.finish().differences())
        .containsExactly(new Difference(null, null, "PROCESSING without an open chunk"));
  }

  @Test
  void namesASettledJobThatHasDoubts() {
    Counters doubt = new Counters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0);
    JobAudit audit = new JobAudit(job(JobStatus.PARTIAL, doubt, CREATED), 0, JobBooks.NONE, MANY);
    audit.chunk(chunk(0, 0, MessageState.UNKNOWN), false, Map.of(), 1, Map.of(), ChunkMoney.FREE);

    assertThat(audit.finish().differences())
        .containsExactly(new Difference(null, null, "settled with messages in doubt"));
  }

  @Test
  void countsDifferencesBeyondThoseItNames() {
    JobAudit audit =
        new JobAudit(job(JobStatus.COMPLETED, queuedAndSent(0, 3), null), 0, JobBooks.NONE, 2);
    audit.chunk(
        chunk(0, 0, MessageState.SENT, MessageState.SENT, MessageState.SENT),
        false,
        Map.of(),
        3,
        Map.of(),
        ChunkMoney.FREE);

    Recount recount = audit.finish();

    assertThat(recount.total()).isEqualTo(3);
    assertThat(recount.differences())
        .extracting(Difference::subject)
        .containsExactly("message 0", "message 1");
  }

  private static Counters queuedAndSent(long queued, long sent) {
    return new Counters(0, 0, 0, 0, 0, queued, sent, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  private static Map<Integer, Evidence> taken(int... positions) {
    Map<Integer, Evidence> evidence = new HashMap<>();
    for (int position : positions) {
      evidence.put(position, new Evidence(1, 1, 1, 0, false, false));
    }
    return evidence;
  }

  private static Chunk chunk(int number, int first, MessageState... states) {
    byte[] statuses = new byte[states.length];
    for (int i = 0; i < states.length; i++) {
      statuses[i] = StatusByte.of(states[i], states[i] == MessageState.QUEUED ? 0 : 1);
    }
    return new Chunk(new ChunkKey(ID, number), first, statuses, 0);
  }

  private static BulkJob job(JobStatus status, Counters counters, @Nullable Instant settledAt) {
    return new BulkJob(
        ID,
        new BulkId(new UUID(1, 1)),
        new Scope(new BusinessId(1), Environment.LIVE),
        new BulkJob.Submission(
            "a job",
            Channel.SMS,
            Priority.NORMAL,
            Map.of(),
            "key-1",
            "simulated",
            null,
            DispatchPlan.atOnce(CREATED.plusSeconds(60))),
        new BulkJob.Life(
            status,
            null,
            null,
            CREATED,
            CREATED,
            status.isEnd() ? CREATED : null,
            CREATED,
            settledAt),
        counters,
        JobBilling.free("USD", 1),
        1);
  }
}
