package dev.carillon.application.port;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/// Part of a list.
///
/// @param next the cursor to go on after; empty on the last page
/// @param totalSize all rows that fit, over all pages
public record Page<T>(List<T> items, OptionalLong next, long totalSize) {
  public Page {
    items = List.copyOf(items);
  }

  /// The same part, of what its rows stand for.
  public <R> Page<R> map(Function<? super T, ? extends R> to) {
    return new Page<>(items.stream().<R>map(to).toList(), next, totalSize);
  }
}
