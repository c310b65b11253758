package dev.carillon.providers.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.port.ReceiptSink;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.providers.RecordingSink;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReceiptPumpTest {
  private static final Duration NOW = Duration.ZERO;

  private final RecordingSink sink = new RecordingSink();
  private final AtomicInteger ran = new AtomicInteger();
  private final ReceiptPump pump = new ReceiptPump(sink, 10_000, Duration.ofMillis(300));

  @AfterEach
  void close() {
    pump.close();
  }

  @Test
  void bringsManyReceiptsAtOnceButNotTooMany() {
    bring(5_000, NOW);
    pump.start();

    assertThat(sink.awaitReceipts(5_000)).hasSize(5_000);
    assertThat(sink.batches()).containsExactly(ReceiptSink.MOST, ReceiptSink.MOST, 1_000);
  }

  @Test
  void keepsTheOrderOfWhatIsDueAtTheSameTime() {
    bring(3_000, NOW);
    pump.start();

    assertThat(sink.awaitReceipts(3_000))
        .extracting(receipt -> receipt.ref().position())
        .isSorted();
  }

  @Test
  void bringsWhatIsDueFirstFirst() {
    pump.bring(receipt(1), Duration.ofMillis(40), ran::incrementAndGet);
    pump.bring(receipt(2), NOW, ran::incrementAndGet);
    pump.start();

    assertThat(sink.awaitReceipts(2))
        .extracting(receipt -> receipt.ref().position())
        .containsExactly(2, 1);
  }

  @Test
  void triesAgainUntilTheStoreTakesThem() {
    sink.failWith(batch -> unavailable());
    bring(100, NOW);
    pump.start();
    sink.awaitCalls(4);
    assertThat(ran).hasValue(0);
    sink.recover();

    assertThat(sink.awaitReceipts(100)).hasSize(100);
    assertThat(sink.batches()).containsExactly(100);
  }

  @Test
  void leavesOutTheOneReceiptThatTheSinkCannotTake() {
    sink.failWith(batch -> failOn(batch.stream().anyMatch(r -> r.ref().position() == 13)));
    bring(20, NOW);
    pump.start();

    assertThat(sink.awaitReceipts(19))
        .extracting(receipt -> receipt.ref().position())
        .doesNotContain(13)
        .hasSize(19);
    pump.close();
    assertThat(pump.dropped()).isEqualTo(1);
    assertThat(ran).hasValue(20);
  }

  @Test
  void bringsEverythingInWhenItIsClosed() {
    pump.start();
    bring(50, Duration.ofHours(1));
    pump.close();

    assertThat(sink.receipts()).hasSize(50);
    assertThat(pump.dropped()).isZero();
  }

  @Test
  void dropsWithinABoundedTimeWhatTheStoreDoesNotTakeAtTheEnd() {
    sink.failWith(batch -> unavailable());
    pump.start();
    bring(50, NOW);
    long start = System.nanoTime();
    pump.close();

    assertThat(pump.dropped()).isEqualTo(50);
    assertThat(ran).hasValue(50);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void givesNoMorePermitsThanItHas() {
    Deadline soon = Deadline.in(Duration.ofMillis(1));

    assertThat(pump.reserve(10_000, soon)).isTrue();
    assertThat(pump.reserve(1, soon)).isFalse();
    pump.release(1);
    assertThat(pump.reserve(1, soon)).isTrue();
  }

  private void bring(int count, Duration delay) {
    for (int position = 0; position < count; position++) {
      pump.bring(receipt(position), delay, ran::incrementAndGet);
    }
  }

  private static void unavailable() {
    throw new DomainException(new DomainError.StoreUnavailable(Duration.ofSeconds(1)));
  }

  private static void failOn(boolean poison) {
    if (poison) {
      throw new IllegalStateException("a receipt that the sink cannot take");
    }
  }

  private static Receipt receipt(int position) {
    return new Receipt(
        new MessageRef(new JobId(1), 0, position),
        ReceiptKind.DELIVERED,
        null,
        "",
        SimulatedCarrier.ID,
        "sim-" + position,
        Instant.EPOCH);
  }
}
