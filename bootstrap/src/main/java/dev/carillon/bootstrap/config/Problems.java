package dev.carillon.bootstrap.config;

import java.util.ArrayList;
import java.util.List;

/// Gathers everything that is wrong with a configuration, so that it is told at once.
final class Problems {
  private final List<String> found = new ArrayList<>();

  void add(String problem) {
    found.add(problem);
  }

  /// Throws with all that was gathered; returns when that is nothing.
  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidConfigurationException(found);
    }
  }
}
