package dev.carillon.application.model;

/// Runs random histories.
public final class Histories {
  private Histories() {}

  /// Runs one, compares after every step, lets every job end, and tells how many there were. A
  /// failure says its seed and all that happened.
  public static int run(ModelStore store, long seed, int steps) {
    RandomHistory history = new RandomHistory(store, seed);
    try {
      for (int step = 0; step < steps; step++) {
        history.step();
        history.check();
      }
      history.finish();
      history.check();
      return history.jobs();
    } catch (RuntimeException | AssertionError failure) {
      throw new AssertionError(
          "with -Dcarillon.seed=" + seed + " after\n" + String.join("\n", history.history()),
          failure);
    }
  }
}
