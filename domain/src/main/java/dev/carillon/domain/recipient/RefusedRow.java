package dev.carillon.domain.recipient;

import java.util.List;

/// A row of an import that was left out, and everything that is wrong with it. Repeats nothing of
/// the row.
///
/// @param row its place in the whole import, from 0
/// @param sequence the chunk that it came in, from 1
/// @param index its place in that chunk, from 0
public record RefusedRow(long row, long sequence, int index, List<RecipientViolation> violations) {
  public RefusedRow {
    violations = List.copyOf(violations);
  }
}
