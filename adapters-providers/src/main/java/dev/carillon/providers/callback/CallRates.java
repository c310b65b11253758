package dev.carillon.providers.callback;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/// Counts calls to one place from one address in each second. Bounded: addresses that come when
/// there are too many of them already share one count.
final class CallRates {
  private static final int MOST_CALLERS = 10_000;
  private static final long SECOND = 1_000_000_000L;
  private static final Caller OTHERS = new Caller("", "");

  private final int perSecond;
  private final LongSupplier nanoTime;
  private volatile Window window;

  CallRates(int perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
    this.window = new Window(nanoTime.getAsLong());
  }

  /// Whether one more may come in this second; counts it.
  boolean admits(String place, String address) {
    Window now = current();
    Caller caller = new Caller(place, address);
    boolean counted = now.calls.containsKey(caller) || now.calls.size() < MOST_CALLERS;
    return now.calls
            .computeIfAbsent(counted ? caller : OTHERS, _ -> new AtomicInteger())
            .incrementAndGet()
        <= perSecond;
  }

  private Window current() {
    Window last = window;
    long now = nanoTime.getAsLong();
    if (now - last.began < SECOND) {
      return last;
    }
    Window next = new Window(now);
    window = next;
    return next;
  }

  private record Caller(String place, String address) {}

  private static final class Window {
    private final long began;
    private final ConcurrentHashMap<Caller, AtomicInteger> calls = new ConcurrentHashMap<>();

    Window(long began) {
      this.began = began;
    }
  }
}
