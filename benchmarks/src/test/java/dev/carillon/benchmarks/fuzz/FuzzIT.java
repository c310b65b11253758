package dev.carillon.benchmarks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.benchmarks.fuzz.Fuzzer.Run;
import dev.carillon.grpc.FieldMasksFuzz;
import dev.carillon.grpc.PageTokensFuzz;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Throws what no sane client sends at everything that reads texts of strangers: nothing is thrown
/// but the declared refusals, promises are kept, and no input takes more than linear time.
///
/// Every build tries some inputs, always the same. The profile `fuzz` tries as many of every target
/// as `-Dcarillon.fuzz.inputs` says, others each time.
final class FuzzIT {
  private static final String LONG = "carillon.fuzz.inputs";
  private static final int SHORT_INPUTS = 10_000;
  private static final int MOST_TO_FIND = 100_000;
  private static final int SHORT_SEED = 20_261_122;
  private static final List<Class<?>> TARGETS =
      List.of(
          PhoneNumbersFuzz.class,
          EmailAddressesFuzz.class,
          SegmentationFuzz.class,
          TagExpressionsFuzz.class,
          TemplatesFuzz.class,
          PageTokensFuzz.class,
          FieldMasksFuzz.class);

  private static final Path DIRECTORY = Path.of("target", "fuzz");

  // What is compiled better pays only in the long run.
  private final Fuzzer brief = new Fuzzer(DIRECTORY, List.of("-XX:TieredStopAtLevel=1"));
  private final Fuzzer patient = new Fuzzer(DIRECTORY, List.of());

  @Test
  void nothingIsFound() throws Exception {
    Integer inputs = Integer.getInteger(LONG);
    assertThat(inputs == null ? briefly() : patiently(inputs)).isEmpty();
  }

  @Test
  void aPlantedBugIsFound() throws Exception {
    Run run = brief.run(PlantedFuzz.class, MOST_TO_FIND, SHORT_SEED);
    assertThat(run.exit()).isNotZero();
    assertThat(run.told()).contains(PlantedFuzz.CAUSE);
  }

  /// What is found in a few seconds.
  private List<String> briefly() throws Exception {
    return wrong(brief.run(TogetherFuzz.class, SHORT_INPUTS, SHORT_SEED), SHORT_INPUTS);
  }

  private List<String> patiently(int inputs) throws Exception {
    List<String> found = new ArrayList<>();
    for (Class<?> target : TARGETS) {
      Run run = patient.run(target, inputs, 0);
      System.out.println(run);
      found.addAll(wrong(run, inputs));
    }
    return found;
  }

  /// What a run tells that found something, or ended before its time.
  private static List<String> wrong(Run run, int inputs) {
    return run.exit() != 0 || run.inputs() < inputs ? List.of(run.told()) : List.of();
  }
}
