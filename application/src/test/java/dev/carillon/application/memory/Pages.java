package dev.carillon.application.memory;

import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/// Cuts pages out of lists that are at hand.
final class Pages {
  private Pages() {}

  /// A page of all that fits, in this order.
  ///
  /// @param cursor of a row: nobody else's
  static <T> Page<T> of(List<T> all, ToLongFunction<T> cursor, PageRequest page) {
    int first = page.skip();
    if (page.after().isPresent()) {
      long after = page.after().getAsLong();
      first = 0;
      while (first < all.size() && cursor.applyAsLong(all.get(first)) != after) {
        first++;
      }
      first += 1 + page.skip();
    }
    int from = Math.min(first, all.size());
    int to = Math.min(from + page.size(), all.size());
    OptionalLong next =
        to < all.size() && to > from
            ? OptionalLong.of(cursor.applyAsLong(all.get(to - 1)))
            : OptionalLong.empty();
    return new Page<>(all.subList(from, to), next, all.size());
  }
}
