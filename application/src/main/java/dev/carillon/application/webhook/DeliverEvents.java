package dev.carillon.application.webhook;

import dev.carillon.application.port.WebhookDeliveries;
import dev.carillon.application.port.WebhookDeliveries.Leased;
import dev.carillon.application.port.WebhookDeliveries.Outcome;
import dev.carillon.application.port.WebhookDeliveries.Share;
import dev.carillon.application.port.WebhookSender;
import dev.carillon.domain.webhook.DeliveryAnswer;
import dev.carillon.domain.webhook.DeliveryAnswer.Answered;
import dev.carillon.domain.webhook.DeliveryAttempt;
import dev.carillon.domain.webhook.DeliverySchedule;
import dev.carillon.domain.webhook.DeliveryState;
import dev.carillon.domain.webhook.DisableReason;
import dev.carillon.domain.webhook.EndpointHealth;
import dev.carillon.domain.webhook.EventPayload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Delivers events to endpoints, at least once: what is leased is sent, and what came of it is
/// noted; a node that dies in between leaves a lease that ends. Attempts wait for nobody but
/// themselves, so that one slow receiver delays no other. Time is the store's, as it was when they
/// were leased, whatever this node's clock says.
public final class DeliverEvents {
  /// The engine, which hands messages over, needs the connections to the store, too.
  private static final int SETTLED_AT_A_TIME = 4;

  private final WebhookDeliveries deliveries;
  private final WebhookSender sender;
  private final Outside outside;
  private final WebhookSettings settings;
  private final Semaphore room;
  private final Semaphore settling = new Semaphore(SETTLED_AT_A_TIME);

  public DeliverEvents(
      WebhookDeliveries deliveries,
      WebhookSender sender,
      Outside outside,
      WebhookSettings settings) {
    this.deliveries = deliveries;
    this.sender = sender;
    this.outside = outside;
    this.settings = settings;
    this.room = new Semaphore(settings.inFlight());
  }

  /// Begins what is due, as far as there is room; returns how many attempts began. Called by one
  /// thread.
  public int handle() {
    int free = room.availablePermits();
    if (free == 0) {
      return 0;
    }
    long asked = outside.nanos().getAsLong();
    List<Leased> leased =
        deliveries.lease(
            new Share(
                outside.node(),
                free,
                settings.perScope(),
                settings.perEndpoint(),
                settings.leaseTime()));
    leased.forEach(one -> begin(one, asked));
    return leased.size();
  }

  /// Waits until nothing is under way; false when the time was over before.
  public boolean awaitQuiet(Duration time) throws InterruptedException {
    boolean quiet = room.tryAcquire(settings.inFlight(), time.toNanos(), TimeUnit.NANOSECONDS);
    if (quiet) {
      room.release(settings.inFlight());
    }
    return quiet;
  }

  private void begin(Leased leased, long asked) {
    room.acquireUninterruptibly();
    try {
      outside.threads().execute(() -> run(leased, asked));
    } catch (RuntimeException | Error refused) {
      room.release();
      throw refused;
    }
  }

  private void run(Leased leased, long asked) {
    try {
      // After a freeze of this node others have leased it, or will before this attempt is over.
      if (since(asked).compareTo(settings.beginWithin()) <= 0) {
        deliver(leased, asked);
      }
    } finally {
      room.release();
    }
  }

  private void deliver(Leased leased, long asked) {
    Instant at = leased.leasedAt().plus(since(asked));
    sender
        .send(
            new WebhookSender.Request(
                leased.event().scope().business(),
                leased.url(),
                leased.event().id(),
                at,
                EventPayload.json(leased.event().event()),
                leased.secrets().validAt(at)))
        .ifPresent(answer ->
            settle(
                leased,
                new DeliveryAttempt(leased.attempt(), at, answer),
                before -> outcome(leased, answer, before, leased.leasedAt().plus(since(asked)))));
  }

  private void settle(
      Leased leased, DeliveryAttempt attempt, Function<EndpointHealth, Outcome> decide) {
    settling.acquireUninterruptibly();
    try {
      boolean _ = deliveries.settle(leased, attempt, decide);
    } finally {
      settling.release();
    }
  }

  private Duration since(long asked) {
    return Duration.ofNanos(outside.nanos().getAsLong() - asked);
  }

  private Outcome outcome(
      Leased leased, DeliveryAnswer answer, EndpointHealth before, Instant now) {
    EndpointHealth health = before.after(answer, now);
    if (answer.delivered()) {
      return new Outcome(DeliveryState.DELIVERED, null, health, Duration.ZERO, null);
    }
    Duration asked = DeliverySchedule.pauseAsked(answer);
    Optional<Duration> next =
        settings
            .schedule()
            .after(answer, leased.tries(), leased.createdAt(), now, outside.jitter().getAsDouble());
    return new Outcome(
        next.isPresent() ? DeliveryState.PENDING : DeliveryState.GIVEN_UP,
        next.orElse(null),
        health,
        asked.compareTo(health.pause()) > 0 ? asked : health.pause(),
        disable(answer, health, now));
  }

  private @Nullable DisableReason disable(
      DeliveryAnswer answer, EndpointHealth health, Instant now) {
    if (answer instanceof Answered answered && answered.gone()) {
      return DisableReason.GONE;
    }
    boolean failing =
        answer.tellsOfReceiver()
            && !settings.disableAfter().isZero()
            && health.hasFailedFor(settings.disableAfter(), now);
    return failing ? DisableReason.FAILING : null;
  }

  /// What comes from outside.
  ///
  /// @param node names this process; another after each start
  /// @param threads run each attempt on one of its own
  /// @param jitter from 0 to 1, at random
  /// @param nanos as [System#nanoTime]
  public record Outside(String node, Executor threads, DoubleSupplier jitter, LongSupplier nanos) {}
}
