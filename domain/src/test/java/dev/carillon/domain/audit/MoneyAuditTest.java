package dev.carillon.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.billing.ChunkMoney;
import dev.carillon.domain.billing.ChunkMoney.Movement;
import dev.carillon.domain.billing.Costs;
import dev.carillon.domain.billing.EntryKind;
import dev.carillon.domain.billing.JobBilling;
import dev.carillon.domain.billing.LineNumbers;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.RefundPlan;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Jobs of one closed chunk: a message that was taken at 20, one that failed at 30, one left out.
class MoneyAuditTest {
  private static final JobId ID = new JobId(5);
  private static final Instant CREATED = Instant.parse("2026-03-01T10:00:00Z");
  private static final JobBooks RIGHT = books(20, 30);
  private static final ChunkMoney BOOKED = money(20, 30);

  @Test
  void findsNothingInHonestBooks() {
    assertThat(found(job(50, 20, 30, CREATED), false, BOOKED, RIGHT)).isEmpty();
  }

  @Test
  void findsNothingInAChunkThatIsOpen() {
    JobBooks books =
        new JobBooks(Movement.NONE, Map.of(EntryKind.HOLD, 50L, EntryKind.CAPTURE, 20L));

    assertThat(found(job(50, 20, 0, null), true, money(20, 0), books)).isEmpty();
  }

  @Test
  void takesWhatWasBookedBackIntoAccount() {
    JobBooks books =
        new JobBooks(
            new Movement(20, 30),
            Map.of(
                EntryKind.HOLD, 50L,
                EntryKind.CAPTURE, 50L,
                EntryKind.REVERSAL, 30L,
                EntryKind.REFUND, 50L,
                EntryKind.RECHARGE, 15L,
                EntryKind.DEBT, 5L,
                EntryKind.REPAYMENT, 5L));

    assertThat(found(job(50, 20, 30, CREATED), false, BOOKED, books)).isEmpty();
  }

  @Test
  void namesAChunkThatBookedWhatItsMessagesDoNotSay() {
    assertThat(found(job(50, 50, 0, CREATED), false, money(50, 0), books(50, 0)))
        .containsExactly(
            "has booked 50 micros captured, but 20 are",
            "has booked 0 micros refunded, but 30 are");
  }

  @Test
  void namesAnOpenChunkThatGaveSomethingBack() {
    assertThat(
            found(
                job(50, 20, 30, null), true, BOOKED, new JobBooks(Movement.NONE, RIGHT.entries())))
        .containsExactly("has booked 30 micros refunded, but 0 are");
  }

  @Test
  void namesFiguresThatAreNotTheSumOfTheChunks() {
    assertThat(found(job(51, 21, 31, CREATED), false, BOOKED, RIGHT))
        .containsExactly(
            "shows 51 micros held, but 50 are",
            "shows 21 micros captured, but 20 are",
            "shows 31 micros refunded, but 30 are");
    assertThat(
            found(
                job(50, 20, 30, CREATED),
                false,
                BOOKED,
                new JobBooks(new Movement(21, 29), RIGHT.entries())))
        .containsExactly(
            "counts of closed chunks 21 micros captured, but 20 are",
            "counts of closed chunks 29 micros refunded, but 30 are");
  }

  @Test
  void namesEntriesThatSaySomethingElse() {
    JobBooks books = new JobBooks(new Movement(20, 30), Map.of(EntryKind.CAPTURE, 20L));

    assertThat(found(job(50, 20, 30, CREATED), false, BOOKED, books))
        .containsExactly(
            "has entries of 0 micros held, but 50 are",
            "has entries of 0 micros refunded, but 30 are");
  }

  @Test
  void namesASettledJobWhoseMoneyIsStillHeld() {
    ChunkMoney little = money(20, 0);
    JobBooks books =
        new JobBooks(new Movement(20, 0), Map.of(EntryKind.HOLD, 50L, EntryKind.CAPTURE, 20L));

    assertThat(found(job(50, 20, 0, CREATED), false, little, books))
        .containsExactly(
            "has booked 0 micros refunded, but 30 are", "settled with 30 micros still held");
  }

  @Test
  void namesAJobThatGaveMoreThanItHad() {
    assertThat(found(job(50, 40, 30, CREATED), false, money(40, 30), books(40, 30)))
        .containsExactly(
            "has booked 40 micros captured, but 20 are",
            "took and gave back 20 micros more than was held");
  }

  private static List<String> found(BulkJob job, boolean open, ChunkMoney money, JobBooks books) {
    MoneyAudit audit = new MoneyAudit(job, books);
    List<String> found = new ArrayList<>(audit.chunk(chunk(), open, money));
    found.addAll(audit.finish());
    return found;
  }

  private static JobBooks books(long captured, long refunded) {
    return new JobBooks(
        new Movement(captured, refunded),
        Map.of(EntryKind.HOLD, 50L, EntryKind.CAPTURE, captured, EntryKind.REFUND, refunded));
  }

  private static ChunkMoney money(long captured, long refunded) {
    LineNumbers lines = LineNumbers.of(new int[] {0, 1, 0}, new boolean[] {true, true, false});
    return new ChunkMoney(lines, Costs.of(20, 30), RefundPlan.DEFAULT, captured, refunded);
  }

  private static Chunk chunk() {
    byte[] statuses = {
      StatusByte.of(MessageState.SENT, 1),
      StatusByte.of(MessageState.FAILED, 1),
      StatusByte.of(MessageState.REJECTED_INVALID, 0)
    };
    return new Chunk(new ChunkKey(ID, 0), 0, statuses, 0);
  }

  private static BulkJob job(long held, long captured, long refunded, @Nullable Instant settledAt) {
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
            JobStatus.PARTIAL, null, null, CREATED, CREATED, CREATED, CREATED, settledAt),
        new Counters(1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0),
        new JobBilling(
            new Money("USD", held), new Money("USD", captured), new Money("USD", refunded), 2),
        1);
  }
}
