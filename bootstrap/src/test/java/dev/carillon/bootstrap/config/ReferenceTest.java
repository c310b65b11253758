package dev.carillon.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReferenceTest {
  private static final Config REFERENCE =
      ConfigFactory.parseResources(ReferenceTest.class.getClassLoader(), "reference.conf");

  @Test
  void everyKeyOfTheReadmeIsAKeyAndTheOtherWayRound() throws IOException {
    TreeSet<String> keys = new TreeSet<>();
    REFERENCE.entrySet().forEach(entry -> keys.add(entry.getKey().substring("carillon.".length())));

    TreeSet<String> told = new TreeSet<>();
    Pattern row = Pattern.compile("^\\| `([a-z-]+\\.[a-z-]+)` \\|");
    for (String line : Files.readAllLines(Path.of("../README.md"))) {
      row.matcher(line).results().forEach(found -> told.add(found.group(1)));
    }

    assertThat(told).isEqualTo(keys);
  }

  @Test
  void noTwoKeysHaveTheSameEnvironmentVariable() {
    assertThat(REFERENCE.entrySet().stream().map(Map.Entry::getKey).map(EnvironmentNames::of))
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(EnvironmentNames.OTHERS);
  }

  @Test
  void everyKeyIsExplainedWithItsDefault() {
    assertThat(REFERENCE.getConfig("carillon").root().keySet())
        .allSatisfy(section ->
            assertThat(REFERENCE.getConfig("carillon." + section).root().values())
                .filteredOn(value -> !value.origin().comments().isEmpty())
                .isNotEmpty()
                .anySatisfy(value ->
                    assertThat(String.join(" ", value.origin().comments())).contains("Default")));
  }
}
