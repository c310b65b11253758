package dev.carillon.domain.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.content.Channel;
import dev.carillon.domain.content.Composition;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.error.FieldViolation;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = MADE.plusSeconds(60);
  private static final TemplateId ID = new TemplateId(new UUID(0x7000, 1));
  private static final TemplateLabel LABEL = new TemplateLabel(" Welcome ", "for new people");

  @Test
  void readsItsIdInEitherCase() {
    assertThat(TemplateId.parse(ID.toString())).contains(ID);
    assertThat(TemplateId.parse(ID.toString().toUpperCase(Locale.ROOT))).contains(ID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "welcome", "1-1-1-1-1", "1-1-1-1-0000000000000000000000000001"})
  void readsNoOtherText(String text) {
    assertThat(TemplateId.parse(text)).isEmpty();
  }

  @Test
  void countsRevisionsAndVersionsApart() {
    Template.Head head = head();
    Template.Head renamed = head.changed(new TemplateLabel("Hello", ""), false, LATER);
    Template.Head changed = renamed.changed(renamed.label(), true, LATER);

    assertThat(head.label().name()).isEqualTo("Welcome");
    assertThat(renamed.latest()).isEqualTo(1);
    assertThat(renamed.revision()).isEqualTo(2);
    assertThat(renamed.updatedAt()).isEqualTo(LATER);
    assertThat(renamed.createdAt()).isEqualTo(MADE);
    assertThat(changed.latest()).isEqualTo(2);
    assertThat(changed.revision()).isEqualTo(3);
  }

  @Test
  void namesTheVersionThatIsShown() {
    TemplateBody body = new TemplateBody(new SmsContent("hello", ""), Composition.PLAIN);
    Template template = new Template(head(), new Template.Version(3, body, "key-1", MADE));

    assertThat(template.ref()).isEqualTo(new TemplateRef(ID, 3));
    assertThat(template.toString()).doesNotContain("hello");
  }

  @Test
  void wantsANameOfOneLineAndABoundedDescription() {
    assertThat(LABEL.violations("template")).isEmpty();
    assertThat(new TemplateLabel("x".repeat(200), "x".repeat(2_000)).violations("t")).isEmpty();
    assertThat(paths(new TemplateLabel(" ", "x\0"))).containsExactly("t.name", "t.description");
    assertThat(paths(new TemplateLabel("a\nb", ""))).containsExactly("t.name");
    assertThat(paths(new TemplateLabel("x".repeat(201), "x".repeat(2_001))))
        .containsExactly("t.name", "t.description");
  }

  private static List<String> paths(TemplateLabel label) {
    return label.violations("t").stream().map(FieldViolation::path).toList();
  }

  private static Template.Head head() {
    return new Template.Head(ID, LABEL, Channel.SMS, 1, 1, "key-1", MADE, MADE);
  }
}
