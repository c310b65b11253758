package dev.carillon.persistence;

import static org.jooq.impl.DSL.inline;

import org.jooq.Field;

/// The place of an event among all events: the number of its row in the feed and, since a row may
/// be many events of messages, its place in that row. What is read in the order of places is read
/// in the order of numbers.
final class EventPlaces {
  private static final int SHIFT = 16;
  private static final int LAST = (1 << SHIFT) - 1;

  private EventPlaces() {}

  static long of(long row, int index) {
    return row << SHIFT | index;
  }

  /// The place of the only event of a row, and of the first of several.
  static long first(long row) {
    return of(row, 0);
  }

  /// The place behind everything in a row; 0 for that before the first.
  static long last(long row) {
    return row == 0 ? 0 : of(row, LAST);
  }

  /// The place of the last of a row's events.
  static Field<Long> last(Field<Long> row, Field<Integer> size) {
    return row.shl(inline((long) SHIFT)).plus(size.minus(inline(1)));
  }

  static long row(long place) {
    return place >> SHIFT;
  }

  static Field<Long> row(Field<Long> place) {
    return place.shr(inline((long) SHIFT));
  }

  static int index(long place) {
    return (int) place & LAST;
  }

  /// The first row that may have events after a place.
  static long rowAfter(long place) {
    return index(place) == LAST ? row(place) + 1 : row(place);
  }
}
