package dev.carillon.domain.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.id.UuidText;
import dev.carillon.domain.message.SeededCases;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BulkIdTest {

  @Test
  void readsWhatItWritesInEitherCase() {
    SeededCases.run(
        1_000,
        random -> {
          BulkId id = new BulkId(new UUID(random.nextLong(), random.nextLong()));
          String text = id.toString();

          assertThat(text).hasSize(UuidText.LENGTH);
          assertThat(BulkId.parse(text)).contains(id);
          assertThat(BulkId.parse(text.toUpperCase(Locale.ROOT))).contains(id);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bulk-abc123",
        "1-1-1-1-1",
        "019a0b1c2d3e7f408a5162738495a6b7",
        "019a0b1c-2d3e-7f40-8a51-62738495a6b",
        "019a0b1c-2d3e-7f40-8a51-62738495a6b77",
        "019a0b1c-2d3e-7f40-8a51-62738495a6bg",
        "019a0b1c-2d3e-7f40-8a51-62738495a6b ",
        "1-1-1-1-0000000000000000000000000001",
        "0000000001-0000-7000-8000-0000000000",
        "+19a0b1c-2d3e-7f40-8a51-62738495a6b7",
        "-19a0b1c-2d3e-7f40-8a51-62738495a6b7",
        "019a0b1c-2d3e-7f40-8a51-62738495a6b٣",
        "------------------------------------",
        "{19a0b1c-2d3e-7f40-8a51-62738495a6b}"
      })
  void namesNoJobByAnyOtherText(String text) {
    assertThat(BulkId.parse(text)).isEmpty();
  }
}
