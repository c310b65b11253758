package dev.carillon.domain.recipient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"+1234567", "+263771234567", "+22222345678", "+999999999999999", "+9000000"})
  void takesInternationalNumbers(String text) {
    assertThat(PhoneNumber.parse(text)).contains(new PhoneNumber(text));
    assertThat(new PhoneNumber(text).value()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "+",
        "+123456",
        "+1234567890123456",
        "263771234567",
        "00263771234567",
        "+0263771234567",
        "+263 771234567",
        "+26377123456a",
        "+26377123456/",
        "+26377123456:",
        "++263771234567",
        "+263771234567\n",
        "+٢٦٣٧٧١٢٣٤٥٦٧",
        "2637712345678",
        "-263771234567",
        "+a63771234567"
      })
  void refusesEverythingElse(String text) {
    assertThat(PhoneNumber.parse(text)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PhoneNumber(text))
        .withMessage("not a phone number in E.164 form");
  }

  @Test
  void shownOnlyMasked() {
    PhoneNumber number = new PhoneNumber("+263771234567");

    assertThat(number.masked()).isEqualTo("+26***67");
    assertThat(number).hasToString("+26***67");
  }
}
