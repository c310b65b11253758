package dev.carillon.application;

import static dev.carillon.application.fixture.Submission.aWhatsApp;
import static dev.carillon.application.fixture.Submission.anEmail;
import static dev.carillon.application.fixture.Submission.anEmailAbout;
import static dev.carillon.application.fixture.Submission.anEmailFrom;
import static dev.carillon.application.fixture.Submission.anSms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.application.fixture.Background;
import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.fixture.Submission;
import dev.carillon.application.port.Audiences;
import dev.carillon.application.port.StoredMessage;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.content.ContentLimits;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.error.RejectedEntry;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.DuplicatePolicy;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.Priority;
import dev.carillon.domain.recipient.RecipientId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CreateBulkJobTest {
  private final ScriptedCarrier carrier = ScriptedCarrier.withWindow(10);
  private final House house = new House(carrier);

  @Test
  void acceptsAJobBeforeAnythingIsSent() {
    BulkJob job = create(anSms("hello").to(3).labelled("team", "growth").at(Priority.URGENT)).job();

    assertThat(job.status()).isEqualTo(JobStatus.PENDING);
    assertThat(job.counters().total()).isEqualTo(3);
    assertThat(job.counters().pending()).isEqualTo(3);
    assertThat(job.submission().createdBy()).isEqualTo("key-1");
    assertThat(job.submission().provider()).isEqualTo("scripted");
    assertThat(job.submission().labels()).containsEntry("team", "growth");
    assertThat(job.submission().priority()).isEqualTo(Priority.URGENT);
    assertThat(job.billing().parts()).isEqualTo(3);
    assertThat(job.billing().held().micros()).isZero();
    assertThat(carrier.wire()).isEmpty();
    assertThat(house.store.jobs().find(house.scope, job.bulkId()).orElseThrow().counters())
        .isEqualTo(job.counters());
  }

  @Test
  void namesAJobByWhatItIsWhenItsCallerDoesNot() {
    assertThat(create(anSms("hello").to(3)).job().submission().name())
        .isEqualTo("SMS to 3 recipients");
    assertThat(create(aWhatsApp("hello").to(1)).job().submission().name())
        .isEqualTo("WhatsApp to 1 recipient");
    assertThat(create(anEmail("hello").to("a@example.com").named(" ")).job().submission().name())
        .isEqualTo("Email to 1 recipient");
    assertThat(create(anSms("hello").to(3).named("Spring")).job().submission().name())
        .isEqualTo("Spring");
  }

  @Test
  void cutsAJobIntoChunksAndStoresNormalisedAddresses() {
    StoredJob job = stored(anSms("hello").to("077 123 4567").telling("+263771234568", "own").to(8));

    assertThat(house.store.chunks().open(job.id(), -1, 10))
        .containsExactly(job.chunk(0), job.chunk(1), job.chunk(2));
    assertThat(house.store.messages().load(job.chunk(0), 0, 4))
        .startsWith(
            new StoredMessage(0, "+263771234567", PersonalContent.EMPTY, "Econet"),
            new StoredMessage(1, "+263771234568", PersonalContent.ofText("own"), "Econet"));
    assertThat(house.store.chunks().chunk(job.chunk(2)).size()).isEqualTo(2);
  }

  @Test
  void countsThePartsOfEachMessage() {
    BulkJob job =
        create(
                anSms("x".repeat(161))
                    .to("+263771000001")
                    .telling("+263771000002", "x".repeat(160))
                    .telling("+263771000003", "ж".repeat(71))
                    .to("nobody"))
            .job();

    assertThat(job.billing().parts()).isEqualTo(2 + 1 + 2);
  }

  @Test
  void leavesOutWhatCannotBeSentAndSaysWhyByPosition() {
    CreateBulkJob.Result result =
        create(
            anSms("hello")
                .to("+263771000001")
                .to("12")
                .to("")
                .telling("+263771000002", " ")
                .telling("+263771000003", "x".repeat(10_000))
                .referredToAs("r".repeat(129), "+263771000004")
                .to("9".repeat(400)));

    assertThat(result.rejected())
        .extracting(RejectedEntry::position, RejectedEntry::reason)
        .containsExactly(
            tuple(1, Reason.INVALID_DESTINATION),
            tuple(2, Reason.NO_ADDRESS),
            tuple(3, Reason.EMPTY_CONTENT),
            tuple(4, Reason.CONTENT_TOO_LONG),
            tuple(5, Reason.INVALID_CLIENT_REF),
            tuple(6, Reason.INVALID_DESTINATION));
    assertThat(result.rejected().getFirst().address()).isEqualTo("12");
    assertThat(result.job().counters().total()).isEqualTo(7);
    assertThat(result.job().counters().accepted()).isEqualTo(1);
    assertThat(result.job().counters().noAddress()).isEqualTo(1);
    assertThat(result.job().counters().invalid()).isEqualTo(5);
  }

  @Test
  void storesEntriesWithNulAsInvalidInsteadOfFailing() {
    CreateBulkJob.Result result =
        create(
            anSms("hello")
                .to("+263771000001")
                .to("+26377\0000002")
                .telling("+263771000003", "own\0text")
                .telling("nobody", "own\0text")
                .referredToAs("re\0f", "+263771000004"));

    assertThat(result.rejected())
        .extracting(RejectedEntry::reason)
        .containsExactly(
            Reason.INVALID_DESTINATION,
            Reason.INVALID_CONTENT,
            Reason.INVALID_DESTINATION,
            Reason.INVALID_CLIENT_REF);
  }

  @Test
  void refusesNulInTheJobsOwnTexts() {
    assertThat(violations(anSms("hel\0lo").to(1)))
        .extracting(FieldViolation::path)
        .contains("sms.text");
    assertThat(violations(anSms("hello").to(1).named("na\0me").labelled("k", "v\0")))
        .extracting(FieldViolation::path)
        .containsExactly("name", "labels");
  }

  @Test
  void countsAWhatsAppTextByCharactersAndNotByCodeUnits() {
    String fits = "😀".repeat(ContentLimits.DEFAULTS.whatsAppMaxCharacters());

    CreateBulkJob.Result result =
        create(
            aWhatsApp("hello")
                .telling("+263771000001", fits)
                .telling("+263771000002", fits + "😀"));

    assertThat(result.rejected())
        .containsExactly(new RejectedEntry(1, "+263771000002", Reason.CONTENT_TOO_LONG));
  }

  @Test
  void leavesOutTheSameContentToTheSameAddress() {
    CreateBulkJob.Result result =
        create(
            anSms("hello")
                .to("+263771000001")
                .to("0771000001")
                .telling("+263771000001", "other")
                .telling("+263771000001", "other")
                .telling("+263771000001", "hello")
                .telling("+263771000002", "hello")
                .to("+263771000002"));

    assertThat(positions(result, Reason.DUPLICATE)).containsExactly(1, 3, 4, 6);
    assertThat(result.job().counters().duplicate()).isEqualTo(4);
  }

  @Test
  void leavesOutTheSameAddressWhateverItSaysWhenAskedTo() {
    CreateBulkJob.Result result =
        create(
            anSms("hello")
                .to("+263771000001")
                .telling("+263771000001", "other")
                .to("+263771000002")
                .judgingDuplicates(DuplicatePolicy.BY_ADDRESS));

    assertThat(positions(result, Reason.DUPLICATE)).containsExactly(1);
  }

  @Test
  void keepsDuplicatesWhenAskedTo() {
    CreateBulkJob.Result result =
        create(
            anSms("hello")
                .to("+263771000001", "+263771000001")
                .judgingDuplicates(DuplicatePolicy.KEEP));

    assertThat(result.rejected()).isEmpty();
    assertThat(result.job().counters().accepted()).isEqualTo(2);
  }

  @Test
  void takesNoInvalidEntryForTheFirstOfTwo() {
    CreateBulkJob.Result result =
        create(
            anSms("")
                .telling("+263771000001", "")
                .telling("+263771000001", "hello")
                .judgingDuplicates(DuplicatePolicy.BY_ADDRESS));

    assertThat(result.rejected())
        .containsExactly(new RejectedEntry(0, "+263771000001", Reason.EMPTY_CONTENT));
  }

  @Test
  void leavesOutWhoIsSuppressedForTheChannelAndScopeOnly() {
    house.store.suppressions().add(house.scope, Channel.SMS, "+263771000001");
    house.store.suppressions().add(house.scope, Channel.WHATSAPP, "+263771000002");
    house.store.suppressions().add(test(house.scope), Channel.SMS, "+263771000003");

    CreateBulkJob.Result result =
        create(anSms("hello").to("0771000001", "+263771000002", "+263771000003"));

    assertThat(result.rejected())
        .containsExactly(new RejectedEntry(0, "+263771000001", Reason.SUPPRESSED));
    assertThat(result.job().counters().suppressed()).isEqualTo(1);
  }

  @Test
  void callsADuplicateOfASuppressedEntryADuplicate() {
    house.store.suppressions().add(house.scope, Channel.SMS, "+263771000001");

    CreateBulkJob.Result result =
        create(anSms("hello").to("+263771000001", "+263771000001", "+263771000002"));

    assertThat(result.rejected())
        .extracting(RejectedEntry::reason)
        .containsExactly(Reason.SUPPRESSED, Reason.DUPLICATE);
  }

  @Test
  void tellsNoMoreLeftOutEntriesThanAllowedButCountsAll() {
    House small = new House(carrier, House.limits(100, 2));

    CreateBulkJob.Result result =
        small.createBulkJob.handle(anSms("hello").to(1).to("1", "2", "3").by(small.scope));

    assertThat(result.rejected()).extracting(RejectedEntry::position).containsExactly(1, 2);
    assertThat(result.job().counters().invalid()).isEqualTo(3);
  }

  @Test
  void refusesAJobWithoutAnyValidRecipientAndStoresNothing() {
    DomainError error = refusal(anSms("hello").to("1", "2").withRequestId("r-1"));

    assertThat(error)
        .isEqualTo(
            new DomainError.NoValidRecipients(
                List.of(
                    new RejectedEntry(0, "1", Reason.INVALID_DESTINATION),
                    new RejectedEntry(1, "2", Reason.INVALID_DESTINATION)),
                2));
    assertStoredNothing();
  }

  @Test
  void refusesAnEmptyJob() {
    List<FieldViolation> violations = violations(anSms("hello"));

    assertThat(violations).extracting(FieldViolation::path).containsExactly("sms.to");
    assertThat(violations.getFirst().description())
        .contains("to", "entries", "recipient_ids", "group_id", "tag_expression", "upload");
    assertStoredNothing();
  }

  @Test
  void acceptsAsManyAsTheLimitAndRefusesOneMore() {
    House small = new House(carrier, House.limits(3, 10));

    assertThat(
            small
                .createBulkJob
                .handle(anSms("hello").to(3).by(small.scope))
                .job()
                .counters()
                .total())
        .isEqualTo(3);
    assertThat(
            catchThrowableOfType(
                    DomainException.class,
                    () -> small.createBulkJob.handle(anSms("hello").to(4).by(small.scope)))
                .error())
        .isInstanceOf(DomainError.InvalidFields.class);
    assertThat(small.store.jobs().all()).hasSize(1);
  }

  @Test
  void refusesASenderOfAMailThatIsNoMailbox() {
    assertThat(violations(anEmailFrom("nope", "<>").to("a@example.com")))
        .extracting(FieldViolation::path)
        .containsExactly("email.from", "email.reply_to");
    assertThat(
            create(anEmailFrom("Shop <shop@example.com>", "help@example.com").to("a@example.com"))
                .job()
                .counters()
                .accepted())
        .isEqualTo(1);
  }

  @Test
  void refusesAnEmailForWhichNobodyGivesASubject() {
    for (Submission silent :
        List.of(
            anEmailAbout(" ", "hello").to("a@example.com"),
            anEmailAbout("", "hello")
                .writing("a@example.com", new PersonalContent("hi", null, null, List.of())),
            anEmailAbout("", "hello")
                .toStored(new Audiences.Selection.Ids(List.of(new RecipientId(1)))))) {
      assertThat(violations(silent))
          .extracting(FieldViolation::path)
          .containsExactly("email.subject");
    }
    assertStoredNothing();
  }

  @Test
  void leavesOutWhoGetsAnEmailWithoutASubject() {
    PersonalContent news = new PersonalContent(null, "News", null, List.of());
    CreateBulkJob.Result mixed =
        create(anEmailAbout("", "hello").to("a@example.com").writing("b@example.com", news));
    CreateBulkJob.Result filled =
        create(
            anEmailAbout("{{what}}", "hello")
                .filling("a@example.com", Map.of("what", "News"))
                .filling("b@example.com", Map.of("what", " ")));

    assertThat(mixed.rejected())
        .containsExactly(
            new RejectedEntry(
                0, "a@example.com", Reason.INVALID_CONTENT, "an email needs a subject"));
    assertThat(filled.rejected())
        .extracting(RejectedEntry::position, RejectedEntry::reason)
        .containsExactly(tuple(1, Reason.INVALID_CONTENT));
    assertThat(create(anEmailAbout("", "hello").toBeUploaded()).job().status())
        .isEqualTo(JobStatus.OPEN);
  }

  @Test
  void refusesADeclaredCountThatIsWrong() {
    assertThat(violations(anSms("hello").to(3).declaring(4)))
        .extracting(FieldViolation::path)
        .containsExactly("count");
    assertThat(create(anSms("hello").to(3).declaring(3)).job().counters().total()).isEqualTo(3);
  }

  @Test
  void refusesAJobInWhichNobodySaysAnything() {
    assertThat(violations(anSms("").to(3))).extracting(FieldViolation::path).containsExactly("sms");
  }

  @Test
  void refusesWhenNoCarrierServesTheChannel() {
    house.carriers.replaceBy(null);

    assertThat(refusal(anSms("hello").to(1))).isEqualTo(new DomainError.NoCarrier("SMS"));
    assertStoredNothing();
  }

  @Test
  void storesNothingWhenTheStoreIsDown() {
    house.store.setUnavailable(true);
    DomainError error = refusal(anSms("hello").to(1).withRequestId("r-1"));
    house.store.setUnavailable(false);

    assertThat(error).isInstanceOf(DomainError.StoreUnavailable.class);
    assertStoredNothing();
  }

  @Test
  void answersARepeatedRequestWithTheSameJob() {
    Submission submission = anSms("hello").to(2).to("nobody").withRequestId("r-1");

    CreateBulkJob.Result first = create(submission);
    CreateBulkJob.Result second = create(submission);

    assertThat(second).isEqualTo(first);
    assertThat(house.store.jobs().all()).hasSize(1);
  }

  @Test
  void answersARepeatAsAtFirstAfterTheJobHasMovedOn() {
    Submission submission = anSms("hello").to(5).to("nobody").withRequestId("r-1");
    CreateBulkJob.Result first = create(submission);
    house.workAll();
    assertThat(house.getBulkJob.handle(query(first)).job().status()).isEqualTo(JobStatus.COMPLETED);

    assertThat(create(submission)).isEqualTo(first);
  }

  @Test
  void answersARepeatThatCouldNotBeAcceptedAnyMore() {
    Submission submission = anSms("hello").to("+263771000001").withRequestId("r-1");
    CreateBulkJob.Result first = create(submission);
    house.store.suppressions().add(house.scope, Channel.SMS, "+263771000001");
    house.carriers.replaceBy(null);

    assertThat(create(submission)).isEqualTo(first);
  }

  @Test
  void letsARequestIdBeUsedAgainAfterARefusal() {
    refusal(anSms("hello").to("nobody").withRequestId("r-1"));

    assertThat(create(anSms("hello").to(1).withRequestId("r-1")).job().counters().total())
        .isEqualTo(1);
  }

  @Test
  void refusesOtherContentUnderTheSameRequestId() {
    create(anSms("hello").to(2).withRequestId("r-1"));

    for (Submission other :
        List.of(
            anSms("hallo").to(2),
            anSms("hello").to(3),
            anSms("hello").to(2).named("other"),
            anSms("hello").to(2).labelled("a", "b"),
            anSms("hello").to(2).declaring(2),
            anSms("hello").to(2).at(Priority.BULK),
            anSms("hello").to(2).judgingDuplicates(DuplicatePolicy.KEEP),
            aWhatsApp("hello").to(2))) {
      assertThat(refusal(other.withRequestId("r-1")))
          .isEqualTo(new DomainError.RequestIdReused("r-1"));
    }
    assertThat(house.store.jobs().all()).hasSize(1);
  }

  @Test
  void keepsRequestIdsOfScopesApartAndMakesAJobOfEveryCallWithoutOne() {
    create(anSms("hello").to(1).withRequestId("r-1"));
    house.createBulkJob.handle(anSms("hello").to(1).withRequestId("r-1").by(test(house.scope)));
    create(anSms("hello").to(1));
    create(anSms("hello").to(1));

    assertThat(house.store.jobs().all()).hasSize(4);
  }

  @Test
  void makesOneJobOfAHundredCallersWithTheSameRequestId() {
    CreateBulkJob.Command command = anSms("hello").to(5).withRequestId("r-1").by(house.scope);

    List<CreateBulkJob.Result> results =
        Background.together(100, () -> house.createBulkJob.handle(command));

    assertThat(results.stream().distinct()).hasSize(1);
    assertThat(house.store.jobs().all()).hasSize(1);
    assertThat(house.store.keys().size()).isEqualTo(1);
  }

  @Test
  void tellsNobodysAddressInItsText() {
    CreateBulkJob.Command command =
        anSms("secret text").telling("+263771000001", "secret").by(house.scope);

    assertThat(command.toString() + command.audience() + command.content())
        .doesNotContain("secret", "26377");
  }

  private CreateBulkJob.Result create(Submission submission) {
    return house.createBulkJob.handle(submission.by(house.scope));
  }

  private StoredJob stored(Submission submission) {
    BulkJob job = create(submission).job();
    return new StoredJob(job.id(), job.bulkId(), job.scope(), (int) job.counters().total(), 4);
  }

  private DomainError refusal(Submission submission) {
    return catchThrowableOfType(DomainException.class, () -> create(submission)).error();
  }

  private List<FieldViolation> violations(Submission submission) {
    return ((DomainError.InvalidFields) refusal(submission)).violations();
  }

  private void assertStoredNothing() {
    assertThat(house.store.jobs().all()).isEmpty();
    assertThat(house.store.keys().size()).isZero();
    assertThat(house.feed.notices()).isZero();
  }

  private GetBulkJob.Query query(CreateBulkJob.Result result) {
    return new GetBulkJob.Query(Submission.callerOf(house.scope), result.job().bulkId().toString());
  }

  private static List<Integer> positions(CreateBulkJob.Result result, Reason reason) {
    return result.rejected().stream()
        .filter(entry -> entry.reason() == reason)
        .map(RejectedEntry::position)
        .toList();
  }

  private static Scope test(Scope live) {
    return new Scope(live.business(), Environment.TEST);
  }
}
