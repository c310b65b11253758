package dev.carillon.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.fixture.PlainTemplating;
import dev.carillon.domain.content.Composition;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.ContentSyntax;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.content.WhatsAppContent;
import dev.carillon.domain.content.WhatsAppTemplate;
import dev.carillon.domain.error.FieldViolation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WordingTest {
  private static final Composition MUSTACHE = new Composition(ContentSyntax.MUSTACHE, Map.of());
  private static final PersonalContent JANE = variables("name", "Jane <3", "unused", "x");

  @Test
  void fillsEveryTextOfAMailAndEscapesInHtmlAlone() {
    Wording mail =
        wording(
            new EmailContent(
                "a@example.com",
                "b@example.com",
                "For {{name}}",
                "<p>{{name}}</p>",
                "{{name}}!",
                Map.of("X-Id", "{{name}}")),
            MUSTACHE);

    assertThat(mail.names()).containsExactly("name");
    assertThat(mail.render(JANE))
        .isEqualTo(
            complete(
                new EmailContent(
                    "a@example.com",
                    "b@example.com",
                    "For Jane <3",
                    "<p>Jane &lt;3</p>",
                    "Jane <3!",
                    Map.of("X-Id", "{{name}}"))));
  }

  @Test
  void fillsEachParameterOfAWhatsAppTemplate() {
    WhatsAppTemplate template =
        new WhatsAppTemplate("order_ready", "en", List.of("{{name}}", "today", "{{shop}}"));
    Wording message =
        wording(
            new WhatsAppContent("", template, "4477"),
            new Composition(ContentSyntax.MUSTACHE, Map.of("shop", "ACME")));

    assertThat(message.render(JANE))
        .isEqualTo(
            complete(
                new WhatsAppContent(
                    "", template.withParameters(List.of("Jane <3", "today", "ACME")), "4477")));
    assertThat(message.render(new PersonalContent(null, null, null, List.of("{{own}}"))))
        .isEqualTo(
            complete(new WhatsAppContent("", template.withParameters(List.of("{{own}}")), "4477")));
  }

  @Test
  void takesOnesOwnValuesBeforeDefaults() {
    Wording sms =
        wording(
            new SmsContent("{{name}} of {{city}}", "ACME"),
            new Composition(ContentSyntax.MUSTACHE, Map.of("name", "friend", "city", "Harare")));

    assertThat(sms.render(PersonalContent.EMPTY))
        .isEqualTo(complete(new SmsContent("friend of Harare", "ACME")));
    assertThat(sms.render(variables("city", "")))
        .isEqualTo(complete(new SmsContent("friend of ", "ACME")));
    assertThat(sms.render(JANE)).isEqualTo(complete(new SmsContent("Jane <3 of Harare", "ACME")));
  }

  @Test
  void saysWordsOfOnesOwnAsTheyAre() {
    Wording sms = wording(new SmsContent("{{name}}", ""), MUSTACHE);

    assertThat(sms.render(PersonalContent.ofText("{{city}} {{{")))
        .isEqualTo(complete(new SmsContent("{{city}} {{{", "")));
  }

  @Test
  void tellsTheVariableThatHasNoValue() {
    Wording sms = wording(new SmsContent("{{name}} of {{city}}", ""), MUSTACHE);

    assertThat(sms.render(JANE)).isEqualTo(new Rendering.Missing("city"));
    assertThat(sms.render(PersonalContent.EMPTY)).isEqualTo(new Rendering.Missing("name"));
  }

  @Test
  void sendsPlainContentAsItIsWritten() {
    SmsContent content = new SmsContent("{{name}} {{#", "");

    assertThat(wording(content, Composition.PLAIN).render(JANE)).isEqualTo(complete(content));
    assertThat(wording(content, Composition.PLAIN).names()).isEmpty();
    assertThat(wording(content, Composition.PLAIN).stored(JANE)).isEqualTo(PersonalContent.EMPTY);
    assertThat(Wording.malformed(content, Composition.PLAIN, new PlainTemplating())).isEmpty();
  }

  @Test
  void storesNoVariableThatIsNotAskedFor() {
    Wording sms = wording(new SmsContent("{{name}}", ""), MUSTACHE);

    assertThat(sms.stored(JANE)).isEqualTo(variables("name", "Jane <3"));
    assertThat(sms.stored(variables("name", "x"))).isEqualTo(variables("name", "x"));
    assertThat(sms.stored(PersonalContent.ofText("own"))).isEqualTo(PersonalContent.ofText("own"));
  }

  @Test
  void saysTooLongOfWhatNoCarrierTakes() {
    Wording sms = wording(new SmsContent("{{a}}".repeat(20), ""), MUSTACHE);

    assertThat(sms.render(variables("a", "x".repeat(4_000)))).isEqualTo(new Rendering.TooLong());
  }

  @Test
  void namesEveryMalformedText() {
    EmailContent mail = new EmailContent("", "", "{{", "<p>{{#</p>", "{{name}}", Map.of());

    assertThat(Wording.malformed(mail, MUSTACHE, new PlainTemplating()))
        .extracting(FieldViolation::path)
        .containsExactlyInAnyOrder("email.subject", "email.html");
    assertThatThrownBy(() -> wording(mail, MUSTACHE)).isInstanceOf(IllegalStateException.class);
  }

  private static Wording wording(Content content, Composition composition) {
    return Wording.of(content, composition, new PlainTemplating());
  }

  private static Rendering complete(Content content) {
    return new Rendering.Complete(content);
  }

  private static PersonalContent variables(String... namesAndValues) {
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      variables.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return PersonalContent.ofVariables(variables);
  }
}
