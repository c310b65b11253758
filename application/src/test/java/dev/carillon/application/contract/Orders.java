package dev.carillon.application.contract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Orders in which things can happen.
///
/// @param seed by which they were drawn; 0 when they are all there are
record Orders<T>(List<List<T>> all, long seed) {
  /// All different orders of the things, or so many of them drawn when there are more.
  static <T> Orders<T> of(List<T> things, int most) {
    List<List<T>> all = new ArrayList<>();
    return complete(new ArrayList<>(things), new ArrayList<>(), all, most)
        ? new Orders<>(all, 0)
        : drawn(things, most, System.nanoTime());
  }

  /// Whether there are no more than that.
  private static <T> boolean complete(List<T> left, List<T> begun, List<List<T>> all, int most) {
    if (left.isEmpty()) {
      all.add(List.copyOf(begun));
      return all.size() <= most;
    }
    for (T next : new LinkedHashSet<>(left)) {
      left.remove(next);
      begun.addLast(next);
      boolean fits = complete(left, begun, all, most);
      begun.removeLast();
      left.add(next);
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static <T> Orders<T> drawn(List<T> things, int most, long seed) {
    Random random = new Random(seed);
    Set<List<T>> drawn = new LinkedHashSet<>();
    while (drawn.size() < most) {
      List<T> order = new ArrayList<>(things);
      Collections.shuffle(order, random);
      drawn.add(order);
    }
    return new Orders<>(List.copyOf(drawn), seed);
  }
}
