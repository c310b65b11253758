package dev.carillon.application.settling;

import dev.carillon.domain.message.CarrierChoice;
import java.util.function.IntPredicate;

/// Which messages a worker wants to mark next.
///
/// @param limit at most so many
/// @param ready whether the message at a position need not wait any longer
/// @param choice which carrier gets it
public record Marks(int limit, IntPredicate ready, CarrierChoice choice) {
  /// None.
  public static final Marks NONE = new Marks(0, _ -> false);

  /// All for the job's own provider.
  public Marks(int limit, IntPredicate ready) {
    this(limit, ready, CarrierChoice.PROVIDER_ONLY);
  }

  /// The next so many that wait.
  public static Marks next(int limit) {
    return new Marks(limit, _ -> true);
  }
}
