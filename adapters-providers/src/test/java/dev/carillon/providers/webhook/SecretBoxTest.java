package dev.carillon.providers.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.port.WebhookSecrets.NewSecret;
import dev.carillon.domain.webhook.SealedSecret;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretBoxTest {
  private final SecretBox box = new SecretBox(key(1));

  @Test
  void opensWhatItSealed() {
    NewSecret made = box.make();

    assertThat(made.shown()).startsWith("whsec_");
    assertThat(box.open(made.sealed()).orElseThrow())
        .isEqualTo(Base64.getDecoder().decode(made.shown().substring("whsec_".length())))
        .hasSize(32);
  }

  @Test
  void neverMakesTheSameTwice() {
    NewSecret first = box.make();
    NewSecret second = box.make();

    assertThat(first.shown()).isNotEqualTo(second.shown());
    assertThat(first.sealed()).isNotEqualTo(second.sealed());
  }

  @Test
  void doesNotStoreTheSecretAsItIs() {
    NewSecret made = box.make();

    assertThat(
            new String(
                Base64.getDecoder().decode(made.sealed().text()),
                java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain(
            new String(
                box.open(made.sealed()).orElseThrow(),
                java.nio.charset.StandardCharsets.ISO_8859_1));
    assertThat(made.toString() + made.sealed()).doesNotContain(made.sealed().text());
  }

  @Test
  void opensNothingOfAnotherKey() {
    assertThat(new SecretBox(key(2)).open(box.make().sealed())).isEmpty();
  }

  @Test
  void opensNothingThatWasTouched() {
    byte[] sealed = Base64.getDecoder().decode(box.make().sealed().text());
    for (int i = 0; i < sealed.length; i++) {
      byte[] touched = sealed.clone();
      touched[i] ^= 1;
      assertThat(box.open(new SealedSecret(Base64.getEncoder().encodeToString(touched))))
          .as("byte %d", i)
          .isEmpty();
    }
    assertThat(box.open(new SealedSecret(""))).isEmpty();
    assertThat(box.open(new SealedSecret("***"))).isEmpty();
  }

  @Test
  void marksItsKeyWithoutTellingAnythingOfIt() {
    String mark = new SecretBox(key(1)).mark().orElseThrow();

    assertThat(new SecretBox(key(1)).mark()).contains(mark);
    assertThat(new SecretBox(key(2)).mark()).isPresent().isNotEqualTo(Optional.of(mark));
    assertThat(Base64.getDecoder().decode(mark)).hasSize(32).isNotEqualTo(key(1));
    assertThat(SecretBox.withoutKey().mark()).isEmpty();
  }

  @Test
  void wantsAKeyOf32Bytes() {
    assertThatThrownBy(() -> new SecretBox(new byte[16]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static byte[] key(int seed) {
    byte[] key = new byte[SecretBox.KEY_LENGTH];
    key[0] = (byte) seed;
    return key;
  }
}
