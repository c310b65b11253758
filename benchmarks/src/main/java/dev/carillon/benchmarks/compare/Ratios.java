package dev.carillon.benchmarks.compare;

import java.util.List;
import java.util.Locale;

/// The ratios of paired runs, and what they say about the ratio that is required.
///
/// @param each one of a pair
/// @param required the least that the median may be
public record Ratios(List<Double> each, double required) {
  public Ratios(List<Double> each, double required) {
    this.each = List.copyOf(each);
    this.required = required;
  }

  /// What can be said.
  public Verdict verdict() {
    Sample.Quartiles middle = Sample.quartiles(each);
    if (middle.low() < required && required <= middle.high()) {
      return Verdict.HIDDEN;
    }
    return isReached() ? Verdict.KEPT : Verdict.MISSED;
  }

  /// Whether the median is no less than required, hidden or not.
  public boolean isReached() {
    return Sample.of(each).median() >= required;
  }

  @Override
  public String toString() {
    Sample sample = Sample.of(each);
    Sample.Quartiles middle = Sample.quartiles(each);
    return String.format(
        Locale.ROOT,
        "median of %d: %.2f (%.2f to %.2f, the middle half %.2f to %.2f); required %.2f: %s",
        sample.count(),
        sample.median(),
        sample.least(),
        sample.most(),
        middle.low(),
        middle.high(),
        required,
        verdict().words);
  }

  /// What ratios say about a bound.
  public enum Verdict {
    /// The median and most of the pairs reach it.
    KEPT("kept"),
    /// The median and most of the pairs do not reach it.
    MISSED("MISSED"),
    /// The bound lies within the middle half of the pairs: another run may say something else.
    HIDDEN("THE SPREAD HIDES THE ANSWER");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }
  }
}
