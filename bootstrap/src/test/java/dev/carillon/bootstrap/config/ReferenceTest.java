package dev.carillon.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReferenceTest {
  private static final String OF_CARRIERS = "carrier-defaults.";

  private static final Config REFERENCE =
      ConfigFactory.parseResources(ReferenceTest.class.getClassLoader(), "reference.conf");

  @Test
  void everyKeyOfTheReadmeIsAKeyAndTheOtherWayRound() throws IOException {
    TreeSet<String> keys = new TreeSet<>();
    REFERENCE.entrySet().forEach(entry -> keys.add(entry.getKey().substring("carillon.".length())));
    keys.removeIf(key -> key.equals("routes") || key.startsWith(OF_CARRIERS));

    assertThat(told(Path.of("../README.md"), "[a-z-]+\\.[a-z-]+")).isEqualTo(keys);
  }

  @Test
  void everyKeyOfACarrierIsToldInTheDocumentOfItsType() throws IOException {
    assertThat(types()).isEqualTo(CarrierTypes.ALL.keySet());
    for (String type : types()) {
      TreeSet<String> keys = new TreeSet<>();
      REFERENCE
          .getConfig("carillon." + OF_CARRIERS + type)
          .entrySet()
          .forEach(entry -> keys.add(entry.getKey()));

      assertThat(told(Path.of("../docs/carriers/" + type + ".md"), "[a-z.-]+"))
          .as(type)
          .containsAll(keys);
    }
  }

  @Test
  void noTwoKeysHaveTheSameEnvironmentVariable() {
    assertThat(REFERENCE.entrySet().stream().map(Map.Entry::getKey).map(EnvironmentNames::of))
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(EnvironmentNames.OTHERS);
  }

  @Test
  void everyKeyIsExplainedWithItsDefault() {
    List<String> sections = new ArrayList<>(REFERENCE.getObject("carillon").keySet());
    sections.removeAll(List.of("carriers", "routes", "carrier-defaults"));
    types().forEach(type -> sections.add(OF_CARRIERS + type));

    assertThat(sections)
        .allSatisfy(section ->
            assertThat(REFERENCE.getConfig("carillon." + section).root().values())
                .filteredOn(value -> !value.origin().comments().isEmpty())
                .isNotEmpty()
                .anySatisfy(value ->
                    assertThat(String.join(" ", value.origin().comments())).contains("Default")));
  }

  private static Set<String> types() {
    return REFERENCE.getObject("carillon.carrier-defaults").keySet();
  }

  /// The keys that begin a row of a table.
  private static Set<String> told(Path file, String key) throws IOException {
    Pattern row = Pattern.compile("^\\| `(" + key + ")` \\|");
    Set<String> told = new TreeSet<>();
    for (String line : Files.readAllLines(file)) {
      row.matcher(line).results().forEach(found -> told.add(found.group(1)));
    }
    return told;
  }
}
