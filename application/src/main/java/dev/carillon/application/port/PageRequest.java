package dev.carillon.application.port;

import java.util.OptionalLong;

/// Which part of a list.
///
/// @param size rows wanted, 1 to 1,000
/// @param skip rows to leave out before, from 0
/// @param after the cursor of the page before; empty for the first page
public record PageRequest(int size, int skip, OptionalLong after) {
  /// Rows when the caller does not say (the seeds' limit).
  public static final int DEFAULT_SIZE = 50;

  /// Most rows of a page.
  public static final int MOST = 1_000;

  public PageRequest {
    if (size < 1 || size > MOST || skip < 0) {
      throw new IllegalArgumentException(
          "a page has 1 to " + MOST + " rows and skips none or some");
    }
  }

  /// The same with no more rows than this.
  public PageRequest atMost(int most) {
    return size <= most ? this : new PageRequest(most, skip, after);
  }

  /// The first page of the default size.
  public static PageRequest first() {
    return new PageRequest(DEFAULT_SIZE, 0, OptionalLong.empty());
  }
}
