package dev.carillon.application.webhook;

import dev.carillon.application.port.WebhookDeliveries;
import dev.carillon.application.port.WebhookDeliveries.Ended;
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
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Delivers events to endpoints, at least once: what is leased is sent, and what came of it is
/// noted; a node that dies in between leaves a lease that ends. Attempts wait for nobody but
/// themselves, so that one slow receiver delays no other. Time is the store's, as it was when they
/// were leased, whatever this node's clock says.
public final class DeliverEvents {
  private final WebhookDeliveries deliveries;
  private final WebhookSender sender;
  private final Outside outside;
  private final WebhookSettings settings;
  private final Room room;
  private final SettleTogether settling;
  private volatile Runnable moreDue = () -> {};
  private volatile boolean drained;

  public DeliverEvents(
      WebhookDeliveries deliveries,
      WebhookSender sender,
      Outside outside,
      WebhookSettings settings) {
    this.deliveries = deliveries;
    this.sender = sender;
    this.outside = outside;
    this.settings = settings;
    this.room = new Room(settings.inFlight());
    this.settling = new SettleTogether(this::settle, outside.threads(), room::release);
  }

  /// Has something be told when [#handle] would find more than what is begun as attempts end.
  public void whenMoreIsDue(Runnable told) {
    this.moreDue = told;
  }

  /// Begins what is due, as far as there is room; returns how many attempts began. Called by one
  /// thread. As attempts end, others begin in their places without it.
  public int handle() {
    int free = room.takeAll();
    long asked = outside.nanos().getAsLong();
    List<Leased> leased = List.of();
    try {
      if (free > 0 && !drained) {
        leased = deliveries.lease(share(free));
      }
    } finally {
      room.release(free - leased.size());
    }
    beginAll(leased, asked);
    return leased.size();
  }

  /// Begins no more.
  public void drain() {
    drained = true;
  }

  /// Waits until nothing is under way; false when the time was over before.
  public boolean awaitQuiet(Duration time) throws InterruptedException {
    boolean quiet = room.tryAcquire(settings.inFlight(), time.toNanos(), TimeUnit.NANOSECONDS);
    if (quiet) {
      room.release(settings.inFlight());
    }
    return quiet;
  }

  private Share share(int most) {
    return new Share(
        outside.node(), most, settings.perScope(), settings.perEndpoint(), settings.leaseTime());
  }

  /// Their room has been taken. What no thread is found for is tried when its lease is over.
  private void beginAll(List<Leased> leased, long asked) {
    int begun = 0;
    try {
      for (Leased one : leased) {
        outside.threads().execute(() -> run(one, asked));
        begun++;
      }
    } finally {
      room.release(leased.size() - begun);
    }
  }

  private void run(Leased leased, long asked) {
    Optional<Ended> ended = Optional.empty();
    try {
      // After a freeze of this node others have leased it, or will before this attempt is over.
      if (since(asked).compareTo(settings.beginWithin()) <= 0) {
        ended = attempt(leased, asked);
      }
    } finally {
      if (ended.isEmpty()) {
        room.release();
        moreDue.run();
      }
    }
    ended.ifPresent(settling::settle);
  }

  /// Begins others in their places, and in half of what else is free, so that it is known whether
  /// more is due.
  private void settle(List<Ended> ended) {
    if (drained) {
      boolean _ = deliveries.settle(ended);
      return;
    }
    int besides = room.takeHalf();
    int most = ended.size() + besides;
    long asked = outside.nanos().getAsLong();
    List<Leased> leased = List.of();
    try {
      leased = deliveries.settleAndLease(ended, share(most));
    } catch (RuntimeException nothingBegins) {
      boolean _ = deliveries.settle(ended);
      moreDue.run();
    } finally {
      // those of the ones that end are free when this one is over
      room.take(leased.size());
      room.release(besides);
    }
    beginAll(leased, asked);
    if (leased.size() == most) {
      moreDue.run();
    }
  }

  private Optional<Ended> attempt(Leased leased, long asked) {
    Instant at = leased.leasedAt().plus(since(asked));
    return sender
        .send(
            new WebhookSender.Request(
                leased.event().scope().business(),
                leased.url(),
                leased.event().id(),
                at,
                EventPayload.json(leased.event().event()),
                leased.secrets().validAt(at)))
        .map(answer -> {
          Instant now = leased.leasedAt().plus(since(asked));
          return new Ended(
              leased,
              new DeliveryAttempt(leased.attempt(), at, answer.keptOf(leased.event().event())),
              before -> outcome(leased, answer, before, now));
        });
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

  /// For so many attempts at a time.
  private static final class Room extends Semaphore {
    private static final long serialVersionUID = 1;

    Room(int attempts) {
      super(attempts);
    }

    /// All that is free; returns how much.
    int takeAll() {
      return takeIfFree(availablePermits());
    }

    int takeHalf() {
      return takeIfFree(availablePermits() / 2);
    }

    /// For attempts in the places of others, which are about to leave them.
    void take(int attempts) {
      reducePermits(attempts);
    }

    private int takeIfFree(int attempts) {
      return attempts > 0 && tryAcquire(attempts) ? attempts : 0;
    }
  }

  /// What comes from outside.
  ///
  /// @param node names this process; another after each start
  /// @param threads run each attempt on one of its own
  /// @param jitter from 0 to 1, at random
  /// @param nanos as [System#nanoTime]
  public record Outside(String node, Executor threads, DoubleSupplier jitter, LongSupplier nanos) {}
}
