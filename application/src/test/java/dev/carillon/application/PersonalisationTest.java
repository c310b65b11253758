package dev.carillon.application;

import static dev.carillon.application.fixture.Submission.anEmail;
import static dev.carillon.application.fixture.Submission.anSms;
import static dev.carillon.application.fixture.Submission.ofTemplate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.People;
import dev.carillon.application.fixture.PlainTemplating;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.Submission;
import dev.carillon.application.memory.SequentialIds;
import dev.carillon.application.port.Audiences.Selection;
import dev.carillon.application.port.StoredMessage;
import dev.carillon.application.template.CreateTemplate;
import dev.carillon.application.template.DeleteTemplate;
import dev.carillon.application.template.UpdateTemplate;
import dev.carillon.domain.content.Composition;
import dev.carillon.domain.content.ContentLimits;
import dev.carillon.domain.content.ContentSyntax;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.error.RejectedEntry;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.DuplicatePolicy;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.Message;
import dev.carillon.domain.message.MessageId;
import dev.carillon.domain.template.Template;
import dev.carillon.domain.template.TemplateBody;
import dev.carillon.domain.template.TemplateLabel;
import dev.carillon.domain.template.TemplateRef;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PersonalisationTest {
  private static final String ONE = "+263771000001";
  private static final String TWO = "+263771000002";
  private static final String THREE = "+263771000003";
  private static final String UNKNOWN = "00000000-0000-7000-8000-000000000000";

  private final House house = new House(ScriptedCarrier.withWindow(10));

  @Test
  void leavesOutWhoHasNoValueForAVariableAndNamesIt() {
    CreateBulkJob.Result result =
        create(
            anSms("{{name}} of {{city}}")
                .filling(ONE, Map.of("name", "Jane", "city", "Harare"))
                .filling(TWO, Map.of("name", "John"))
                .to(THREE));

    assertThat(result.rejected())
        .containsExactly(
            new RejectedEntry(1, TWO, Reason.MISSING_VARIABLE, "city"),
            new RejectedEntry(2, THREE, Reason.MISSING_VARIABLE, "name"));
    assertThat(result.job().counters().invalid()).isEqualTo(2);
    assertThat(message(result.job(), 1).detail()).isEqualTo("city");
    assertThat(message(result.job(), 1).reason()).isEqualTo(Reason.MISSING_VARIABLE);
    assertThat(message(result.job(), 0).detail()).isEmpty();
  }

  @Test
  void takesDefaultsForWhoHasNone() {
    CreateBulkJob.Result result =
        create(
            anSms("{{name}}")
                .withDefaults(Map.of("name", "friend"))
                .filling(ONE, Map.of("name", "Jane"))
                .to(TWO));

    assertThat(result.job().counters().accepted()).isEqualTo(2);
    assertThat(composition(result.job()).defaults()).isEqualTo(Map.of("name", "friend"));
  }

  @Test
  void storesTheVariablesThatAreAskedForAndNoOthers() {
    BulkJob job =
        create(
                anSms("{{name}}")
                    .filling(ONE, Map.of("name", "Jane", "secret", "x"))
                    .telling(TWO, "own"))
            .job();

    assertThat(stored(job))
        .containsExactly(
            new StoredMessage(
                0, ONE, PersonalContent.ofVariables(Map.of("name", "Jane")), "Econet"),
            new StoredMessage(1, TWO, PersonalContent.ofText("own"), "Econet"));
  }

  @Test
  void countsThePartsOfWhatEachRecipientGets() {
    CreateBulkJob.Result result =
        create(
            anSms("{{text}}")
                .filling(ONE, Map.of("text", "x".repeat(160)))
                .filling(TWO, Map.of("text", "x".repeat(161)))
                .filling(THREE, Map.of("text", "x".repeat(1_531)))
                .filling("+263771000004", Map.of("text", " "))
                .filling("+263771000005", Map.of("text", "☃".repeat(71))));

    assertThat(result.job().billing().parts()).isEqualTo(1 + 2 + 2);
    assertThat(result.rejected())
        .containsExactly(
            new RejectedEntry(2, THREE, Reason.CONTENT_TOO_LONG),
            new RejectedEntry(3, "+263771000004", Reason.EMPTY_CONTENT));
  }

  @Test
  void letsNoVariableBreakALineOfAMail() {
    CreateBulkJob.Result result =
        create(
            Submission.anEmailAbout("For {{name}}", "hello")
                .filling("a@example.com", Map.of("name", "Jane"))
                .filling("b@example.com", Map.of("name", "x\r\nBcc: everybody@example.com")));

    assertThat(result.rejected())
        .containsExactly(new RejectedEntry(1, "b@example.com", Reason.INVALID_CONTENT));
  }

  @Test
  void leavesOutWhoseVariablesAreUnfit() {
    CreateBulkJob.Result result =
        create(
            anSms("hello")
                .filling(ONE, Map.of("not a name", "x"))
                .filling(TWO, Map.of("a", "x".repeat(4_001)))
                .to(THREE));

    assertThat(result.rejected())
        .containsExactly(
            new RejectedEntry(0, ONE, Reason.INVALID_CONTENT, "variables"),
            new RejectedEntry(1, TWO, Reason.INVALID_CONTENT, "variables"));
  }

  @Test
  void tellsDuplicatesByWhatIsRendered() {
    CreateBulkJob.Result result =
        create(
            anSms("{{name}}")
                .withDefaults(Map.of("name", "Jane"))
                .filling(ONE, Map.of("name", "Jane"))
                .to(ONE)
                .telling(ONE, "Jane")
                .filling(ONE, Map.of("name", "John"))
                .filling(ONE, Map.of("name", "John", "unused", "x")));

    assertThat(result.rejected())
        .containsExactly(
            new RejectedEntry(1, ONE, Reason.DUPLICATE),
            new RejectedEntry(2, ONE, Reason.DUPLICATE),
            new RejectedEntry(4, ONE, Reason.DUPLICATE));
    assertThat(
            create(
                    anSms("{{name}}")
                        .judgingDuplicates(DuplicatePolicy.BY_ADDRESS)
                        .filling(ONE, Map.of("name", "Jane"))
                        .filling(ONE, Map.of("name", "John")))
                .rejected())
        .containsExactly(new RejectedEntry(1, ONE, Reason.DUPLICATE));
  }

  @Test
  void fillsTheFieldsOfStoredRecipients() {
    People people =
        new People(house.store, house.store.recipients(), house.store.groups(), house.scope);
    String group = people.group(people.withPhone(1));

    CreateBulkJob.Result result =
        create(
            anSms("{{first_name}} {{city}}")
                .withDefaults(Map.of("city", "your town"))
                .toStored(new Selection.Group(group)));

    assertThat(stored(result.job()))
        .singleElement()
        .satisfies(message ->
            assertThat(message.own().variables()).isEqualTo(Map.of("first_name", "Jane")));
    assertThat(create(anSms("plain").toStored(new Selection.Group(group))).job().counters().total())
        .isEqualTo(1);
  }

  @Test
  void refusesWhatIsNoTemplateWithItsField() {
    assertThat(violations(anSms("Dear {{").to(ONE)))
        .singleElement()
        .satisfies(violation -> assertThat(violation.path()).isEqualTo("sms.text"))
        .satisfies(violation -> assertThat(violation.description()).startsWith("line 1: "));
    assertThat(violations(anEmail("{{#}}").to("a@example.com")))
        .extracting(FieldViolation::path)
        .containsExactly("email.text");
    assertThat(violations(anSms("{{name}}").withDefaults(Map.of("1", "x")).to(ONE)))
        .extracting(FieldViolation::path)
        .containsExactly("default_variables");
  }

  @Test
  void sendsBracesAsTheyAreWhereContentIsPlain() {
    BulkJob job = create(anSms("{{name}} {{").plainly().to(ONE)).job();

    assertThat(job.counters().accepted()).isEqualTo(1);
    assertThat(composition(job)).isEqualTo(Composition.PLAIN);
  }

  @Test
  void refusesVariablesWithoutWords() {
    assertThat(violations(anSms("").filling(ONE, Map.of("name", "Jane"))))
        .extracting(FieldViolation::path)
        .containsExactly("sms");
  }

  @Test
  void pinsTheVersionOfATemplateAndKeepsItsWords() {
    Template template = template("Dear {{name}}", Map.of("name", "friend"));
    String id = template.head().id().toString();
    Submission latest = ofTemplate(id, 0).to(ONE).withRequestId("r-1");

    BulkJob first = create(latest).job();
    change(id, "Hello {{name}} of {{city}}");
    BulkJob second = create(ofTemplate(id, 0).withDefaults(Map.of("city", "Harare")).to(ONE)).job();
    BulkJob older = create(ofTemplate(id, 1).withDefaults(Map.of("name", "you")).to(ONE)).job();
    new DeleteTemplate(idempotency(), house.store.templates())
        .handle(new DeleteTemplate.Command(Submission.callerOf(house.scope), id, ""));

    assertThat(first.submission().template()).isEqualTo(template.ref());
    assertThat(second.submission().template()).isEqualTo(new TemplateRef(template.head().id(), 2));
    assertThat(text(first)).isEqualTo("Dear {{name}}");
    assertThat(text(second)).isEqualTo("Hello {{name}} of {{city}}");
    assertThat(composition(second).defaults())
        .isEqualTo(Map.of("name", "friend", "city", "Harare"));
    assertThat(text(older)).isEqualTo("Dear {{name}}");
    assertThat(composition(older).defaults()).isEqualTo(Map.of("name", "you"));
    assertThat(create(latest).job().bulkId()).isEqualTo(first.bulkId());
    assertThat(refusal(ofTemplate(id, 0).to(ONE)))
        .isEqualTo(new DomainError.NotFound(DomainError.NotFound.Kind.TEMPLATE, id));
  }

  @Test
  void findsNoTemplateOfAStrangerAndNoVersionThatIsNotThere() {
    String id = template("hello", Map.of()).head().id().toString();
    DomainException stranger =
        catchThrowableOfType(
            DomainException.class,
            () -> house.createBulkJob.handle(ofTemplate(id, 0).to(ONE).by(house.store.newScope())));

    assertThat(stranger.error())
        .isEqualTo(new DomainError.NotFound(DomainError.NotFound.Kind.TEMPLATE, id));
    for (Submission wrong : List.of(ofTemplate(UNKNOWN, 2), ofTemplate("x", 0))) {
      assertThat(refusal(wrong.to(ONE))).isInstanceOf(DomainError.NotFound.class);
    }
    assertThat(refusal(ofTemplate(id, 2).to(ONE)))
        .isEqualTo(new DomainError.NoTemplateVersion(id, 2, 1));
  }

  @Test
  void tellsOtherContentUnderTheSameRequestId() {
    Submission first = anSms("{{name}}").withDefaults(Map.of("name", "x")).to(ONE);
    create(first.withRequestId("r-1"));

    for (Submission other :
        List.of(
            anSms("{{name}}").withDefaults(Map.of("name", "y")).to(ONE),
            anSms("{{name}}").plainly().to(ONE),
            anSms("{{name}}")
                .withDefaults(Map.of("name", "x"))
                .filling(ONE, Map.of("name", "y")))) {
      assertThat(refusal(other.withRequestId("r-1")))
          .isEqualTo(new DomainError.RequestIdReused("r-1"));
    }
    assertThat(create(first).job().counters().total()).isEqualTo(1);
  }

  private CreateBulkJob.Result create(Submission submission) {
    return house.createBulkJob.handle(submission.by(house.scope));
  }

  private DomainError refusal(Submission submission) {
    return catchThrowableOfType(DomainException.class, () -> create(submission)).error();
  }

  private List<FieldViolation> violations(Submission submission) {
    return ((DomainError.InvalidFields) refusal(submission)).violations();
  }

  private List<StoredMessage> stored(BulkJob job) {
    return house.store.messages().load(new ChunkKey(job.id(), 0), 0, 10);
  }

  private Message message(BulkJob job, int position) {
    return house
        .store
        .messages()
        .find(house.scope, new MessageId(job.bulkId(), position))
        .orElseThrow();
  }

  private Composition composition(BulkJob job) {
    return house.store.jobs().dispatchJob(job.id()).orElseThrow().composition();
  }

  private String text(BulkJob job) {
    return ((SmsContent) house.store.jobs().dispatchJob(job.id()).orElseThrow().content()).text();
  }

  private Idempotency idempotency() {
    return new Idempotency(house.store, house.store.keys(), house.clock);
  }

  private Template template(String text, Map<String, String> defaults) {
    return new CreateTemplate(
            idempotency(),
            house.store.templates(),
            new PlainTemplating(),
            new SequentialIds(),
            house.clock,
            ContentLimits.DEFAULTS)
        .handle(
            new CreateTemplate.Command(
                Submission.callerOf(house.scope),
                "",
                new TemplateLabel("welcome", ""),
                new TemplateBody(
                    new SmsContent(text, ""), new Composition(ContentSyntax.MUSTACHE, defaults))))
        .template();
  }

  private void change(String id, String text) {
    new UpdateTemplate(
            idempotency(),
            house.store.templates(),
            new PlainTemplating(),
            house.clock,
            ContentLimits.DEFAULTS)
        .handle(
            new UpdateTemplate.Command(
                Submission.callerOf(house.scope),
                id,
                "",
                "",
                new UpdateTemplate.Changes(null, null, new SmsContent(text, ""), null, null)));
  }
}
