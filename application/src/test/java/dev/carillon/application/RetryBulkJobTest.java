package dev.carillon.application;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static dev.carillon.application.fixture.JobFixture.anSmsJobSaying;
import static dev.carillon.application.fixture.Submission.callerOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.application.fixture.Background;
import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.application.port.StoredMessage;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.content.Composition;
import dev.carillon.domain.content.ContentSyntax;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.Priority;
import dev.carillon.domain.job.RetrySelection;
import dev.carillon.domain.job.SendWindow;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageStatus;
import dev.carillon.domain.template.TemplateId;
import dev.carillon.domain.template.TemplateRef;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RetryBulkJobTest {
  private static final RetrySelection DEFAULT = RetrySelection.DEFAULT;

  private final ScriptedCarrier carrier = ScriptedCarrier.withWindow(4);
  private final House house = new House(carrier);
  private final Caller caller = callerOf(house.scope);

  @Test
  void sendsOnceMoreWhatFailedAndNothingElse() {
    StoredJob job = ended(9);

    BulkJob child = retry(job, DEFAULT);

    assertThat(child.counters().total()).isEqualTo(3);
    assertThat(child.counters().pending()).isEqualTo(3);
    assertThat(child.status()).isEqualTo(JobStatus.PENDING);
    assertThat(child.submission().parent()).isEqualTo(job.bulkId());
    assertThat(child.billing().parts()).isEqualTo(3);
    carrier.answering(ScriptedCarrier::accept);
    int before = carrier.wire().size();
    house.workAll();
    List<OutboundMessage> again = carrier.wire().subList(before, carrier.wire().size());
    assertThat(again).extracting(OutboundMessage::address).containsExactly("+0", "+3", "+6");
    assertThat(again).extracting(message -> message.ref().position()).containsExactly(0, 1, 2);
    assertThat(house.store.messages().load(new ChunkKey(child.id(), 0), 0, 4))
        .extracting(message -> message.own().text())
        .containsExactly("own 0", "own 3", "own 6");
    assertThat(find(child).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void goesByTheCarrierOfNow() {
    StoredJob job = ended(3);
    house.carriers.replaceBy(ScriptedCarrier.named("other", 4));

    BulkJob child = retry(job, DEFAULT);

    assertThat(child.submission().provider()).isEqualTo("other");
  }

  @Test
  void isRefusedWhileThereIsNoCarrier() {
    StoredJob job = ended(3);
    house.carriers.replaceBy(null);

    DomainException refusal =
        catchThrowableOfType(DomainException.class, () -> retry(job, DEFAULT));

    assertThat(refusal.error()).isInstanceOf(DomainError.NoCarrier.class);
    house.carriers.replaceBy(carrier);
    assertThat(retry(job, DEFAULT).counters().total()).isEqualTo(1);
  }

  @Test
  void isRefusedWhereItsHoursDoNotComeBeforeItExpires() {
    // It is Sunday, 10:00 in UTC, and a job lasts three days.
    SendWindow sundays =
        new SendWindow(
            LocalTime.of(9, 0), LocalTime.of(17, 0), Set.of(DayOfWeek.SUNDAY), ZoneId.of("UTC"));
    StoredJob job = house.stored(anSmsJob().to(1).within(sundays));
    carrier.answering(_ -> refused());
    house.workAll();
    house.clock.advance(Duration.ofDays(2));

    DomainError refusal = refusal(job, DEFAULT);

    assertThat(((DomainError.InvalidFields) refusal).violations())
        .extracting(FieldViolation::path)
        .containsExactly("bulk_id");
    house.clock.advance(Duration.ofDays(2));
    assertThat(retry(job, DEFAULT).counters().total()).isEqualTo(1);
  }

  @Test
  void saysTheSameWordsAgain() {
    Composition composition = new Composition(ContentSyntax.MUSTACHE, Map.of("name", "friend"));
    TemplateRef template = new TemplateRef(new TemplateId(new UUID(0x7000, 17)), 3);
    PersonalContent jane = PersonalContent.ofVariables(Map.of("name", "Jane"));
    StoredJob job =
        house.stored(
            anSmsJobSaying("Dear {{name}}")
                .composed(composition)
                .madeOf(template)
                .to("+263771000001", jane, ""));
    carrier.answering(_ -> refused());
    house.workAll();

    BulkJob child = retry(job, DEFAULT);

    assertThat(child.submission().template()).isEqualTo(template);
    assertThat(house.store.jobs().dispatchJob(child.id()).orElseThrow())
        .satisfies(known -> assertThat(known.composition()).isEqualTo(composition))
        .satisfies(known ->
            assertThat(known.content()).isEqualTo(new SmsContent("Dear {{name}}", "ACME")));
    assertThat(house.store.messages().load(new ChunkKey(child.id(), 0), 0, 4))
        .extracting(StoredMessage::own)
        .containsExactly(jane);
  }

  @Test
  void takesOverThePaceOfTheParentAndHasATimeOfItsOwn() {
    StoredJob job =
        house.stored(
            anSmsJob()
                .to(1)
                .named("spring")
                .labelled("team", "crm")
                .at(Priority.URGENT)
                .perSecond(5)
                .stoppingAt(30)
                .onUnknown(UnknownPolicy.FAIL));
    carrier.answering(_ -> refused());
    house.workAll();
    house.clock.advance(Duration.ofDays(10));

    BulkJob child = retry(job, DEFAULT);

    assertThat(child.submission().name()).isEqualTo("Retry of spring");
    assertThat(child.submission().labels()).containsEntry("team", "crm");
    assertThat(child.submission().priority()).isEqualTo(Priority.URGENT);
    assertThat(child.submission().plan().ratePerSecond()).isEqualTo(5);
    assertThat(child.submission().plan().failurePercent()).isEqualTo(30);
    assertThat(child.submission().plan().unknown()).isEqualTo(UnknownPolicy.FAIL);
    assertThat(child.submission().plan().sendTime()).isNull();
    assertThat(child.submission().plan().deadline())
        .isEqualTo(house.clock.instant().plus(Limits.DEFAULTS.maxAge()));
  }

  @Test
  void neverTakesWhatWasDeliveredAndWhatIsInDoubtOnlyOnDemand() {
    StoredJob job = ended(9);
    house.receipt(job.ref(1), ReceiptKind.DELIVERED);
    house.receipt(job.ref(4), ReceiptKind.UNDELIVERED);

    BulkJob inDoubt = retry(job, new RetrySelection(Set.of(), Set.of(), true));
    BulkJob undelivered =
        retry(job, new RetrySelection(Set.of(MessageStatus.UNDELIVERED), Set.of(), false));

    assertThat(inDoubt.counters().total()).isEqualTo(3);
    assertThat(undelivered.counters().total()).isEqualTo(1);
  }

  @Test
  void takesOnlyTheReasonsThatAreAskedFor() {
    StoredJob job = ended(9);

    assertThat(
            refusal(job, new RetrySelection(DEFAULT.statuses(), Set.of(Reason.THROTTLED), false)))
        .isEqualTo(new DomainError.NothingToRetry(job.bulkId().toString()));
    assertThat(
            retry(
                    job,
                    new RetrySelection(DEFAULT.statuses(), Set.of(Reason.CARRIER_REFUSED), false))
                .counters()
                .total())
        .isEqualTo(3);
  }

  @Test
  void takesNoMessageTwiceHoweverManyRetryAtATime() throws Exception {
    StoredJob job = ended(9);
    List<Background<Object>> retries = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      retries.add(Background.start(() -> outcome(job)));
    }
    List<Object> outcomes = new ArrayList<>();
    for (Background<Object> retry : retries) {
      outcomes.add(retry.result());
    }

    assertThat(outcomes.stream().filter(BulkJob.class::isInstance)).hasSize(1);
    assertThat(outcomes.stream().filter(DomainError.NothingToRetry.class::isInstance)).hasSize(7);
  }

  @Test
  void givesTheFirstAnswerAgainUnderTheSameRequestId() {
    StoredJob job = ended(3);
    BulkJob first = house.retryBulkJob.handle(command(job, "r-1", DEFAULT));
    carrier.answering(ScriptedCarrier::accept);
    house.workAll();

    assertThat(house.retryBulkJob.handle(command(job, "r-1", DEFAULT))).isEqualTo(first);
    DomainException reused =
        catchThrowableOfType(
            DomainException.class,
            () ->
                house.retryBulkJob.handle(
                    command(job, "r-1", new RetrySelection(DEFAULT.statuses(), Set.of(), true))));
    assertThat(reused.error()).isEqualTo(new DomainError.RequestIdReused("r-1"));
  }

  @Test
  void refusesAJobThatHasNotEndedAndStoresNothing() {
    StoredJob job = house.stored(anSmsJob().to(1));

    assertThat(refusal(job, DEFAULT))
        .isEqualTo(
            new DomainError.IllegalTransition(job.bulkId().toString(), JobStatus.PENDING, "retry"));
  }

  @Test
  void cutsALongNameAndKeepsItsCharactersWhole() {
    assertThat(JobNames.ofRetry("x".repeat(200))).hasSize(200).startsWith("Retry of xxx");
    String bells = JobNames.ofRetry("\uD83D\uDD14".repeat(200));
    assertThat(bells.codePointCount(0, bells.length())).isEqualTo(200);
    assertThat(Character.isHighSurrogate(bells.charAt(bells.length() - 1))).isFalse();
  }

  /// An ended job: of each three messages the first is refused, the second taken, the third lost.
  private StoredJob ended(int size) {
    carrier.answering(message ->
        switch (message.ref().position() % 3) {
          case 0 -> refused();
          case 1 -> ScriptedCarrier.accept(message);
          default -> new DispatchOutcome.Unconfirmed("time-out");
        });
    var job = anSmsJob();
    for (int i = 0; i < size; i++) {
      job.to("+" + i, PersonalContent.ofText("own " + i), "");
    }
    StoredJob stored = house.stored(job);
    house.workAll();
    return stored;
  }

  private static DispatchOutcome refused() {
    return new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, "no");
  }

  private Object outcome(StoredJob job) {
    try {
      return retry(job, DEFAULT);
    } catch (DomainException refused) {
      return refused.error();
    }
  }

  private BulkJob retry(StoredJob job, RetrySelection selection) {
    return house.retryBulkJob.handle(command(job, "", selection));
  }

  private DomainError refusal(StoredJob job, RetrySelection selection) {
    return catchThrowableOfType(DomainException.class, () -> retry(job, selection)).error();
  }

  private RetryBulkJob.Command command(StoredJob job, String requestId, RetrySelection selection) {
    return new RetryBulkJob.Command(caller, job.bulkId().toString(), requestId, "", selection);
  }

  private BulkJob find(BulkJob job) {
    return house.store.jobs().find(house.scope, job.bulkId()).orElseThrow();
  }
}
