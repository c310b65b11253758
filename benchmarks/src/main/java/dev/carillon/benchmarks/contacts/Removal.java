package dev.carillon.benchmarks.contacts;

import java.util.ArrayList;
import java.util.List;

/// Members that were taken out of a group by one call.
///
/// @param asked when the call began, by the clock of [System#nanoTime]
record Removal(long asked, int members) {

  /// How many members may have been out at a moment before the given one: none, those of the first
  /// call, those of the first two, and so on.
  static List<Integer> before(long moment, List<Removal> inOrder) {
    List<Integer> sums = new ArrayList<>(List.of(0));
    for (Removal removal : inOrder) {
      if (removal.asked() - moment < 0) {
        sums.add(sums.getLast() + removal.members());
      }
    }
    return List.copyOf(sums);
  }
}
