package dev.carillon.benchmarks.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.carillon.grpc.FieldMasksFuzz;
import dev.carillon.grpc.PageTokensFuzz;

/// All targets in turn, for a run that is too short to start a process for each.
public final class TogetherFuzz {
  private TogetherFuzz() {}

  public static void fuzzerInitialize() {
    FieldMasksFuzz.fuzzerInitialize();
  }

  public static void fuzzerTestOneInput(FuzzedDataProvider data) {
    switch (data.consumeInt(1, 7)) {
      case 1 -> PhoneNumbersFuzz.fuzzerTestOneInput(data);
      case 2 -> EmailAddressesFuzz.fuzzerTestOneInput(data);
      case 3 -> SegmentationFuzz.fuzzerTestOneInput(data);
      case 4 -> TagExpressionsFuzz.fuzzerTestOneInput(data);
      case 5 -> TemplatesFuzz.fuzzerTestOneInput(data);
      case 6 -> PageTokensFuzz.fuzzerTestOneInput(data);
      default -> FieldMasksFuzz.fuzzerTestOneInput(data);
    }
  }
}
