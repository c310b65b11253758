package dev.carillon.domain.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContentTest {
  private static final PersonalContent OWN =
      new PersonalContent("own text", "own subject", "own html", List.of("own"));

  private static final SmsContent SMS = new SmsContent("secret", "Acme");
  private static final WhatsAppTemplate TEMPLATE =
      new WhatsAppTemplate("order_ready", "en_GB", List.of("secret", "2"));
  private static final WhatsAppContent WHATSAPP = new WhatsAppContent("secret", null, "1055");
  private static final EmailContent EMAIL =
      new EmailContent(
          "shop@example.com",
          "help@example.com",
          "secret",
          "<b>secret</b>",
          "secret",
          Map.of("X-Order", "secret"));

  @Test
  void knowsItsChannel() {
    assertThat(SMS.channel()).isEqualTo(Channel.SMS);
    assertThat(WHATSAPP.channel()).isEqualTo(Channel.WHATSAPP);
    assertThat(EMAIL.channel()).isEqualTo(Channel.EMAIL);
  }

  @Test
  void channelsHaveTheNamesThatPeopleRead() {
    assertThat(Channel.values())
        .extracting(Channel::label)
        .containsExactly("SMS", "WhatsApp", "Email");
  }

  @Test
  void entryThatBringsNothingLeavesTheContentAsItIs() {
    for (Content content :
        List.of(SMS, WHATSAPP, new WhatsAppContent("", TEMPLATE, "1055"), EMAIL)) {
      assertThat(content.with(PersonalContent.EMPTY)).isEqualTo(content);
    }
  }

  @Test
  void ownTextReplacesTheCommonOne() {
    assertThat(SMS.with(OWN)).isEqualTo(new SmsContent("own text", "Acme"));
    assertThat(WHATSAPP.with(OWN)).isEqualTo(new WhatsAppContent("own text", null, "1055"));
  }

  @Test
  void ownEmptyTextReplacesTheCommonOneToo() {
    assertThat(SMS.with(PersonalContent.ofText("")).isBlank()).isTrue();
  }

  @Test
  void ownParametersFillTheCommonTemplate() {
    PersonalContent own = new PersonalContent(null, null, null, List.of("Jane"));

    assertThat(new WhatsAppContent("", TEMPLATE, "").with(own))
        .isEqualTo(
            new WhatsAppContent(
                "", new WhatsAppTemplate("order_ready", "en_GB", List.of("Jane")), ""));
  }

  @Test
  void everyOwnPartOfAMailReplacesItsCommonOneAlone() {
    assertThat(EMAIL.with(OWN))
        .isEqualTo(
            new EmailContent(
                "shop@example.com",
                "help@example.com",
                "own subject",
                "own html",
                "own text",
                Map.of("X-Order", "secret")));
    assertThat(EMAIL.with(PersonalContent.ofText("own text")).subject()).isEqualTo("secret");
    assertThat(EMAIL.with(PersonalContent.ofText("own text")).html()).isEqualTo("<b>secret</b>");
    assertThat(EMAIL.with(PersonalContent.ofText("own text")).text()).isEqualTo("own text");
  }

  @Test
  void isBlankOnlyWithoutAnythingToSend() {
    assertThat(SMS.isBlank()).isFalse();
    assertThat(new SmsContent(" \n", "Acme").isBlank()).isTrue();
    assertThat(WHATSAPP.isBlank()).isFalse();
    assertThat(new WhatsAppContent(" ", null, "1").isBlank()).isTrue();
    assertThat(new WhatsAppContent("", TEMPLATE, "1").isBlank()).isFalse();
    assertThat(email("subject", " ", " ").isBlank()).isTrue();
    assertThat(email("", "<p>", "").isBlank()).isFalse();
    assertThat(email("", "", "text").isBlank()).isFalse();
  }

  @Test
  void knowsWhetherAnEntryBringsAnything() {
    assertThat(PersonalContent.EMPTY.isEmpty()).isTrue();
    assertThat(new PersonalContent(null, null, null, List.of()).isEmpty()).isTrue();
    assertThat(OWN.isEmpty()).isFalse();
    assertThat(PersonalContent.ofText("").isEmpty()).isFalse();
  }

  @Test
  void showsSizesAndNeverABody() {
    assertThat(SMS).hasToString("SmsContent[text of 6]");
    assertThat(WHATSAPP).hasToString("WhatsAppContent[text of 6]");
    assertThat(new WhatsAppContent("secret", TEMPLATE, "1055"))
        .hasToString("WhatsAppContent[WhatsAppTemplate[2 parameters]]");
    assertThat(EMAIL).hasToString("EmailContent[html of 13, text of 6, 1 headers]");
    assertThat(OWN).hasToString("PersonalContent[own]");
    assertThat(PersonalContent.EMPTY).hasToString("PersonalContent[empty]");
  }

  @Test
  void headersKeepTheirOrderAndCannotBeChanged() {
    Map<String, String> given = new LinkedHashMap<>();
    for (String name : List.of("X-9", "X-1", "X-5", "X-3")) {
      given.put(name, "v");
    }
    Map<String, String> headers = new EmailContent("", "", "", "", "", given).headers();
    given.clear();

    assertThat(headers.keySet()).containsExactly("X-9", "X-1", "X-5", "X-3");
    assertThatThrownBy(() -> headers.put("Bcc", "x"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void parametersAreTheContentsOwn() {
    List<String> given = new ArrayList<>(List.of("a"));
    WhatsAppTemplate template = new WhatsAppTemplate("n", "en", given);
    PersonalContent own = new PersonalContent(null, null, null, given);
    given.set(0, "b");

    assertThat(template.parameters()).containsExactly("a");
    assertThat(own.parameters()).containsExactly("a");
  }

  private static EmailContent email(String subject, String html, String text) {
    return new EmailContent("", "", subject, html, text, Map.of());
  }
}
