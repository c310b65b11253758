package dev.carillon.application.contract;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.JobFixture;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.ChunkRepository.BilledChunk;
import dev.carillon.application.port.LockedChunk;
import dev.carillon.application.port.MessageRepository.Retryable;
import dev.carillon.application.port.NextChunk;
import dev.carillon.domain.billing.Bill;
import dev.carillon.domain.billing.BillLine;
import dev.carillon.domain.billing.ChunkMoney;
import dev.carillon.domain.billing.Costs;
import dev.carillon.domain.billing.JobBilling;
import dev.carillon.domain.billing.LineNumbers;
import dev.carillon.domain.billing.PriceId;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Route;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.RetrySelection;
import dev.carillon.domain.message.MessageTransition;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every store keeps of the money of jobs and their chunks.
public abstract class JobMoneyContract extends BillingContract {
  private static final int MANY = 1_000;

  @Test
  void keepsWhatAJobCosts() {
    StoredJob job = billed(anSmsJob().toOneOf(3).to(2).toOneOf(3), GENEROUS);

    assertThat(bill(job))
        .isEqualTo(new Bill("USD", List.of(line(3), line(1)), GENEROUS, dollars(8 * PART)));
    assertThat(found(job).billing())
        .isEqualTo(new JobBilling(dollars(8 * PART), dollars(0), dollars(0), 8));
  }

  @Test
  void keepsThatAJobCostsNothing() {
    StoredJob job = store(anSmsJob().to(2));

    assertThat(bill(job)).isEqualTo(Bill.free("USD"));
    assertThat(look(job.chunk(0)).money().lines()).isEqualTo(LineNumbers.NONE);
    assertThat(found(job).billing()).isEqualTo(JobBilling.free("USD", 2));
  }

  @Test
  void keepsTheLineOfEachMessage() {
    StoredJob job =
        billed(
            anSmsJob().to(1).toOneOf(2).leavingOut(Reason.DUPLICATE).to(3).chunksOf(3), GENEROUS);

    ChunkMoney mixed = look(job.chunk(0)).money();
    ChunkMoney same = look(job.chunk(1)).money();

    assertThat(mixed.lines().at(0)).isZero();
    assertThat(mixed.lines().at(1)).isEqualTo(1);
    assertThat(IntStream.range(0, 3).map(same.lines()::at)).containsOnly(0);
    assertThat(List.of(mixed, same))
        .extracting(ChunkMoney::costs)
        .containsOnly(Costs.of(PART, 2 * PART));
    assertThat(List.of(mixed, same)).extracting(ChunkMoney::plan).containsOnly(GENEROUS);
    assertThat(List.of(mixed, same)).extracting(ChunkMoney::captured).containsOnly(0L);
  }

  @Test
  void keepsALongBill() {
    JobFixture fixture = anSmsJob().chunksOf(300);
    IntStream.rangeClosed(1, 300).forEach(fixture::toOneOf);
    StoredJob job = billed(fixture, RefundPlan.DEFAULT);

    ChunkMoney money = look(job.chunk(0)).money();

    assertThat(IntStream.range(0, 300).map(money.lines()::at).boxed())
        .containsExactlyElementsOf(IntStream.range(0, 300).boxed().toList());
    assertThat(money.costs().of(299)).isEqualTo(300 * PART);
    assertThat(bill(job).lines()).hasSize(300);
  }

  @Test
  void keepsWhatIsBookedHoweverAChunkIsLocked() {
    StoredJob job = billed(anSmsJob().to(1).toOneOf(2).to(4).chunksOf(3), RefundPlan.DEFAULT);
    step(job, 1, MessageTransition.MARK, MessageTransition.ACCEPT);
    step(job, 3, MessageTransition.MARK, MessageTransition.ACCEPT);
    step(job, 4, MessageTransition.CANCEL);
    step(job, 5, MessageTransition.CANCEL);
    change(job.chunk(0), chunk -> chunk.move(0, MessageTransition.MARK));

    List<ChunkMoney> together =
        within(() -> ports().chunks().lock(List.of(job.chunk(0), job.chunk(1)))).stream()
            .map(LockedChunk::money)
            .toList();

    assertThat(together).extracting(ChunkMoney::captured).containsExactly(2 * PART, PART);
    assertThat(together).extracting(ChunkMoney::refunded).containsExactly(0L, 2 * PART);
    assertThat(look(job.chunk(1)).money()).isEqualTo(together.getLast());
    assertThat(within(() -> ports().chunks().lockNext(job.id(), NOW)))
        .isInstanceOfSatisfying(
            NextChunk.Ready.class,
            ready -> assertThat(ready.chunk().money()).isEqualTo(together.getFirst()));
  }

