package dev.carillon.persistence;

import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/// Cuts pages out of rows of which one more was asked for than a page has: whether there is one
/// tells whether another page follows.
final class Pages {
  private Pages() {}

  /// The page that begins with these rows.
  ///
  /// @param cursor of a row, after which the next page begins
  /// @param total rows over all pages
  static <T> Page<T> of(List<T> rows, ToLongFunction<T> cursor, PageRequest page, long total) {
    if (rows.size() <= page.size()) {
      return new Page<>(rows, OptionalLong.empty(), total);
    }
    List<T> shown = rows.subList(0, page.size());
    return new Page<>(shown, OptionalLong.of(cursor.applyAsLong(shown.getLast())), total);
  }
}
