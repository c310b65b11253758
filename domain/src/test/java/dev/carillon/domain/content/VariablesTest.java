package dev.carillon.domain.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariablesTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "_", "first_name", "A1", "order.id", "a..b.", "_9"})
  void takesNamesOfLettersDigitsUnderscoresAndDots(String name) {
    assertThat(Variables.isName(name)).isTrue();
    assertThat(Variables.areFit(Map.of(name, ""))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", ".a", "a b", "a-b", "é", "a\0", "a{", "ａ"})
  void refusesOtherNames(String name) {
    assertThat(Variables.isName(name)).isFalse();
    assertThat(Variables.areFit(Map.of(name, "value"))).isFalse();
    assertThat(Variables.violations("variables", Map.of(name, "value")))
        .singleElement()
        .satisfies(violation -> assertThat(violation.field()).isEqualTo("variables"));
  }

  @Test
  void boundsNamesValuesAndTheirNumber() {
    assertThat(Variables.isName("a".repeat(64))).isTrue();
    assertThat(Variables.isName("a".repeat(65))).isFalse();
    assertThat(Variables.areFit(Map.of("a", "x".repeat(4_000)))).isTrue();
    assertThat(Variables.areFit(Map.of("a", "x".repeat(4_001)))).isFalse();
    assertThat(Variables.areFit(Map.of("a", "x\0"))).isFalse();
    assertThat(Variables.areFit(many(64))).isTrue();
    assertThat(Variables.areFit(many(65))).isFalse();
    assertThat(Variables.violations("v", many(65))).hasSize(1);
    assertThat(Variables.violations("v", many(64))).isEmpty();
  }

  @Test
  void tellsWhichValueIsUnfitAndNothingOfIt() {
    Map<String, String> variables = new HashMap<>(many(2));
    variables.put("city", "secret" + "x".repeat(4_000));

    assertThat(Variables.violations("default_variables", variables))
        .containsExactly(
            new ContentViolation(
                "default_variables[\"city\"]", "must have at most 4000 characters and no NUL"));
  }

  private static Map<String, String> many(int count) {
    return IntStream.range(0, count)
        .boxed()
        .collect(Collectors.toMap(number -> "v" + number, _ -> ""));
  }
}
