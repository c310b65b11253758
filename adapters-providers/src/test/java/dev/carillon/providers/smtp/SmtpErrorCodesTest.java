package dev.carillon.providers.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SmtpErrorCodesTest {
  @ParameterizedTest
  @CsvSource({
    "550, '550 5.1.1 no', BAD_MAILBOX",
    "550, '550-5.1.1 no\n550 5.1.1 such', BAD_MAILBOX",
    "550, '550 5.1.1', BAD_MAILBOX",
    "550, '550 5.1.77 no', ADDRESS",
    "550, '550 no', MAILBOX_UNAVAILABLE",
    "550, '550 5.8.1 unknown subject', MAILBOX_UNAVAILABLE",
    "550, '550 see 5.1.1', MAILBOX_UNAVAILABLE",
    "530, '530 5.7.0 must log in', LOGIN_REQUIRED",
    "599, '599 what', OTHER"
  })
  void readsTheEnhancedCodeFirst(int code, String text, SmtpErrorCodes line) {
    assertThat(SmtpErrorCodes.of(SmtpReply.of(code, text))).isEqualTo(line);
  }

  @ParameterizedTest
  @EnumSource
  void meansSomethingWithEachCode(SmtpErrorCodes line) {
    assertThat(line.meaning()).isNotBlank().hasSizeLessThan(60);
    assertThat(line.reason()).isNotNull();
  }

  @Test
  void provesOnlyByFewCodesThatNobodyIsThere() {
    assertThat(SmtpErrorCodes.values())
        .filteredOn(SmtpErrorCodes::isHard)
        .containsExactlyInAnyOrder(
            SmtpErrorCodes.BAD_MAILBOX,
            SmtpErrorCodes.BAD_DOMAIN,
            SmtpErrorCodes.BAD_ADDRESS,
            SmtpErrorCodes.MOVED,
            SmtpErrorCodes.NULL_MX,
            SmtpErrorCodes.TAKES_NO_MAIL);
  }
}
