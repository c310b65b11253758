package dev.carillon.providers.webhook;

import dev.carillon.domain.business.BusinessId;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/// Who may have how many of the threads that look names up. No business has more than a few. Those
/// of which a name took too long of late have half of all together; they and those of which none
/// was answered yet three quarters; so that whose names answer finds threads, however many others
/// there are whose names do not. To be used under one lock.
final class LookupShares {
  private static final int MOST = 64;
  private static final int MOST_UNPROVEN = 48;
  private static final int MOST_SLOW = 32;
  private static final int MOST_OF_A_BUSINESS = 4;
  private static final long SLOW_NANOS = Duration.ofMinutes(10).toNanos();

  private final Map<BusinessId, Integer> running = new HashMap<>();
  private final Map<BusinessId, Long> late = new Remembered<>();
  private final Map<BusinessId, Boolean> answered = new Remembered<>();

  /// Whether the business may have one more.
  boolean hasRoom(BusinessId business, long nanos) {
    if (running.getOrDefault(business, 0) >= MOST_OF_A_BUSINESS || count(_ -> true) >= MOST) {
      return false;
    }
    if (isProven(business, nanos)) {
      return true;
    }
    return count(other -> !isProven(other, nanos)) < MOST_UNPROVEN
        && (!isSlow(business, nanos) || count(other -> isSlow(other, nanos)) < MOST_SLOW);
  }

  void begin(BusinessId business) {
    running.merge(business, 1, Integer::sum);
  }

  void end(BusinessId business) {
    running.computeIfPresent(business, (_, count) -> count > 1 ? count - 1 : null);
  }

  /// A name of the business was answered in time.
  void answered(BusinessId business) {
    answered.put(business, true);
  }

  /// A name of the business took too long.
  void late(BusinessId business, long nanos) {
    late.put(business, nanos);
  }

  private int count(Predicate<BusinessId> whose) {
    return running.entrySet().stream()
        .filter(share -> whose.test(share.getKey()))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  private boolean isProven(BusinessId business, long nanos) {
    return answered.containsKey(business) && !isSlow(business, nanos);
  }

  private boolean isSlow(BusinessId business, long nanos) {
    Long at = late.get(business);
    return at != null && nanos - at < SLOW_NANOS;
  }

  /// Forgets whom nothing was noted of for longest.
  private static final class Remembered<V> extends LinkedHashMap<BusinessId, V> {
    private static final int MOST_REMEMBERED = 10_000;
    private static final long serialVersionUID = 1;

    Remembered() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<BusinessId, V> eldest) {
      return size() > MOST_REMEMBERED;
    }
  }
}
