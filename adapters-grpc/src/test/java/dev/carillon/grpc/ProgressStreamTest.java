package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.watch.WatchEvent;
import dev.carillon.v1.WatchBulkJobResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ProgressStreamTest {
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private final ScriptedWatch watch = new ScriptedWatch();
  private final ScriptedReader<WatchBulkJobResponse> reader = new ScriptedReader<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final ProgressStream<WatchBulkJobResponse> stream =
      new ProgressStream<>(
          watch,
          ProgressStreamTest::text,
          failure -> {
            failures.incrementAndGet();
            return CallStatuses.incident(failure.getClass().getName());
          },
          reader,
          new ProgressStream.Pace(HEARTBEAT, INTERVAL));
  private long now = System.nanoTime();

  @Test
  void asksForNothingWhileTheReaderIsNotReady() {
    watch.publish(1);
    turn();
    reader.setReady(false);
    int asked = watch.asked();

    for (int version = 2; version <= 1_000; version++) {
      watch.publish(version);
      turnAfter(INTERVAL);
    }
    assertThat(watch.asked()).isEqualTo(asked);
    reader.setReady(true);
    turn();
    watch.end(1_001);
    assertThat(turn()).isEqualTo(ProgressStream.OVER);

    assertThat(sent()).containsExactly("1", "1000", "end 1001");
    assertThat(reader.isCompleted()).isTrue();
    assertThat(watch.isClosed()).isTrue();
  }

  @Test
  void keepsTheEndForAReaderThatIsNotReady() {
    reader.setReady(false);
    watch.publish(1);
    watch.end(2);
    turn();
    assertThat(sent()).isEmpty();

    reader.setReady(true);
    turn();

    assertThat(sent()).containsExactly("end 2");
    assertThat(reader.isCompleted()).isTrue();
  }

  @Test
  void comesAgainEachHeartbeatShouldTheNoticeOfReadinessBeLost() {
    reader.setReady(false);

    assertThat(turn()).isPositive().isLessThanOrEqualTo(HEARTBEAT.toNanos());
    assertThat(turnAfter(HEARTBEAT)).isEqualTo(HEARTBEAT.toNanos());
    assertThat(sent()).isEmpty();
  }

  @Test
  void leavesItsReaderAloneForTheInterval() {
    watch.publish(1);
    turn();
    watch.publish(2);

    assertThat(turn()).isEqualTo(INTERVAL.toNanos());
    assertThat(turnAfter(INTERVAL.dividedBy(2))).isEqualTo(INTERVAL.dividedBy(2).toNanos());
    watch.publish(3);
    turnAfter(INTERVAL.dividedBy(2));

    assertThat(sent()).containsExactly("1", "3");
  }

  @Test
  void keepsTheIntervalOfAReaderWhoWasNotReady() {
    reader.setReady(false);
    watch.publish(1);
    turnAfter(INTERVAL.multipliedBy(5));
    reader.setReady(true);
    turn();
    watch.publish(2);

    assertThat(turn()).isEqualTo(INTERVAL.toNanos());
    assertThat(sent()).containsExactly("1");
  }

  @Test
  void doesNotHoldTheEndBack() {
    watch.publish(1);
    turn();
    watch.end(2);

    assertThat(turn()).isEqualTo(ProgressStream.OVER);
    assertThat(sent()).containsExactly("1", "end 2");
  }

  @Test
  void givesASignOfLifeAfterSilenceOnly() {
    watch.publish(1);
    turn();
    turnAfter(HEARTBEAT.minusNanos(1));
    assertThat(sent()).containsExactly("1");

    assertThat(turnAfter(Duration.ofNanos(1))).isEqualTo(HEARTBEAT.toNanos());

    assertThat(sent()).containsExactly("1", "beat 1");
  }

  @Test
  void stopsWithoutAWordWhenTheReaderIsGone() {
    watch.publish(1);

    stream.cancel();

    assertThat(turn()).isEqualTo(ProgressStream.OVER);
    assertThat(watch.isClosed()).isTrue();
    assertThat(sent()).isEmpty();
    assertThat(reader.failure()).isNull();
    assertThat(failures).hasValue(0);
  }

  @Test
  void tellsTheReaderThatTheNodeStops() {
    stream.fail(CallStatuses.draining());

    assertThat(Refusals.reason(reader.refusal())).isEqualTo("SERVICE_DRAINING");
    assertThat(watch.isClosed()).isTrue();
  }

  @Test
  void tellsTheReaderOfAFailure() {
    watch.fail();

    assertThat(turn()).isEqualTo(ProgressStream.OVER);

    assertThat(failures).hasValue(1);
    assertThat(Refusals.reason(reader.refusal())).isEqualTo("INTERNAL");
    assertThat(watch.isClosed()).isTrue();
  }

  /// The tokens of what was sent.
  private List<String> sent() {
    return reader.taken().stream().map(WatchBulkJobResponse::getResumeToken).toList();
  }

  private long turn() {
    return stream.turn(now);
  }

  private long turnAfter(Duration time) {
    now += time.toNanos();
    return turn();
  }

  private static WatchBulkJobResponse text(WatchEvent event) {
    String prefix =
        switch (event) {
          case WatchEvent.End _ -> "end ";
          case WatchEvent.Heartbeat _ -> "beat ";
          case WatchEvent.Snapshot _, WatchEvent.Progress _ -> "";
        };
    return WatchBulkJobResponse.newBuilder().setResumeToken(prefix + event.version()).build();
  }
}
