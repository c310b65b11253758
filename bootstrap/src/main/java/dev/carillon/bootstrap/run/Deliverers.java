package dev.carillon.bootstrap.run;

import dev.carillon.application.webhook.DeliverEvents;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/// Has due events be delivered to their endpoints, again and again, each attempt on a thread of its
/// own. Drained, it begins no more; what is not answered in time is not held against its receiver,
/// and tried again by another node when its lease is over.
public final class Deliverers implements Part {
  /// What is due by what others have numbered or left is found after so long.
  private static final Duration LOOK = Duration.ofMillis(250);

  private static final Duration SHORTEST_LOOK = Duration.ofMillis(5);

  private final DeliverEvents deliver;
  private final AutoCloseable sender;
  private final BooleanSupplier check;
  private final Loop loop;
  private boolean started;

  /// @param sender closed at the end
  /// @param check whether this node may deliver; throws when something is wrong with it
  public Deliverers(DeliverEvents deliver, AutoCloseable sender, BooleanSupplier check) {
    this.deliver = deliver;
    this.sender = sender;
    this.check = check;
    this.loop = Loop.busy(LOOK, SHORTEST_LOOK, "webhooks", deliver::handle);
    deliver.whenMoreIsDue(loop::wake);
  }

  /// Threads for attempts, one each; a failure is logged, and what it left is found when its lease
  /// is over.
  public static Executor threads() {
    return Executors.newThreadPerTaskExecutor(
        Thread.ofVirtual()
            .name("delivery-", 1)
            .uncaughtExceptionHandler((thread, failure) ->
                FailureLog.tell(thread.getName(), "its lease will lapse", failure))
            .factory());
  }

  /// There are new events to be delivered.
  public void wake() {
    loop.wake();
  }

  @Override
  public String name() {
    return "the webhooks";
  }

  @Override
  public void start() {
    started = check.getAsBoolean();
    if (started) {
      loop.start();
    }
  }

  @Override
  public void drain() {
    deliver.drain();
    loop.stop();
  }

  @Override
  public void stop(Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    drain();
    if (started) {
      loop.awaitEnd(time);
      boolean _ = deliver.awaitQuiet(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
    }
    sender.close();
  }
}
