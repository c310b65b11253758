package dev.carillon.providers.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The table that people read is the table that the code has.
class SimulatedDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "simulated-carrier.md");

  @Test
  void theDocumentHasEveryScriptAndNoOther() throws IOException {
    List<String> expected = Arrays.stream(SimulatedScript.values()).map(this::row).toList();

    assertThat(rows("| `[0-9]{2}` .*")).isEqualTo(expected);
  }

  @Test
  void theDocumentNamesEveryBlock() throws IOException {
    String document = Files.readString(DOCUMENT);

    assertThat(document)
        .contains(MagicAddresses.SCRIPTED_DOMAIN)
        .contains("`+1AAA" + MagicAddresses.FICTION + "xx`");
    assertThat(MagicAddresses.BLOCKS).allMatch(block -> document.contains("`" + block + "xx`"));
  }

  private String row(SimulatedScript script) {
    return "| `%02d` | `%s` | %s | %s |"
        .formatted(script.code(), script.tag(), script.meaning(), script.end());
  }

  private static List<String> rows(String pattern) throws IOException {
    try (Stream<String> lines = Files.lines(DOCUMENT)) {
      return lines.filter(line -> line.matches("\\" + pattern)).toList();
    }
  }
}
