package dev.carillon.domain.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicRecipientIdTest {
  private static final String ID = "550e8400-e29b-41d4-a716-446655440000";

  @Test
  void readsAndWritesAnId() {
    PublicRecipientId id = new PublicRecipientId(UUID.fromString(ID));

    assertThat(PublicRecipientId.parse(ID)).contains(id);
    assertThat(PublicRecipientId.parse("550E8400-E29B-41D4-A716-446655440000")).contains(id);
    assertThat(id).hasToString(ID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "42",
        "1-1-1-1-1",
        "550e8400e29b41d4a716446655440000",
        "550e8400-e29b-41d4-a716-446655440000 ",
        "550e8400-e29b-41d4-a716-44665544000g"
      })
  void readsNothingElse(String text) {
    assertThat(PublicRecipientId.parse(text)).isEmpty();
  }
}
