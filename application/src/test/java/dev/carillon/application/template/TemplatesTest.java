package dev.carillon.application.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.application.Idempotency;
import dev.carillon.application.fixture.MutableClock;
import dev.carillon.application.fixture.PlainTemplating;
import dev.carillon.application.fixture.Submission;
import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.application.memory.SequentialIds;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.template.UpdateTemplate.Changes;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.content.Composition;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.ContentLimits;
import dev.carillon.domain.content.ContentSyntax;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.content.WhatsAppContent;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainError.NotFound.Kind;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.template.Template;
import dev.carillon.domain.template.TemplateBody;
import dev.carillon.domain.template.TemplateLabel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TemplatesTest {
  private static final String UNKNOWN = "00000000-0000-7000-8000-000000000000";
  private static final SmsContent HELLO = new SmsContent("Hello {{name}}", "ACME");

  private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final InMemoryStore store = new InMemoryStore(clock);
  private final Caller caller = Submission.callerOf(store.newScope());
  private final Caller stranger = Submission.callerOf(store.newScope());
  private final PlainTemplating templating = new PlainTemplating();
  private final Idempotency idempotency = new Idempotency(store, store.keys(), clock);
  private final CreateTemplate create =
      new CreateTemplate(
          idempotency,
          store.templates(),
          templating,
          new SequentialIds(),
          clock,
          ContentLimits.DEFAULTS);
  private final GetTemplate get = new GetTemplate(store.templates(), templating);
  private final ListTemplates list = new ListTemplates(store.templates());
  private final UpdateTemplate update =
      new UpdateTemplate(idempotency, store.templates(), templating, clock, ContentLimits.DEFAULTS);
  private final DeleteTemplate delete = new DeleteTemplate(idempotency, store.templates());

  @Test
  void keepsAContentAsVersionOne() {
    TemplateView made = create("welcome", HELLO);

    Template.Head head = made.template().head();
    assertThat(head.label().name()).isEqualTo("welcome");
    assertThat(head.channel()).isEqualTo(Channel.SMS);
    assertThat(head.latest()).isEqualTo(1);
    assertThat(head.createdBy()).isEqualTo("key-1");
    assertThat(head.createdAt()).isEqualTo(clock.instant());
    assertThat(made.template().version().body().content()).isEqualTo(HELLO);
    assertThat(made.variables()).containsExactly("name");
    assertThat(got(id(made), 0)).isEqualTo(made);
    assertThat(got(id(made), 1)).isEqualTo(made);
  }

  @Test
  void refusesWhatCouldNotBeSentWithItsFields() {
    assertThat(violations(() -> create("", new SmsContent(" ", ""))))
        .containsExactly("template.name");
    assertThat(violations(() -> create("x", new SmsContent(" ", ""))))
        .containsExactly("template.sms");
    assertThat(violations(() -> create("x", new SmsContent("{{", "a name too long"))))
        .containsExactly("template.sms.sender");
    assertThat(violations(() -> create("x", new SmsContent("{{", ""))))
        .containsExactly("template.sms.text");
    assertThat(
            violations(() ->
                create("x", new EmailContent("nobody", "", "a\nb", "", "hi", Map.of("To", "x")))))
        .containsExactly(
            "template.email.from", "template.email.subject", "template.email.headers[To]");
    assertThat(violations(() -> create("x", new EmailContent("", "", " ", "", "hi", Map.of()))))
        .containsExactly("template.email.subject");
    assertThat(
            violations(() ->
                create.handle(
                    new CreateTemplate.Command(
                        caller,
                        "",
                        new TemplateLabel("x", ""),
                        new TemplateBody(
                            HELLO, new Composition(ContentSyntax.MUSTACHE, Map.of("1", "")))))))
        .containsExactly("template.default_variables");
  }

  @Test
  void givesANameOnceInABusiness() {
    TemplateView one = create("welcome", HELLO);
    create("other", HELLO);

    assertThat(refusal(() -> create(" welcome ", HELLO)))
        .isEqualTo(new DomainError.AlreadyExists(Kind.TEMPLATE, "template.name", ""));
    assertThat(refusal(() -> change(one, label("other"))))
        .isEqualTo(new DomainError.AlreadyExists(Kind.TEMPLATE, "template.name", ""));
    assertThat(got(id(one), 0)).isEqualTo(one);
    create.handle(
        new CreateTemplate.Command(stranger, "", new TemplateLabel("welcome", ""), body(HELLO)));
  }

  @Test
  void changesWhatIsSaidByANewVersion() {
    TemplateView one = create("welcome", HELLO);
    clock.advance(Duration.ofMinutes(1));
    TemplateView two = change(one, content(new SmsContent("Bye {{name}}", "ACME")));
    TemplateView three =
        change(two, new Changes(null, null, null, ContentSyntax.PLAIN, Map.of("name", "x")));

    assertThat(two.template().version().number()).isEqualTo(2);
    assertThat(two.template().version().createdAt()).isEqualTo(clock.instant());
    assertThat(three.template().head().latest()).isEqualTo(3);
    assertThat(three.variables()).isEmpty();
    assertThat(got(id(one), 0)).isEqualTo(three);
    assertThat(got(id(one), 1).template().version()).isEqualTo(one.template().version());
    assertThat(got(id(one), 1).template().head().latest()).isEqualTo(3);
    assertThat(three.template().head().createdAt()).isEqualTo(one.template().head().createdAt());
  }

  @Test
  void changesItsLabelWithoutANewVersion() {
    TemplateView one = create("welcome", HELLO);
    clock.advance(Duration.ofMinutes(1));
    TemplateView renamed = change(one, new Changes("hello", "for guests", null, null, null));

    assertThat(renamed.template().version()).isEqualTo(one.template().version());
    assertThat(renamed.template().head().label())
        .isEqualTo(new TemplateLabel("hello", "for guests"));
    assertThat(renamed.template().head().updatedAt()).isEqualTo(clock.instant());
    assertThat(etag(renamed)).isNotEqualTo(etag(one));
  }

  @Test
  void makesNoVersionThatSaysTheSame() {
    TemplateView one = create("welcome", HELLO);
    clock.advance(Duration.ofMinutes(1));

    assertThat(change(one, new Changes("welcome", "", HELLO, ContentSyntax.MUSTACHE, Map.of())))
        .isEqualTo(one);
  }

  @Test
  void refusesAChangeOfWhatWasChangedSince() {
    TemplateView one = create("welcome", HELLO);
    TemplateView two = change(one, etag(one), label("hello"));

    assertThat(refusal(() -> change(one, etag(one), label("again"))))
        .isEqualTo(new DomainError.EtagMismatch(Kind.TEMPLATE, id(one)));
    assertThat(change(one, etag(two), label("again")).template().head().label().name())
        .isEqualTo("again");
  }

  @Test
  void keepsItsChannel() {
    TemplateView sms = create("welcome", HELLO);

    assertThat(violations(() -> change(sms, content(new WhatsAppContent("hi", null, "")))))
        .containsExactly("template.whatsapp");
    assertThat(violations(() -> change(sms, content(new SmsContent("{{", "")))))
        .containsExactly("template.sms.text");
    assertThat(got(id(sms), 0)).isEqualTo(sms);
  }

  @Test
  void givesTheFirstAnswerAgain() {
    CreateTemplate.Command first =
        new CreateTemplate.Command(caller, "c-1", new TemplateLabel("a", ""), body(HELLO));
    TemplateView made = create.handle(first);
    UpdateTemplate.Command second =
        new UpdateTemplate.Command(
            caller, id(made), "u-1", "", content(new SmsContent("two", "ACME")));
    TemplateView changed = update.handle(second);
    clock.advance(Duration.ofMinutes(1));
    change(made, new Changes("b", "x", new SmsContent("three", ""), null, null));

    assertThat(create.handle(first)).isEqualTo(made);
    assertThat(update.handle(second)).isEqualTo(changed);
    assertThat(
            refusal(() ->
                create.handle(
                    new CreateTemplate.Command(
                        caller, "c-1", new TemplateLabel("b", ""), body(HELLO)))))
        .isEqualTo(new DomainError.RequestIdReused("c-1"));
    assertThat(
            refusal(() ->
                update.handle(
                    new UpdateTemplate.Command(
                        caller, id(made), "u-1", "", content(new SmsContent("", ""))))))
        .isEqualTo(new DomainError.RequestIdReused("u-1"));
  }

  @Test
  void deletesATemplateWithItsVersions() {
    TemplateView made = create("welcome", HELLO);
    change(made, content(new SmsContent("two", "")));
    DeleteTemplate.Command command = new DeleteTemplate.Command(caller, id(made), "d-1");
    delete.handle(command);
    delete.handle(command);

    assertThat(refusal(() -> got(id(made), 0))).isEqualTo(notFound(id(made)));
    assertThat(refusal(() -> got(id(made), 1))).isEqualTo(notFound(id(made)));
    assertThat(refusal(() -> delete.handle(new DeleteTemplate.Command(caller, id(made), "d-2"))))
        .isEqualTo(notFound(id(made)));
    create("welcome", HELLO);
  }

  @Test
  void findsNothingOfAStrangers() {
    String id = id(create("welcome", HELLO));

    for (String wanted : List.of(id, UNKNOWN, "x")) {
      assertThat(refusal(() -> get.handle(new GetTemplate.Query(stranger, wanted, 0))))
          .isEqualTo(notFound(wanted));
      assertThat(
              refusal(() ->
                  update.handle(
                      new UpdateTemplate.Command(stranger, wanted, "", "", label("mine")))))
          .isEqualTo(notFound(wanted));
      assertThat(refusal(() -> delete.handle(new DeleteTemplate.Command(stranger, wanted, ""))))
          .isEqualTo(notFound(wanted));
    }
    assertThat(
            list.handle(new ListTemplates.Query(stranger, null, PageRequest.first())).totalSize())
        .isZero();
  }

  @Test
  void listsByChannelTheNewestFirst() {
    create("one", HELLO);
    create("two", new EmailContent("", "", "s", "", "t", Map.of()));
    create("three", HELLO);

    assertThat(names(null)).containsExactly("three", "two", "one");
    assertThat(names(Channel.SMS)).containsExactly("three", "one");
  }

  private List<String> names(@Nullable Channel channel) {
    return list
        .handle(new ListTemplates.Query(caller, channel, PageRequest.first()))
        .items()
        .stream()
        .map(head -> head.label().name())
        .toList();
  }

  private TemplateView create(String name, Content content) {
    return create.handle(
        new CreateTemplate.Command(caller, "", new TemplateLabel(name, ""), body(content)));
  }

  private TemplateView change(TemplateView template, Changes changes) {
    return change(template, "", changes);
  }

  private TemplateView change(TemplateView template, String etag, Changes changes) {
    return update.handle(new UpdateTemplate.Command(caller, id(template), "", etag, changes));
  }

  private TemplateView got(String id, int version) {
    return get.handle(new GetTemplate.Query(caller, id, version));
  }

  private static TemplateBody body(Content content) {
    return new TemplateBody(content, new Composition(ContentSyntax.MUSTACHE, Map.of()));
  }

  private static Changes label(String name) {
    return new Changes(name, null, null, null, null);
  }

  private static Changes content(Content content) {
    return new Changes(null, null, content, null, null);
  }

  private static String id(TemplateView view) {
    return view.template().head().id().toString();
  }

  private static String etag(TemplateView view) {
    return UpdateTemplate.etag(view.template().head());
  }

  private static DomainError notFound(String id) {
    return new DomainError.NotFound(Kind.TEMPLATE, id);
  }

  private static DomainError refusal(ThrowingCallable call) {
    return catchThrowableOfType(DomainException.class, call).error();
  }

  private static List<String> violations(ThrowingCallable call) {
    return ((DomainError.InvalidFields) refusal(call))
        .violations().stream().map(FieldViolation::path).toList();
  }
}
