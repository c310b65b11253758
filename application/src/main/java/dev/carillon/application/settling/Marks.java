package dev.carillon.application.settling;

import java.util.function.IntPredicate;

/// Which messages a worker wants to mark next.
///
/// @param limit at most so many
/// @param ready whether the message at a position need not wait any longer
public record Marks(int limit, IntPredicate ready) {
  /// None.
  public static final Marks NONE = new Marks(0, _ -> false);

  /// The next so many that wait.
  public static Marks next(int limit) {
    return new Marks(limit, _ -> true);
  }
}