  @Test
  void showsWhatIsBookedOfAllChunks() {
    StoredJob job = billed(anSmsJob().to(4).chunksOf(2), RefundPlan.DEFAULT);
    long version = found(job).version();
    step(job, 0, MessageTransition.MARK, MessageTransition.ACCEPT);
    step(job, 2, MessageTransition.CANCEL);
    assertThat(found(job).billing())
        .isEqualTo(new JobBilling(dollars(4 * PART), dollars(PART), dollars(0), 4));

    step(job, 3, MessageTransition.MARK, MessageTransition.ACCEPT);

    assertThat(found(job).billing())
        .isEqualTo(new JobBilling(dollars(4 * PART), dollars(2 * PART), dollars(PART), 4));
    assertThat(found(job).version()).isGreaterThan(version);
    assertThat(ports().jobs().findAll(List.of(job.id())).getFirst().billing())
        .isEqualTo(found(job).billing());
  }

  @Test
  void listsChunksWithTheirMoney() {
    StoredJob job = billed(anSmsJob().to(6).chunksOf(2), RefundPlan.DEFAULT);
    step(job, 2, MessageTransition.MARK, MessageTransition.ACCEPT);

    List<BilledChunk> all = ports().chunks().billed(job.id(), -1, MANY);

    assertThat(all)
        .extracting(chunk -> chunk.chunk().key())
        .containsExactly(job.chunk(0), job.chunk(1), job.chunk(2));
    assertThat(all).extracting(chunk -> chunk.money().captured()).containsExactly(0L, PART, 0L);
    assertThat(all.get(1).chunk().statuses()).isEqualTo(look(job.chunk(1)).chunk().statuses());
    assertThat(ports().chunks().billed(job.id(), 0, 1))
        .extracting(chunk -> chunk.chunk().key())
        .containsExactly(job.chunk(1));
    assertThat(ports().chunks().billed(job.id(), 2, MANY)).isEmpty();
  }

  @Test
  void growsByWhatMoreMessagesCost() {
    StoredJob job = store(anSmsJob().inStatus(JobStatus.OPEN));
    Bill first = new Bill("USD", List.of(line(1)), GENEROUS, dollars(4 * PART));
    Bill more = new Bill("USD", List.of(line(1), line(2)), GENEROUS, dollars(3 * PART));

    Bill inside =
        within(() -> {
          ports().jobs().grow(job.id(), 1, 4, first);
          return bill(job);
        });
    ports().transactions().run(() -> ports().jobs().grow(job.id(), 1, 3, more));

    assertThat(inside).isEqualTo(first);
    assertThat(bill(job)).isEqualTo(new Bill("USD", more.lines(), GENEROUS, dollars(7 * PART)));
    assertThat(found(job).billing())
        .isEqualTo(new JobBilling(dollars(7 * PART), dollars(0), dollars(0), 7));
  }

  @Test
  void tellsTheLineOfWhatARetryTakes() {
    StoredJob job =
        billed(anSmsJob().to(1).toOneOf(2).toOneOf(3).toOneOf(2).to(2).chunksOf(4), GENEROUS);
    List.of(1, 2, 3, 5).forEach(position -> refuse(job, position));

    assertThat(ports().messages().retryable(job.id(), RetrySelection.DEFAULT, -1, MANY))
        .containsExactly(
            new Retryable(1, 2, 1),
            new Retryable(2, 3, 2),
            new Retryable(3, 2, 1),
            new Retryable(5, 1, 0));
  }

  private void refuse(StoredJob job, int position) {
    DispatchOutcome refused = new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, "no");
    Route route = new Route(new CarrierId("scripted"), "");
    step(job, position, MessageTransition.MARK, MessageTransition.FAIL);
    ports()
        .transactions()
        .run(() ->
            ports()
                .log()
                .appendAttempts(
                    job.ref(position).chunkKey(),
                    List.of(Attempt.of(position, 1, false, refused, route, NOW))));
  }

  private static BillLine line(int parts) {
    return new BillLine(PriceId.NONE, parts, parts * PART);
  }

  private Bill bill(StoredJob job) {
    return ports().jobs().bill(job.id());
  }
}
