package dev.carillon.application.contract;

import dev.carillon.application.port.WebhookDeliveries.Leased;
import dev.carillon.domain.webhook.JobEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Watches attempts of several nodes, and complains of what must not be seen.
final class Watched {
  private static final int PER_ENDPOINT = 4;

  private final Set<List<Object>> attempts = new HashSet<>();
  private final Map<Long, Integer> underWay = new HashMap<>();
  private final Map<List<Object>, Long> streams = new HashMap<>();
  private final Set<List<Object>> delivered = new HashSet<>();
  private final List<String> complaints = new ArrayList<>();

  /// It was leased.
  synchronized void begin(Leased leased) {
    long number = leased.event().number();
    if (!attempts.add(List.of(leased.endpoint(), number, leased.attempt()))) {
      complaints.add("leased twice: " + leased);
    }
    if (delivered.contains(List.of(leased.endpoint(), number))) {
      complaints.add("leased after it was delivered: " + leased);
    }
    if (underWay.merge(leased.endpoint(), 1, Integer::sum) > PER_ENDPOINT) {
      complaints.add("too many at a time: " + leased);
    }
    Long before = streams.put(stream(leased), number);
    if (before != null && before > number) {
      complaints.add("after a later one of its job: " + leased);
    }
    if (before != null
        && before < number
        && !delivered.contains(List.of(leased.endpoint(), before))) {
      complaints.add("before an earlier one of its job was over: " + leased);
    }
  }

  /// It will be settled.
  synchronized void end(Leased leased, boolean well) {
    underWay.merge(leased.endpoint(), -1, Integer::sum);
    if (well) {
      delivered.add(List.of(leased.endpoint(), leased.event().number()));
    }
  }

  synchronized int delivered() {
    return delivered.size();
  }

  synchronized List<String> complaints() {
    return List.copyOf(complaints);
  }

  private static List<Object> stream(Leased leased) {
    return List.of(leased.endpoint(), ((JobEvent) leased.event().event()).bulkId());
  }
}
