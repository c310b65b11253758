package dev.carillon.domain.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules of SMS and WhatsApp contents.
class TextViolationsTest {

  @Test
  void commonTextMayBeEmptyWhileEntriesBringTheirOwn() {
    assertThat(of(new SmsContent("", ""))).isEmpty();
    assertThat(of(new WhatsAppContent("", null, ""))).isEmpty();
  }

  @Test
  void smsMayHaveAsManyPartsAsTheLimitSays() {
    assertThat(of(new SmsContent("a".repeat(1530), ""))).isEmpty();
    assertThat(of(new SmsContent("a".repeat(1531), "")))
        .containsExactly(
            new ContentViolation("sms.text", "must not need more than 10 parts, and needs 11"));
    assertThat(
            Content.violations(
                new SmsContent("ж".repeat(71), ""), new ContentLimits(1, 1, 1, 1, 1)))
        .containsExactly(
            new ContentViolation("sms.text", "must not need more than 1 parts, and needs 2"));
  }

  @Test
  void bodiesMayHaveLinesButNotNul() {
    assertThat(of(new SmsContent("a\r\nb", ""))).isEmpty();
    assertThat(of(new SmsContent("\0a", "")))
        .containsExactly(new ContentViolation("sms.text", "must not contain the NUL character"));
    assertThat(of(new WhatsAppContent("a\r\nb", null, ""))).isEmpty();
    assertThat(of(new WhatsAppContent("a\0", null, "")))
        .containsExactly(
            new ContentViolation("whatsapp.text", "must not contain the NUL character"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Acme",
        "Acme Ltd 24",
        "263",
        "+263771234567",
        "12345678901234567890",
        "+1234567890123456789",
        "~!",
        "A 09/:-+z"
      })
  void takesSmsSendersThatAPduCanCarry(String sender) {
    assertThat(of(new SmsContent("a", sender))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Acme Ltd 245",
        "123456789012345678901",
        "+12345678901234567890",
        "1234567890+1",
        "12345678901/",
        "12345678901:",
        "++1234567890"
      })
  void refusesSmsSendersThatAreTooLong(String sender) {
    assertThat(of(new SmsContent("a", sender)))
        .containsExactly(
            new ContentViolation(
                "sms.sender", "must be at most 20 digits, or a name of at most 11 characters"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ac\nme", "Ac\0me", "Acmé", "\u001F", "\u007F"})
  void refusesSmsSendersOutsideAscii(String sender) {
    assertThat(of(new SmsContent("a", sender)))
        .containsExactly(
            new ContentViolation("sms.sender", "must be of printable ASCII characters"));
  }

  @Test
  void refusesSendersOfBlanks() {
    assertThat(of(new SmsContent("a", "   ")))
        .containsExactly(new ContentViolation("sms.sender", "must be empty, or more than blanks"));
    assertThat(of(new WhatsAppContent("a", null, " ")))
        .containsExactly(
            new ContentViolation("whatsapp.sender", "must be empty, or more than blanks"));
  }

  @Test
  void whatsAppTextIsCountedInCharacters() {
    assertThat(of(new WhatsAppContent("😀".repeat(4096), null, ""))).isEmpty();
    assertThat(of(new WhatsAppContent("a".repeat(4096), null, ""))).isEmpty();
    assertThat(of(new WhatsAppContent("a".repeat(4097), null, "")))
        .containsExactly(
            new ContentViolation("whatsapp.text", "must not be longer than 4096 characters"));
  }

  @Test
  void whatsAppSenderIsShortAndOfOneLine() {
    assertThat(of(new WhatsAppContent("a", null, "1".repeat(64)))).isEmpty();
    assertThat(of(new WhatsAppContent("a", null, "1".repeat(65))))
        .containsExactly(
            new ContentViolation("whatsapp.sender", "must not be longer than 64 characters"));
    assertThat(of(new WhatsAppContent("a", null, "1\n")))
        .containsExactly(
            new ContentViolation(
                "whatsapp.sender", "must not contain line breaks or other control characters"));
  }

  @Test
  void templateTakesThePlaceOfText() {
    assertThat(of(new WhatsAppContent("", template("order", "en"), ""))).isEmpty();
    assertThat(of(new WhatsAppContent("a", template("order", "en"), "")))
        .containsExactly(
            new ContentViolation("whatsapp.text", "must be empty where a template is given"));
  }

  @Test
  void templateNamesAreMetas() {
    for (String name : List.of("a", "z", "order_ready_2", "0", "9", "x".repeat(512))) {
      assertThat(of(new WhatsAppContent("", template(name, "en"), ""))).as(name).isEmpty();
    }
    for (String name :
        List.of("", "Order", "order-ready", "a b", "é", "x".repeat(513), "`", "{", "/", ":")) {
      assertThat(of(new WhatsAppContent("", template(name, "en"), "")))
          .as(name)
          .containsExactly(
              new ContentViolation(
                  "whatsapp.template.name",
                  "must be 1 to 512 lower-case letters, digits and underscores"));
    }
  }

  @Test
  void templateLanguagesAreCodes() {
    for (String language : List.of("en", "fil", "pt_BR", "es-419", "Az_9", "x".repeat(16))) {
      assertThat(of(new WhatsAppContent("", template("t", language), ""))).as(language).isEmpty();
    }
    for (String language : List.of("", "en US", "en\n", "é", "x".repeat(17), "@", "[")) {
      assertThat(of(new WhatsAppContent("", template("t", language), "")))
          .as(language)
          .containsExactly(
              new ContentViolation(
                  "whatsapp.template.language", "must be a language code such as en or pt_BR"));
    }
  }

  @Test
  void templateParametersAreNamedByTheirPlace() {
    WhatsAppTemplate template =
        new WhatsAppTemplate("t", "en", List.of("a\n", "\0", "b".repeat(4097), "b".repeat(4096)));

    assertThat(of(new WhatsAppContent("", template, "")))
        .containsExactly(
            new ContentViolation(
                "whatsapp.template.parameters[1]", "must not contain the NUL character"),
            new ContentViolation(
                "whatsapp.template.parameters[2]", "must not be longer than 4096 characters"));
  }

  private static WhatsAppTemplate template(String name, String language) {
    return new WhatsAppTemplate(name, language, List.of());
  }

  private static List<ContentViolation> of(Content content) {
    return Content.violations(content, ContentLimits.DEFAULTS);
  }
}
