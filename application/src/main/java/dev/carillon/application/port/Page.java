package dev.carillon.application.port;

import java.util.List;
import java.util.OptionalLong;

/// Part of a list.
///
/// @param next the cursor to go on after; empty on the last page
/// @param totalSize all rows that fit, over all pages
public record Page<T>(List<T> items, OptionalLong next, long totalSize) {
  public Page {
    items = List.copyOf(items);
  }
}
