package dev.carillon.providers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedWordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          the file /etc/carillon/dkim.pem cannot be read | the file /etc/carillon/dkim.pem cannot be read
          code 550 5.1.1 at port 2775                    | code 550 5.1.1 at port 2775
          unknown: bob.smith@example.net, again          | unknown: *** again
          bob@                                           | ***
          to +263 77 123-4567 failed                     | to *** failed
          to 263771234567.                               | to ***.
          value "hunter2" is too long                    | value *** is too long
          value 'hunter2' is too long                    | value *** is too long
          value "hunter2 is too                          | value ***
          """)
  void keepsNeitherAddressesNorNumbersNorQuotations(String words, String masked) {
    assertThat(MaskedWords.of(new IOException(words))).isEqualTo("java.io.IOException: " + masked);
  }

  @Test
  void isNeverLong() {
    assertThat(MaskedWords.of(new IOException("word ".repeat(1_000_000)))).hasSizeLessThan(300);
    assertThat(MaskedWords.of(new IOException("x".repeat(1_000_000)))).hasSizeLessThan(300);
  }

  @Test
  void saysAtLeastWhatKindOfFailureItIs() {
    assertThat(MaskedWords.of(new IOException((String) null))).isEqualTo("java.io.IOException");
  }

  @Test
  void showsWhereItWentWrongWithoutAnyWords() {
    IllegalStateException failure =
        new IllegalStateException("to bob@example.net", new IOException("+263771234567"));
    Throwable wordless = Wordless.of(failure);

    assertThat(wordless).hasMessage("java.lang.IllegalStateException").hasNoSuppressedExceptions();
    assertThat(wordless.getCause()).hasMessage("java.io.IOException");
    assertThat(wordless.getStackTrace()).isEqualTo(failure.getStackTrace());
  }
}
