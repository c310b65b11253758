package dev.carillon.application.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carillon.application.fixture.Background;
import dev.carillon.application.memory.SequentialIds;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.TemplateRepository;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.content.Composition;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.ContentSyntax;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.content.WhatsAppContent;
import dev.carillon.domain.content.WhatsAppTemplate;
import dev.carillon.domain.template.Template;
import dev.carillon.domain.template.TemplateBody;
import dev.carillon.domain.template.TemplateId;
import dev.carillon.domain.template.TemplateLabel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store of templates keeps.
public abstract class TemplateRepositoryContract {
  private static final Instant MADE = Instant.parse("2026-03-01T10:00:00.123456Z");
  private static final Instant LATER = MADE.plusSeconds(60);
  private static final SequentialIds IDS = new SequentialIds();

  private @Nullable Ports ports;
  private @Nullable Scope scope;

  /// Connects to the store; called once for every test.
  protected abstract Ports newPorts();

  /// The templates of that store.
  protected abstract TemplateRepository templates();

  @BeforeEach
  void open() {
    Ports opened = newPorts();
    ports = opened;
    scope = opened.newScope().get();
  }

  @Test
  void keepsEveryKindOfContentAsItIs() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-Two", "2");
    headers.put("X-One", "1");
    for (Content content :
        List.of(
            new SmsContent("Dear {{name}} ☃😀", "ACME"),
            new WhatsAppContent("hello", null, "4477"),
            new WhatsAppContent(
                "", new WhatsAppTemplate("order_ready", "en", List.of("{{a}}", "")), ""),
            new EmailContent("a@b.c", "d@e.f", "s", "<p>\"'</p>", "t\n", headers))) {
      Template template = template("t-" + content, content, Map.of("name", "x", "b", "\"\\"));

      assertThat(insert(template)).isTrue();
      assertThat(templates().find(scope(), template.head().id(), 0)).contains(template);
      assertThat(templates().find(scope(), template.head().id(), 1)).contains(template);
      assertThat(templates().find(scope(), template.head().id(), 2)).isEmpty();
    }
  }

  @Test
  void findsNothingInAnotherScope() {
    Template template = inserted("welcome");
    Scope test = new Scope(scope().business(), Environment.TEST);

    for (Scope other : List.of(test, ports().newScope().get())) {
      assertThat(templates().find(other, template.head().id(), 0)).isEmpty();
      assertThat(
              ports()
                  .transactions()
                  .inTransaction(() -> templates().lock(other, template.head().id())))
          .isEmpty();
      assertThat(
              ports()
                  .transactions()
                  .inTransaction(() -> templates().delete(other, template.head().id())))
          .isFalse();
      assertThat(templates().list(other, null, PageRequest.first()).items()).isEmpty();
    }
    assertThat(templates().find(scope(), new TemplateId(new UUID(1, 1)), 0)).isEmpty();
  }

  @Test
  void takesANameOncePerScope() {
    Template first = inserted("welcome");

    assertThat(insert(sms("welcome"))).isFalse();
    assertThat(templates().list(scope(), null, PageRequest.first()).totalSize()).isEqualTo(1);
    assertThat(templates().find(scope(), first.head().id(), 0)).contains(first);
    assertThat(insert(sms("Welcome"))).isTrue();
    Scope test = new Scope(scope().business(), Environment.TEST);
    assertThat(ports().transactions().inTransaction(() -> templates().insert(test, sms("welcome"))))
        .isTrue();
  }

  @Test
  void appendsVersionsAndKeepsTheOldOnes() {
    Template one = inserted("welcome");
    Template two = update(one, one.head().label(), new SmsContent("two", ""));
    Template three = update(two, new TemplateLabel("bye", "x"), new SmsContent("three", ""));

    assertThat(find(one, 0)).isEqualTo(three);
    assertThat(find(one, 1).version()).isEqualTo(one.version());
    assertThat(find(one, 2).version()).isEqualTo(two.version());
    assertThat(find(one, 2).head()).isEqualTo(three.head());
    assertThat(templates().list(scope(), null, PageRequest.first()).items())
        .containsExactly(three.head());
  }

  @Test
  void changesALabelAlone() {
    Template one = inserted("welcome");
    Template renamed = update(one, new TemplateLabel("hello", "for guests"), null);

    assertThat(find(one, 0)).isEqualTo(renamed);
    assertThat(find(one, 0).version().number()).isEqualTo(1);
    assertThat(insert(sms("welcome"))).isTrue();
  }

  @Test
  void refusesANameThatIsTaken() {
    inserted("welcome");
    Template other = inserted("other");
    Template renamed =
        new Template(
            other.head().changed(new TemplateLabel("welcome", ""), false, LATER), other.version());

    assertThatThrownBy(() ->
            ports()
                .transactions()
                .run(() -> {
                  assertThat(templates().update(scope(), renamed)).isFalse();
                  throw new Abandoned();
                }))
        .isInstanceOf(Abandoned.class);
    assertThat(find(other, 0)).isEqualTo(other);
  }

  @Test
  void undoesWhatIsGivenUp() {
    Template template = inserted("welcome");
    Template lost = sms("lost");

    assertThatThrownBy(() ->
            ports()
                .transactions()
                .run(() -> {
                  assertThat(templates().insert(scope(), lost)).isTrue();
                  assertThat(templates().delete(scope(), template.head().id())).isTrue();
                  throw new Abandoned();
                }))
        .isInstanceOf(Abandoned.class);
    assertThat(templates().find(scope(), lost.head().id(), 0)).isEmpty();
    assertThat(find(template, 0)).isEqualTo(template);
  }

  @Test
  void deletesATemplateWithAllItsVersions() {
    Template one = inserted("welcome");
    update(one, one.head().label(), new SmsContent("two", ""));

    assertThat(delete(one)).isTrue();
    assertThat(delete(one)).isFalse();
    assertThat(templates().find(scope(), one.head().id(), 0)).isEmpty();
    assertThat(templates().find(scope(), one.head().id(), 1)).isEmpty();
    assertThat(insert(sms("welcome"))).isTrue();
  }

  @Test
  void listsPageByPageTheNewestFirst() {
    List<Template.Head> made = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      made.addFirst(inserted("sms " + i).head());
    }
    Template mail = template("mail", new EmailContent("", "", "s", "", "t", Map.of()), Map.of());
    assertThat(insert(mail)).isTrue();

    Page<Template.Head> first = page(Channel.SMS, 3, 0, OptionalLong.empty());
    Page<Template.Head> second = page(Channel.SMS, 3, 0, first.next());
    Page<Template.Head> third = page(Channel.SMS, 3, 0, second.next());

    assertThat(first.items()).isEqualTo(made.subList(0, 3));
    assertThat(second.items()).isEqualTo(made.subList(3, 6));
    assertThat(third.items()).isEqualTo(made.subList(6, 7));
    assertThat(third.next()).isEmpty();
    assertThat(first.totalSize()).isEqualTo(7);
    assertThat(page(Channel.SMS, 3, 1, first.next()).items()).isEqualTo(made.subList(4, 7));
    assertThat(page(Channel.EMAIL, 3, 0, OptionalLong.empty()).items())
        .containsExactly(mail.head());
    assertThat(page(null, 3, 0, OptionalLong.empty()).totalSize()).isEqualTo(8);
  }

  @Test
  void letsWritersOfATemplateTakeTurns() throws Exception {
    assumeTrue(ports().concurrent());
    Template one = inserted("welcome");
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Background<Template> first =
        Background.start(() ->
            ports()
                .transactions()
                .inTransaction(() -> {
                  Template held = lock(one);
                  locked.countDown();
                  await(goOn);
                  return write(held, held.head().label(), new SmsContent("first", ""));
                }));
    await(locked);
    Background<Template> second =
        Background.start(() ->
            ports()
                .transactions()
                .inTransaction(() -> {
                  goOn.countDown();
                  Template held = lock(one);
                  return write(held, held.head().label(), new SmsContent("second", ""));
                }));
    first.result();
    second.result();

    assertThat(find(one, 0).head().latest()).isEqualTo(3);
    assertThat(find(one, 2).version().body().content()).isEqualTo(new SmsContent("first", ""));
    assertThat(find(one, 3).version().body().content()).isEqualTo(new SmsContent("second", ""));
  }

  protected final Ports ports() {
    return Objects.requireNonNull(ports);
  }

  private Scope scope() {
    return Objects.requireNonNull(scope);
  }

  private Page<Template.Head> page(
      @Nullable Channel channel, int size, int skip, OptionalLong after) {
    return templates().list(scope(), channel, new PageRequest(size, skip, after));
  }

  private Template inserted(String name) {
    Template template = sms(name);
    assertThat(insert(template)).isTrue();
    return template;
  }

  private boolean insert(Template template) {
    return ports().transactions().inTransaction(() -> templates().insert(scope(), template));
  }

  private boolean delete(Template template) {
    return ports()
        .transactions()
        .inTransaction(() -> templates().delete(scope(), template.head().id()));
  }

  private Template find(Template template, int version) {
    return templates().find(scope(), template.head().id(), version).orElseThrow();
  }

  private Template lock(Template template) {
    return templates().lock(scope(), template.head().id()).orElseThrow();
  }

  private Template update(Template template, TemplateLabel label, @Nullable Content content) {
    return ports().transactions().inTransaction(() -> write(lock(template), label, content));
  }

  private Template write(Template held, TemplateLabel label, @Nullable Content content) {
    Template.Head head = held.head().changed(label, content != null, LATER);
    Template.Version version =
        content == null
            ? held.version()
            : new Template.Version(head.latest(), body(content, Map.of()), "key-2", LATER);
    Template changed = new Template(head, version);
    assertThat(templates().update(scope(), changed)).isTrue();
    return changed;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }

  private static Template sms(String name) {
    return template(name, new SmsContent("hello {{name}}", "ACME"), Map.of());
  }

  private static Template template(String name, Content content, Map<String, String> defaults) {
    return new Template(
        new Template.Head(
            new TemplateId(IDS.nextId(MADE)),
            new TemplateLabel(name, "d"),
            content.channel(),
            1,
            1,
            "key-1",
            MADE,
            MADE),
        new Template.Version(1, body(content, defaults), "key-1", MADE));
  }

  private static TemplateBody body(Content content, Map<String, String> defaults) {
    return new TemplateBody(content, new Composition(ContentSyntax.MUSTACHE, defaults));
  }

  private static final class Abandoned extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
