package dev.carillon.bootstrap.config;

import java.util.List;

/// The configuration cannot be used. Names every problem, in plain language and without secrets.
public final class InvalidConfigurationException extends RuntimeException {
  private final List<String> problems;

  InvalidConfigurationException(List<String> problems) {
    super("the configuration cannot be used:\n  - " + String.join("\n  - ", problems));
    this.problems = List.copyOf(problems);
  }

  /// Every problem, in the order of the configuration.
  public List<String> problems() {
    return problems;
  }
}
