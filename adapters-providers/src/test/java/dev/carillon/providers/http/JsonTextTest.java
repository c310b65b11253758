package dev.carillon.providers.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
  private static final JsonObject READ =
      object(
          """
          {"text": "t", "number": 12, "written": "13", "flag": true, "none": null, "half": 1.5,
           "huge": 99999999999999999999, "object": {"a": "b"}, "list": [1, {"a": "c"}, null, []]}
          """);

  @Test
  void readsWhatIsThere() {
    assertThat(JsonText.text(READ, "text")).contains("t");
    assertThat(JsonText.text(READ, "number")).contains("12");
    assertThat(JsonText.number(READ, "number")).hasValue(12);
    assertThat(JsonText.number(READ, "written")).hasValue(13);
    assertThat(JsonText.object(READ, "object").flatMap(it -> JsonText.text(it, "a"))).contains("b");
    assertThat(JsonText.objects(READ, "list"))
        .hasSize(1)
        .allMatch(it -> JsonText.text(it, "a").filter("c"::equals).isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "missing", "object", "list"})
  void hasNoTextWhereThereIsNone(String name) {
    assertThat(JsonText.text(READ, name)).isEmpty();
    assertThat(JsonText.number(READ, name)).isEqualTo(OptionalLong.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "half", "huge", "flag"})
  void hasNoNumberWhereThereIsNone(String name) {
    assertThat(JsonText.number(READ, name)).isEmpty();
    assertThat(JsonText.object(READ, name)).isEmpty();
    assertThat(JsonText.objects(READ, name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "[]", "1", "null", "\"x\"", "{\"a\":}", "{} {}", "\uFEFF"})
  void isNoObjectWhenItIsAnythingElse(String text) {
    assertThat(JsonText.object(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void standsWhateverDepth() {
    String deep = "{\"a\":".repeat(200_000);

    assertThat(JsonText.object(deep.getBytes(StandardCharsets.UTF_8))).isEmpty();
    String list = "{\"a\":" + "[".repeat(200_000) + "]".repeat(200_000) + "}";
    assertThat(JsonText.object(list.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void neverThrows() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] known = READ.toString().getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 5_000; i++) {
      byte[] octets = known.clone();
      for (int j = random.nextInt(4); j >= 0; j--) {
        octets[random.nextInt(octets.length)] = (byte) random.nextInt();
      }
      assertThat(JsonText.object(octets).map(it -> JsonText.number(it, "number")))
          .as("seed %d", seed)
          .isNotNull();
    }
  }

  private static JsonObject object(String text) {
    return JsonText.object(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }
}
