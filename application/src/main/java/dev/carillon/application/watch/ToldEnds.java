package dev.carillon.application.watch;

import dev.carillon.domain.job.BulkId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// The ends that a reader was told before their events had a number, in this stream or in the one
/// before a break: a position says nothing of them, and they must not be told again.
final class ToldEnds {
  /// More than end within the moment that numbering takes, and still a short token.
  private static final int MOST = 40;

  private final Set<Long> before;
  private final Set<Long> awaited;
  private final Set<Long> covered;
  private final Map<Long, BulkId> here = new LinkedHashMap<>();

  /// @param before what was told before the break, by [#mark]
  /// @param covered those of them whose events had been numbered when the stream began
  ToldEnds(Set<Long> before, Set<Long> covered) {
    this.before = Set.copyOf(before);
    this.awaited = new LinkedHashSet<>(before);
    this.awaited.removeAll(covered);
    this.covered = new LinkedHashSet<>(before);
    this.covered.retainAll(covered);
  }

  /// The last 64 bits of a job's id, which are random (RFC 9562, section 5.7).
  static long mark(BulkId job) {
    return job.value().getLeastSignificantBits();
  }

  /// Whether it was told before the break.
  boolean isKnown(BulkId job) {
    return before.contains(mark(job));
  }

  /// Notes an end that has come; whether it is to be told.
  boolean note(BulkId job) {
    boolean fresh = !awaited.remove(mark(job));
    here.put(mark(job), job);
    return fresh;
  }

  /// Forgets those that the reader's position speaks of, which has come up with the stream.
  void forget(Predicate<BulkId> spokenOf) {
    here.values().removeIf(spokenOf);
    covered.clear();
  }

  /// What goes into the position.
  Set<Long> marks() {
    if (covered.isEmpty() && awaited.isEmpty() && here.isEmpty()) {
      return Set.of();
    }
    // while it catches up the position is still before some that had been numbered
    Set<Long> marks = new LinkedHashSet<>(covered);
    marks.addAll(awaited);
    marks.addAll(here.keySet());
    int surplus = marks.size() - MOST;
    if (surplus > 0) {
      marks.stream().limit(surplus).toList().forEach(marks::remove);
    }
    return marks;
  }
}
