package dev.carillon.benchmarks.node;

import dev.carillon.benchmarks.node.HandOverLog.HandOver;
import java.io.IOException;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// Counts what carriers took, and what they took twice, over the logs of all nodes.
public final class Takings {
  private final Map<Long, BitSet> seen = new HashMap<>();
  private long messages;
  private long doubled;

  /// Of these logs together.
  public static Takings of(Collection<HandOverLog> logs) throws IOException {
    Takings takings = new Takings();
    for (HandOverLog log : logs) {
      log.forEach(takings::add);
    }
    return takings;
  }

  /// Counts one hand-over; one that was not taken does not count.
  public void add(HandOver handOver) {
    if (!handOver.taken()) {
      return;
    }
    BitSet positions = seen.computeIfAbsent(handOver.job(), _ -> new BitSet());
    if (positions.get(handOver.position())) {
      doubled++;
    } else {
      positions.set(handOver.position());
      messages++;
    }
  }

  /// Different messages that were taken.
  public long messages() {
    return messages;
  }

  /// Takings beyond the first of a message.
  public long doubled() {
    return doubled;
  }
}
