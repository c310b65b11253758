package dev.carillon.providers;

import java.util.List;

/// A plan cannot be followed. Names every problem, in plain language and without secrets.
public final class CarrierPlanException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  CarrierPlanException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /// Every problem.
  public List<String> problems() {
    return problems;
  }
}
