package dev.carillon.benchmarks.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.carillon.domain.recipient.EmailAddress;

/// A target with a bug behind code that lets few texts pass, by which it is seen that bugs are
/// found.
public final class PlantedFuzz {
  static final String CAUSE = "planted";

  private PlantedFuzz() {}

  public static void fuzzerTestOneInput(FuzzedDataProvider data) {
    if (EmailAddress.parse(FuzzText.next(data)).isPresent()) {
      throw new IllegalStateException(CAUSE);
    }
  }
}
