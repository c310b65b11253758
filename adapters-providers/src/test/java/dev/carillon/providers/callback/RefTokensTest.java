package dev.carillon.providers.callback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.MessageRef;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefTokensTest {
  private static final MessageRef REF = new MessageRef(new JobId(7), 0, 3);

  private final RefTokens tokens = new RefTokens("a secret of the house", "bounce");

  @Test
  void knowsItsOwnTokensAgain() {
    assertThat(tokens.read(tokens.token(REF))).contains(REF);
    assertThat(tokens.read(tokens.token(REF).toUpperCase(Locale.ROOT))).contains(REF);
  }

  @Test
  void fitsIntoAMailAddress() {
    MessageRef largest =
        new MessageRef(new JobId(999_999_999_999_999_999L), 999_999_999, 999_999_999);

    assertThat(tokens.token(largest)).hasSize(55).matches("[a-z0-9.-]+");
    assertThat(tokens.read(tokens.token(largest))).contains(largest);
  }

  @Test
  void knowsNoTokenOfAnotherSecretOrPurpose() {
    assertThat(tokens.read(new RefTokens("another secret", "bounce").token(REF))).isEmpty();
    assertThat(tokens.read(RefTokens.ofUnsubscribe("a secret of the house").token(REF))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "7.0.3",
        "7.0.3-",
        "7.0.3-aaaaaaaaaaaaaaaa",
        "7.0.3-\u00E4",
        "99999999999999999999.0.1-a",
        "-aaaaaaaaaaaaaaaa"
      })
  void knowsNoTokenThatItDidNotMake(String forged) {
    assertThat(tokens.read(forged)).isEmpty();
  }

  @Test
  void knowsNoTokenThatWasChangedAnywhere() {
    String token = tokens.token(REF);
    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == 'a' ? 'b' : 'a';
      String changed = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(tokens.read(changed)).as(changed).isEmpty();
    }
  }
}
