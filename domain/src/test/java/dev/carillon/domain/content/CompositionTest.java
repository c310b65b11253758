package dev.carillon.domain.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompositionTest {
  private static final ContentLimits LIMITS = ContentLimits.DEFAULTS;

  @Test
  void takesATextWithTagsForATemplateOnlyWhereItMayBeOne() {
    assertThat(ContentSyntax.MUSTACHE.isTemplate("Dear {{first_name}}")).isTrue();
    assertThat(ContentSyntax.MUSTACHE.isTemplate("Dear {first_name}")).isFalse();
    assertThat(ContentSyntax.PLAIN.isTemplate("Dear {{first_name}}")).isFalse();
  }

  @Test
  void leavesTheLengthOfATemplateToWhatComesOfIt() {
    SmsContent template = new SmsContent("{{a}}" + "x".repeat(65_531), "ACME");
    WhatsAppContent message = new WhatsAppContent("{{a}}" + "x".repeat(5_000), null, "");

    assertThat(Content.violations(template, ContentSyntax.MUSTACHE, LIMITS)).isEmpty();
    assertThat(Content.violations(message, ContentSyntax.MUSTACHE, LIMITS)).isEmpty();
    assertThat(fields(template, ContentSyntax.PLAIN)).containsExactly("sms.text");
    assertThat(fields(message, ContentSyntax.PLAIN)).containsExactly("whatsapp.text");
  }

  @Test
  void boundsTemplatesAndKeepsNulOut() {
    assertThat(fields(new SmsContent("{{a}}" + "x".repeat(65_532), ""), ContentSyntax.MUSTACHE))
        .containsExactly("sms.text");
    assertThat(fields(new SmsContent("{{a}}\0", ""), ContentSyntax.MUSTACHE))
        .containsExactly("sms.text");
    WhatsAppTemplate parameters = new WhatsAppTemplate("t", "en", List.of("x", "{{a}}\0"));
    assertThat(fields(new WhatsAppContent("", parameters, ""), ContentSyntax.MUSTACHE))
        .containsExactly("whatsapp.template.parameters[1]");
  }

  @Test
  void checksWhatIsNoTemplateAsEver() {
    assertThat(fields(new SmsContent("{{a}}", "a name too long"), ContentSyntax.MUSTACHE))
        .containsExactly("sms.sender");
    WhatsAppTemplate template = new WhatsAppTemplate("Not A Name", "en", List.of("{{a}}"));
    assertThat(fields(new WhatsAppContent("", template, ""), ContentSyntax.MUSTACHE))
        .containsExactly("whatsapp.template.name");
    assertThat(
            fields(
                new EmailContent("a@b.c", "", "Dear\n{{a}}", "<p>{{a}}</p>", "", Map.of()),
                ContentSyntax.MUSTACHE))
        .containsExactly("email.subject");
    assertThat(fields(new SmsContent("x".repeat(1_531), ""), ContentSyntax.MUSTACHE))
        .containsExactly("sms.text");
  }

  @Test
  void tellsNothingOfItsValues() {
    Composition composition = new Composition(ContentSyntax.MUSTACHE, Map.of("city", "Harare"));

    assertThat(composition.toString()).doesNotContain("Harare").contains("1 defaults");
  }

  @Test
  void tellsWordsFromVariables() {
    PersonalContent variables = PersonalContent.ofVariables(Map.of("city", "Harare"));

    assertThat(variables.isEmpty()).isFalse();
    assertThat(variables.hasWords()).isFalse();
    assertThat(variables.with(Map.of())).isEqualTo(PersonalContent.EMPTY);
    assertThat(PersonalContent.ofText("").hasWords()).isTrue();
    assertThat(variables.toString()).doesNotContain("Harare");
  }

  private static List<String> fields(Content content, ContentSyntax syntax) {
    return Content.violations(content, syntax, LIMITS).stream()
        .map(ContentViolation::field)
        .toList();
  }
}
