package dev.carillon.providers.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ExcerptTest {
  @Test
  void keepsShortAnswersAsTheyAre() {
    assertThat(excerpt("{\"ok\": true}\n")).isEqualTo("{\"ok\": true}\n");
  }

  @Test
  void keepsAtMostOneKibibyte() {
    assertThat(excerpt("x".repeat(5_000))).hasSize(1_024);
  }

  @Test
  void cutsBetweenCharacters() {
    String excerpt = excerpt("x" + "😀".repeat(400));

    assertThat(excerpt.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(1_024);
    assertThat(excerpt).startsWith("x😀").doesNotContain("?");
  }

  @Test
  void replacesWhatCannotBeShown() {
    assertThat(excerpt("a\u0000b\u001bc")).isEqualTo("a\ufffdb\ufffdc");
    assertThat(Excerpt.of(new byte[] {'a', (byte) 0xff})).isEqualTo("a\ufffd");
    assertThat(Excerpt.of(new byte[2_000]).getBytes(StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(1_024);
  }

  private static String excerpt(String body) {
    return Excerpt.of(body.getBytes(StandardCharsets.UTF_8));
  }
}
