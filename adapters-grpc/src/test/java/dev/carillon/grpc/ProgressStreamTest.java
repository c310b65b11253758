package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.WatchEvent;
import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.Background;
import dev.carillon.v1.WatchBulkJobResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ProgressStreamTest {
  private static final Duration SHORT = Duration.ofMillis(1);

  private final ScriptedWatch watch = new ScriptedWatch();
  private final SlowReader reader = new SlowReader();

  @Test
  void asksForNothingWhileTheReaderIsNotReady() {
    Background<Boolean> stream = start();
    watch.publish(1);
    Await.until("it asks for the second change", () -> watch.asked() == 2);
    reader.setReady(false);
    watch.publish(2);
    Await.until("the second change", () -> reader.sent().size() == 2);

    for (int version = 3; version <= 1_000; version++) {
      watch.publish(version);
    }
    assertThat(watch.asked()).isEqualTo(2);
    reader.setReady(true);
    Await.until("the latest", () -> reader.sent().size() == 3);
    watch.end(1_001);

    stream.result();
    assertThat(reader.sent()).containsExactly("1", "2", "1000", "end 1001");
    assertThat(reader.isCompleted()).isTrue();
    assertThat(watch.isClosed()).isTrue();
  }

  @Test
  void keepsTheEndForAReaderThatIsNotReady() {
    reader.setReady(false);
    watch.publish(1);
    watch.end(2);
    Background<Boolean> stream = start();
    assertThat(reader.sent()).isEmpty();

    reader.setReady(true);

    stream.result();
    assertThat(reader.sent()).endsWith("end 2");
    assertThat(reader.isCompleted()).isTrue();
  }

  @Test
  void looksAgainEachHeartbeatShouldTheNoticeOfReadinessBeLost() {
    reader.setReady(false);
    watch.end(1);
    Background<Boolean> stream = start();

    reader.becomeReadySilently();

    stream.result();
    assertThat(reader.sent()).containsExactly("end 1");
  }

  @Test
  void stopsWithoutAWordWhenTheReaderIsGone() {
    AtomicInteger failures = new AtomicInteger();
    ProgressStream stream = stream(failures);
    Background<Boolean> running = run(stream);
    Await.until("it waits", () -> watch.asked() == 1);

    stream.cancel();
    running.interrupt();

    running.result();
    assertThat(watch.isClosed()).isTrue();
    assertThat(reader.failure()).isNull();
    assertThat(failures).hasValue(0);
  }

  @Test
  void tellsTheReaderThatTheNodeStops() {
    Background<Boolean> running = start();
    Await.until("it waits", () -> watch.asked() == 1);

    running.interrupt();

    running.result();
    assertThat(Refusals.reason(reader.refusal())).isEqualTo("SERVICE_DRAINING");
    assertThat(watch.isClosed()).isTrue();
  }

  @Test
  void tellsTheReaderOfAFailure() {
    AtomicInteger failures = new AtomicInteger();
    Background<Boolean> running = run(stream(failures));

    watch.fail();

    running.result();
    assertThat(failures).hasValue(1);
    assertThat(Refusals.reason(reader.refusal())).isEqualTo("INTERNAL");
    assertThat(watch.isClosed()).isTrue();
  }

  private Background<Boolean> start() {
    return run(stream(new AtomicInteger()));
  }

  private static Background<Boolean> run(ProgressStream stream) {
    return Background.start(() -> {
      stream.run();
      return true;
    });
  }

  private ProgressStream stream(AtomicInteger failures) {
    return new ProgressStream(
        watch,
        ProgressStreamTest::text,
        failure -> {
          failures.incrementAndGet();
          return ErrorStatuses.incident(failure.getClass().getName());
        },
        reader,
        Duration.ofMillis(50),
        SHORT);
  }

  private static WatchBulkJobResponse text(WatchEvent event) {
    String prefix = event instanceof WatchEvent.End ? "end " : "";
    return WatchBulkJobResponse.newBuilder().setResumeToken(prefix + event.version()).build();
  }
}
