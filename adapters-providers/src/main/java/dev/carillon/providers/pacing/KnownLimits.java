package dev.carillon.providers.pacing;

import dev.carillon.application.port.FlowLimits;
import dev.carillon.application.port.FlowLimits.CarrierLimits;
import dev.carillon.application.port.FlowLimits.Sender;
import dev.carillon.domain.delivery.AdaptiveRate;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// The limits as they were read a moment ago, so that asking costs no call. While one thread reads
/// them anew the others go on with what is known, unless that is too old.
final class KnownLimits {
  private static final CarrierLimits NONE =
      new CarrierLimits(new AdaptiveRate(0, 0, null), 0, true);
  private static final long FRESH = Duration.ofMillis(250).toMillis();
  private static final long USABLE = Duration.ofSeconds(2).toMillis();
  private static final long FORGOTTEN = Duration.ofMinutes(1).toMillis();
  private static final int MOST_SENDERS = 10_000;

  private final FlowLimits limits;
  private final InstantSource clock;
  private final ReentrantLock reading = new ReentrantLock();
  private final ConcurrentHashMap<Sender, SenderLimit> senders = new ConcurrentHashMap<>();
  private volatile long triedAt = Instant.EPOCH.toEpochMilli();
  private volatile Snapshot known = new Snapshot(Map.of(), Instant.EPOCH.toEpochMilli());

  KnownLimits(FlowLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /// What holds for a carrier. Throws a DomainException when what is known is too old and nothing
  /// newer can be read.
  CarrierLimits carrier(CarrierId carrier) {
    return current().of(carrier);
  }

  /// The same, but what was read last, however old, when nothing newer can be read. Seldom waits
  /// for the store.
  CarrierLimits lastOf(CarrierId carrier) {
    Snapshot last = known;
    long now = clock.millis();
    if (Math.abs(now - last.readAt) < FRESH || Math.abs(now - triedAt) < FRESH) {
      return last.of(carrier);
    }
    triedAt = now;
    try {
      return readByOne(last, now).of(carrier);
    } catch (DomainException storeAway) {
      return last.of(carrier);
    }
  }

  /// The same, read now.
  CarrierLimits readOf(CarrierId carrier) {
    reading.lock();
    try {
      return read(clock.millis()).of(carrier);
    } finally {
      reading.unlock();
    }
  }

  /// The limit of a sender; 0 for none. Throws like [#carrier].
  double sender(Sender sender) {
    current();
    SenderLimit limit = senders.get(sender);
    if (limit == null) {
      limit = new SenderLimit(limits.senders(List.of(sender)).getOrDefault(sender, 0.0));
      if (senders.size() < MOST_SENDERS) {
        senders.put(sender, limit);
      }
    }
    limit.asked(clock.millis());
    return limit.perSecond;
  }

  /// Notes that a carrier was too busy.
  void cut(CarrierId carrier, AdaptiveRate before, AdaptiveRate after) {
    limits.cut(carrier, before, after);
    readOf(carrier);
  }

  private Snapshot current() {
    Snapshot last = known;
    long now = clock.millis();
    long age = Math.abs(now - last.readAt);
    if (age < FRESH) {
      return last;
    }
    return age < USABLE ? readByOne(last, now) : readByAll(now);
  }

  private Snapshot readByOne(Snapshot last, long now) {
    if (!reading.tryLock()) {
      return last;
    }
    try {
      return read(now);
    } finally {
      reading.unlock();
    }
  }

  private Snapshot readByAll(long now) {
    reading.lock();
    try {
      Snapshot last = known;
      return Math.abs(now - last.readAt) < FRESH ? last : read(now);
    } finally {
      reading.unlock();
    }
  }

  private Snapshot read(long now) {
    Snapshot read = new Snapshot(limits.carriers(), now);
    senders.values().removeIf(limit -> now - limit.askedAt > FORGOTTEN);
    if (!senders.isEmpty()) {
      Map<Sender, Double> rates = limits.senders(List.copyOf(senders.keySet()));
      senders.forEach((sender, limit) -> limit.perSecond = rates.getOrDefault(sender, 0.0));
    }
    known = read;
    return read;
  }

  /// What was set for carriers, and when it was read.
  private record Snapshot(Map<CarrierId, CarrierLimits> carriers, long readAt) {
    CarrierLimits of(CarrierId carrier) {
      return carriers.getOrDefault(carrier, NONE);
    }
  }

  /// What was set for a sender, and when that was of interest.
  private static final class SenderLimit {
    private volatile double perSecond;
    private volatile long askedAt;

    SenderLimit(double perSecond) {
      this.perSecond = perSecond;
    }

    /// Written seldom, since many threads read it.
    void asked(long now) {
      if (now - askedAt > FRESH) {
        askedAt = now;
      }
    }
  }
}
