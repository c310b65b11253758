package dev.carillon.application;

import static dev.carillon.application.fixture.JobFixture.CREATED;
import static dev.carillon.application.fixture.Submission.anSms;
import static dev.carillon.application.fixture.Submission.callerOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.Submission;
import dev.carillon.application.keeping.AbandonUploads;
import dev.carillon.application.port.MessageFilter;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.settling.Forgetting;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.error.RejectedEntry;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.Counters;
import dev.carillon.domain.job.DuplicatePolicy;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.MisfirePolicy;
import dev.carillon.domain.job.SendWindow;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.domain.job.UploadReport;
import dev.carillon.domain.message.Message;
import dev.carillon.domain.message.MessageRef;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Jobs whose recipients are uploaded chunk by chunk.
class UploadTest {
  private static final Submission HELLO = anSms("hello").toBeUploaded();

  private final ScriptedCarrier carrier = ScriptedCarrier.withWindow(10);
  private final House house = new House(carrier);
  private final Caller caller = callerOf(house.scope);
  private final AbandonUploads abandonUploads =
      new AbandonUploads(
          new AbandonUploads.Store(house.store, house.store.jobs(), house.store.uploads()),
          house.life,
          house.feed,
          house.clock,
          House.UPLOADS.openAge());

  @Test
  void opensAJobWithoutRecipients() {
    BulkJob job = open(HELLO);

    assertThat(job.status()).isEqualTo(JobStatus.OPEN);
    assertThat(job.counters()).isEqualTo(Counters.NONE);
    assertThat(job.submission().name()).isEqualTo("SMS to recipients being uploaded");
    assertThat(shown(job).nextSequence()).hasValue(1);
    house.workAll();
    assertThat(current(job).status()).isEqualTo(JobStatus.OPEN);
  }

  @Test
  void storesChunksInTheirOrderAndCountsThem() {
    BulkJob job = open(HELLO);

    AddBulkJobRecipients.Result first = add(job, 1, anSms("").to(6));
    AddBulkJobRecipients.Result second = add(job, 2, anSms("").to("+263772000001", "12"));

    assertThat(first.report()).isEqualTo(new UploadReport(1, 0, 6, 0, 0, 0, 0, 6));
    assertThat(first.rejected()).isEmpty();
    assertThat(second.report()).isEqualTo(new UploadReport(2, 6, 1, 1, 0, 0, 0, 1));
    assertThat(second.rejected())
        .containsExactly(new RejectedEntry(7, "12", Reason.INVALID_DESTINATION));
    BulkJob now = current(job);
    assertThat(now.status()).isEqualTo(JobStatus.OPEN);
    assertThat(now.counters().total()).isEqualTo(8);
    assertThat(now.counters().pending()).isEqualTo(7);
    assertThat(now.billing().parts()).isEqualTo(7);
    assertThat(shown(job).nextSequence()).hasValue(3);
    assertThat(messages(job))
        .extracting(message -> message.id().position())
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(messages(job).get(6).address()).isEqualTo("+263772000001");
  }

  @Test
  void sendsNothingBeforeTheStartAndEverythingAfterIt() {
    BulkJob job = open(HELLO);
    add(job, 1, anSms("").to(6));
    add(job, 2, anSms("").to("+263772000001", "12"));
    house.workAll();
    assertThat(carrier.wire()).isEmpty();

    BulkJob started = start(job);

    assertThat(started.status()).isEqualTo(JobStatus.PENDING);
    assertThat(started.submission().name()).isEqualTo("SMS to 8 recipients");
    assertThat(shown(job).nextSequence()).isEqualTo(OptionalInt.empty());
    house.workAll();
    assertThat(carrier.wire())
        .extracting(OutboundMessage::ref)
        .extracting(ref -> ref.position())
        .containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThat(current(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void answersARepeatedChunkWithTheFirstAcknowledgementAndAddsNothing() {
    BulkJob job = open(HELLO);
    Submission chunk = anSms("").to(3).to("12", "+263772000001", "+263772000001");
    AddBulkJobRecipients.Result first = add(job, 1, chunk);
    add(job, 2, anSms("").to("+263772000009"));
    Counters before = current(job).counters();

    assertThat(add(job, 1, chunk)).isEqualTo(first);
    assertThat(current(job).counters()).isEqualTo(before);
    start(job);
    assertThat(add(job, 1, chunk)).isEqualTo(first);
  }

  @Test
  void storesChunksThatWereReadAheadInTheirOrder() {
    BulkJob job = open(HELLO);
    AddBulkJobRecipients.Chunk first = chunk(job, 1, anSms("").to(3));
    AddBulkJobRecipients.Chunk second = chunk(job, 2, anSms("").to(4));
    AddBulkJobRecipients.Chunk another = chunk(job, 2, anSms("").to(5));

    assertThat(refusal(second::store))
        .isEqualTo(new DomainError.SequenceGap(job.bulkId().toString(), 1, 2));
    assertThat(current(job).counters().total()).isZero();
    assertThat(first.store().report()).isEqualTo(new UploadReport(1, 0, 3, 0, 0, 0, 0, 3));
    assertThat(second.store().report()).isEqualTo(new UploadReport(2, 3, 1, 0, 3, 0, 0, 1));
    assertThat(second.store().report()).isEqualTo(new UploadReport(2, 3, 1, 0, 3, 0, 0, 1));
    assertThat(refusal(another::store))
        .isEqualTo(new DomainError.SequenceReused(job.bulkId().toString(), 2));
  }

  @Test
  void refusesOtherRecipientsUnderTheSameSequence() {
    BulkJob job = open(HELLO);
    add(job, 1, anSms("").to("+263772000001", "+263772000002"));

    for (Submission other :
        List.of(
            anSms("").to("+263772000001"),
            anSms("").to("+263772000002", "+263772000001"),
            anSms("").to("+263772000001").telling("+263772000002", "own"),
            anSms("").to("+263772000001").referredToAs("r", "+263772000002"))) {
      assertThat(refusal(job, 1, other))
          .isEqualTo(new DomainError.SequenceReused(job.bulkId().toString(), 1));
    }
    assertThat(current(job).counters().total()).isEqualTo(2);
  }

  @Test
  void refusesAChunkThatLeavesAGap() {
    BulkJob job = open(HELLO);

    assertThat(refusal(job, 2, anSms("").to(1)))
        .isEqualTo(new DomainError.SequenceGap(job.bulkId().toString(), 1, 2));
    add(job, 1, anSms("").to(1));
    assertThat(refusal(job, 3, anSms("").to(1)))
        .isEqualTo(new DomainError.SequenceGap(job.bulkId().toString(), 2, 3));
    assertThat(refusal(job, Long.MAX_VALUE, anSms("").to(1)))
        .isEqualTo(new DomainError.SequenceGap(job.bulkId().toString(), 2, Long.MAX_VALUE));
    assertThat(current(job).counters().total()).isEqualTo(1);
  }

  @Test
  void leavesOutDuplicatesOverTheWholeJob() {
    BulkJob job = open(HELLO);
    add(job, 1, anSms("").to("+263772000001").telling("+263772000001", "own"));

    AddBulkJobRecipients.Result second =
        add(
            job,
            2,
            anSms("")
                .to("0772000001")
                .telling("+263772000001", "own")
                .telling("+263772000001", "hello")
                .telling("+263772000001", "else")
                .telling("+263772000001", "else")
                .to("+263772000002"));

    assertThat(second.report()).isEqualTo(new UploadReport(2, 2, 2, 0, 4, 0, 0, 2));
    assertThat(second.rejected()).extracting(RejectedEntry::position).containsExactly(2, 3, 4);
    assertThat(current(job).counters().duplicate()).isEqualTo(4);
  }

  @Test
  void judgesDuplicatesByThePolicyOfTheJob() {
    BulkJob byAddress =
        open(anSms("hello").toBeUploaded().judgingDuplicates(DuplicatePolicy.BY_ADDRESS));
    BulkJob keep = open(anSms("hello").toBeUploaded().judgingDuplicates(DuplicatePolicy.KEEP));
    for (BulkJob job : List.of(byAddress, keep)) {
      add(job, 1, anSms("").to("+263772000001"));
      add(job, 2, anSms("").to("+263772000001").telling("+263772000001", "own"));
    }

    assertThat(current(byAddress).counters().duplicate()).isEqualTo(2);
    assertThat(current(keep).counters().duplicate()).isZero();
    assertThat(house.store.uploads().claims()).isEqualTo(1);
  }

  @Test
  void leavesOutWhomTheBusinessMustNotWriteTo() {
    house.store.suppressions().add(house.scope, Channel.SMS, "+263772000001");
    BulkJob job = open(HELLO);

    assertThat(add(job, 1, anSms("").to("+263772000001", "", "+263772000002")).report())
        .isEqualTo(new UploadReport(1, 0, 1, 0, 0, 1, 1, 1));
  }

  @Test
  void readsNumbersAgainstTheRegionOfTheJob() {
    BulkJob job = open(HELLO);

    add(job, 1, anSms("").to("077 200 0001"));

    assertThat(messages(job).getFirst().address()).isEqualTo("+263772000001");
  }

  @Test
  void tellsNoMoreLeftOutEntriesThanTheLimit() {
    BulkJob job = open(HELLO);
    add(job, 1, anSms("").to("1", "2"));

    assertThat(add(job, 2, anSms("").to("3", "4", "5", "6", "+263772000001")).rejected())
        .extracting(RejectedEntry::address)
        .containsExactly("3", "4", "5");
  }

  @Test
  void refusesAChunkThatIsEmptyOrTooLarge() {
    BulkJob job = open(HELLO);

    assertThat(fields(refusal(job, 1, anSms("")))).containsExactly("entries");
    assertThat(fields(refusal(job, 1, anSms("").to(11)))).containsExactly("entries");
    assertThat(fields(refusal(job, 0, anSms("").to(1)))).containsExactly("sequence");
    add(job, 1, anSms("").to(10));
  }

  @Test
  void takesNoMoreRecipientsAndChunksThanAJobMayHave() {
    BulkJob many = open(HELLO);
    for (int sequence = 1; sequence <= 3; sequence++) {
      add(many, sequence, anSms("").to(10));
    }
    add(many, 4, anSms("").to(9));
    assertThat(refusal(many, 5, anSms("").to(2)))
        .isEqualTo(new DomainError.TooManyRecipients(many.bulkId().toString(), "recipients", 40));
    add(many, 5, anSms("").to(1));

    BulkJob crumbs = open(HELLO);
    for (int sequence = 1; sequence <= 5; sequence++) {
      add(crumbs, sequence, anSms("").to(1));
    }
    assertThat(refusal(crumbs, 6, anSms("").to(1)))
        .isEqualTo(new DomainError.TooManyRecipients(crumbs.bulkId().toString(), "chunks", 5));
  }

  @Test
  void addsNothingToAJobThatIsNotOpen() {
    BulkJob started = open(HELLO);
    add(started, 1, anSms("").to(1));
    start(started);
    BulkJob cancelled = open(HELLO);
    cancel(cancelled);
    BulkJob listed = house.createBulkJob.handle(anSms("hello").to(1).by(house.scope)).job();

    assertThat(refusal(started, 2, anSms("").to(1))).isEqualTo(illegal(started, JobStatus.PENDING));
    assertThat(refusal(cancelled, 1, anSms("").to(1)))
        .isEqualTo(illegal(cancelled, JobStatus.CANCELLED));
    assertThat(refusal(listed, 1, anSms("").to(1))).isEqualTo(illegal(listed, JobStatus.PENDING));
  }

  @Test
  void knowsNoJobOfSomebodyElse() {
    BulkJob job = open(HELLO);
    Caller stranger = callerOf(new Scope(house.scope.business(), Environment.TEST));

    for (String id : List.of(job.bulkId().toString(), "nonsense")) {
      assertThat(
              refusal(() ->
                  house.addBulkJobRecipients.handle(
                      new AddBulkJobRecipients.Command(
                          stranger, id, 1, anSms("").to(1).entries()))))
          .isEqualTo(new DomainError.NotFound(DomainError.NotFound.Kind.BULK_JOB, id));
      assertThat(
              refusal(() ->
                  house.startBulkJob.handle(
                      new StartBulkJob.Command(stranger, id, "", OptionalLong.empty()))))
          .isEqualTo(new DomainError.NotFound(DomainError.NotFound.Kind.BULK_JOB, id));
    }
  }

  @Test
  void storesNothingOfAChunkWhenTheStoreIsDown() {
    BulkJob job = open(HELLO);
    house.store.setUnavailable(true);
    assertThat(refusal(job, 1, anSms("").to(3))).isInstanceOf(DomainError.StoreUnavailable.class);
    house.store.setUnavailable(false);

    assertThat(current(job).counters().total()).isZero();
    assertThat(add(job, 1, anSms("").to(3)).report().accepted()).isEqualTo(3);
  }

  @Test
  void goesOnAfterAnAcknowledgementThatNobodyHeard() {
    BulkJob job = open(HELLO);
    AddBulkJobRecipients.Chunk chunk = chunk(job, 1, anSms("").to(3));
    house.store.loseNextAnswer();
    assertThat(refusal(chunk::store)).isInstanceOf(DomainError.StoreUnavailable.class);
    assertThat(current(job).counters().total()).isEqualTo(3);

    assertThat(add(job, 1, anSms("").to(3)).report())
        .isEqualTo(new UploadReport(1, 0, 3, 0, 0, 0, 0, 3));
    assertThat(current(job).counters().total()).isEqualTo(3);
  }

  @Test
  void tellsWatchersOfEveryChunkAndOfTheStart() {
    BulkJob job = open(HELLO);
    List<JobId> told = new ArrayList<>();
    house.feed.onChange(told::add);

    add(job, 1, anSms("").to(1));
    long afterChunk = current(job).version();
    start(job);

    assertThat(told).containsExactly(job.id(), job.id());
    assertThat(afterChunk).isGreaterThan(job.version());
    assertThat(current(job).version()).isGreaterThan(afterChunk);
  }

  @Test
  void keepsTheNameThatItsOwnerGave() {
    BulkJob job = open(anSms("hello").toBeUploaded().named("Spring"));
    add(job, 1, anSms("").to(1));

    assertThat(start(job).submission().name()).isEqualTo("Spring");
  }

  @Test
  void waitsForASendTimeThatIsAhead() {
    Instant sendTime = CREATED.plus(Duration.ofHours(2));
    BulkJob job = open(anSms("hello").toBeUploaded().planned(plan(sendTime, null)));
    add(job, 1, anSms("").to(1));
    house.pass(Duration.ofHours(1));

    BulkJob started = start(job);

    assertThat(started.status()).isEqualTo(JobStatus.SCHEDULED);
    assertThat(started.submission().plan().sendTime()).isEqualTo(sendTime);
    assertThat(started.submission().plan().deadline())
        .isEqualTo(sendTime.plus(Limits.DEFAULTS.maxAge()));
  }

  @Test
  void reckonsItsTimesFromTheStart() {
    Instant sendTime = CREATED.plus(Duration.ofHours(2));
    BulkJob late = open(anSms("hello").toBeUploaded().planned(plan(sendTime, null)));
    add(late, 1, anSms("").to(1));
    Instant expireTime = CREATED.plus(Duration.ofHours(30));
    BulkJob expiring = open(anSms("hello").toBeUploaded().planned(plan(null, expireTime)));
    add(expiring, 1, anSms("").to(1));
    house.pass(Duration.ofHours(3));

    BulkJob started = start(late);

    assertThat(started.status()).isEqualTo(JobStatus.PENDING);
    assertThat(started.submission().plan().sendTime()).isNull();
    assertThat(started.submission().plan().deadline())
        .isEqualTo(house.clock.instant().plus(Limits.DEFAULTS.maxAge()));
    assertThat(start(expiring).submission().plan().deadline()).isEqualTo(expireTime);
  }

  @Test
  void startsNoJobWhoseHoursAreOverBeforeTheyBegin() {
    // It is Sunday; a job lives for three days from its start.
    SendWindow saturdays =
        new SendWindow(
            LocalTime.of(9, 0), LocalTime.of(17, 0), Set.of(DayOfWeek.SATURDAY), ZoneId.of("UTC"));
    BulkJob job = open(anSms("hello").toBeUploaded().planned(within(saturdays)));
    add(job, 1, anSms("").to(1));
    house.pass(Duration.ofDays(1));

    assertThat(fields(refusal(() -> start(job)))).containsExactly("send_window");
    assertThat(current(job).status()).isEqualTo(JobStatus.OPEN);

    house.pass(Duration.ofHours(34));
    assertThat(start(job).status()).isEqualTo(JobStatus.PENDING);
  }

  @Test
  void startsNoJobToNobody() {
    BulkJob job = open(HELLO);
    assertThat(refusal(() -> start(job)))
        .isEqualTo(new DomainError.NoValidRecipients(List.of(), 0));
    add(job, 1, anSms("").to("12"));

    assertThat(refusal(() -> start(job)))
        .isEqualTo(
            new DomainError.NoValidRecipients(
                List.of(new RejectedEntry(0, "12", Reason.INVALID_DESTINATION)), 1));

    assertThat(current(job).status()).isEqualTo(JobStatus.OPEN);
    add(job, 2, anSms("").to(1));
    assertThat(start(job).status()).isEqualTo(JobStatus.PENDING);
  }

  @Test
  void startsOnlyWhenAsManyCameAsWereDeclared() {
    BulkJob job = open(HELLO);
    add(job, 1, anSms("").to(3).to("12"));

    assertThat(fields(refusal(() -> start(job, "", OptionalLong.of(3))))).containsExactly("count");
    assertThat(current(job).status()).isEqualTo(JobStatus.OPEN);
    assertThat(start(job, "", OptionalLong.of(4)).status()).isEqualTo(JobStatus.PENDING);
  }

  @Test
  void endsAJobAtItsStartOfWhichEverybodyWasDeletedMeanwhile() {
    BulkJob job = open(HELLO);
    add(job, 1, anSms("").to(2));
    Forgetting forgetting = new Forgetting(house.settlingStore, house.life, house.clock);
    List<MessageRef> all = List.of(new MessageRef(job.id(), 0, 0), new MessageRef(job.id(), 0, 1));
    house.store.run(() -> forgetting.release(all));
    assertThat(current(job).status()).isEqualTo(JobStatus.OPEN);

    assertThat(start(job).status()).isEqualTo(JobStatus.FAILED);
    assertThat(current(job).counters().cancelled()).isEqualTo(2);
    assertThat(carrier.wire()).isEmpty();
  }

  @Test
  void answersTheSameWhenItIsStartedAgain() {
    BulkJob job = open(HELLO);
    add(job, 1, anSms("").to(1));

    BulkJob first = start(job, "r-1", OptionalLong.of(1));

    assertThat(start(job, "r-1", OptionalLong.of(1))).isEqualTo(first);
    assertThat(start(job)).isEqualTo(first);
    assertThat(refusal(() -> start(job, "r-1", OptionalLong.empty())))
        .isEqualTo(new DomainError.RequestIdReused("r-1"));
    house.workAll();
    assertThat(start(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void startsNoCancelledJob() {
    BulkJob job = open(HELLO);
    add(job, 1, anSms("").to(9));
    cancel(job);

    assertThat(refusal(() -> start(job)))
        .isEqualTo(
            new DomainError.IllegalTransition(
                job.bulkId().toString(), JobStatus.CANCELLED, "start"));
    assertThat(current(job).counters().cancelled()).isEqualTo(9);
  }

  @Test
  void answersARepeatedOpeningAsAtFirst() {
    Submission opening = anSms("hello").toBeUploaded().withRequestId("r-1");
    CreateBulkJob.Result first = house.createBulkJob.handle(opening.by(house.scope));
    add(first.job(), 1, anSms("").to(3).to("12"));
    start(first.job());

    assertThat(house.createBulkJob.handle(opening.by(house.scope))).isEqualTo(first);
    assertThat(
            refusal(() ->
                house.createBulkJob.handle(
                    anSms("hello").to(1).withRequestId("r-1").by(house.scope))))
        .isEqualTo(new DomainError.RequestIdReused("r-1"));
    assertThat(house.store.jobs().all()).hasSize(1);
  }

  @Test
  void letsEveryEntryBringItsOwnWords() {
    BulkJob job = open(anSms("").toBeUploaded());

    assertThat(add(job, 1, anSms("").telling("+263772000001", "own").to("+263772000002")).report())
        .isEqualTo(new UploadReport(1, 0, 1, 1, 0, 0, 0, 1));
  }

  @Test
  void declaresNoCountBeforeTheUpload() {
    assertThat(fields(refusal(() -> open(anSms("hello").toBeUploaded().declaring(3)))))
        .containsExactly("count");
  }

  @Test
  void capsNobodyWhoIsUploaded() {
    Submission capped = anSms("hello").toBeUploaded().notAfter(1, Duration.ofHours(1));

    assertThat(fields(refusal(() -> open(capped)))).containsExactly("frequency_cap");
  }

  @Test
  void cancelsJobsThatWereOpenForTooLong() {
    BulkJob empty = open(HELLO);
    BulkJob filled = open(HELLO);
    add(filled, 1, anSms("").to(9));
    BulkJob started = open(HELLO);
    add(started, 1, anSms("").to(1));
    start(started);
    house.pass(House.UPLOADS.openAge());
    assertThat(abandonUploads.handle()).isZero();
    BulkJob young = open(HELLO);
    house.pass(Duration.ofSeconds(1));

    assertThat(abandonUploads.handle()).isEqualTo(2);
    assertThat(abandonUploads.handle()).isZero();

    assertThat(current(empty).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(current(filled).status()).isEqualTo(JobStatus.CANCELLING);
    assertThat(current(started).status()).isEqualTo(JobStatus.PENDING);
    assertThat(current(young).status()).isEqualTo(JobStatus.OPEN);
    house.workAll();
    assertThat(current(filled).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(current(filled).counters().cancelled()).isEqualTo(9);
    assertThat(carrier.wire()).hasSize(1);
  }

  @Test
  void tellsNobodysAddressInItsText() {
    assertThat(
            new AddBulkJobRecipients.Command(
                    caller, "x", 1, anSms("").telling("+263772000001", "secret").entries())
                .toString())
        .isEqualTo("AddBulkJobRecipients.Command[1, 1 entries]");
  }

  private static RequestedPlan plan(@Nullable Instant sendTime, @Nullable Instant expireTime) {
    return plan(sendTime, expireTime, null);
  }

  private static RequestedPlan within(SendWindow window) {
    return plan(null, null, window);
  }

  private static RequestedPlan plan(
      @Nullable Instant sendTime, @Nullable Instant expireTime, @Nullable SendWindow window) {
    return new RequestedPlan(
        sendTime,
        expireTime,
        window,
        0,
        MisfirePolicy.SEND_LATE,
        UnknownPolicy.HOLD,
        OptionalInt.empty());
  }

  private BulkJob open(Submission submission) {
    return house.createBulkJob.handle(submission.by(house.scope)).job();
  }

  private AddBulkJobRecipients.Result add(BulkJob job, long sequence, Submission chunk) {
    return chunk(job, sequence, chunk).store();
  }

  private AddBulkJobRecipients.Chunk chunk(BulkJob job, long sequence, Submission chunk) {
    return house.addBulkJobRecipients.handle(
        new AddBulkJobRecipients.Command(
            caller, job.bulkId().toString(), sequence, chunk.entries()));
  }

  private BulkJob start(BulkJob job) {
    return start(job, "", OptionalLong.empty());
  }

  private BulkJob start(BulkJob job, String requestId, OptionalLong count) {
    return house.startBulkJob.handle(
        new StartBulkJob.Command(caller, job.bulkId().toString(), requestId, count));
  }

  private void cancel(BulkJob job) {
    var _ =
        house.cancelBulkJob.handle(new CancelBulkJob.Command(caller, job.bulkId().toString(), ""));
  }

  private GetBulkJob.Result shown(BulkJob job) {
    return house.getBulkJob.handle(new GetBulkJob.Query(caller, job.bulkId().toString()));
  }

  private BulkJob current(BulkJob job) {
    return shown(job).job();
  }

  private List<Message> messages(BulkJob job) {
    return house
        .store
        .messages()
        .list(house.scope, job.bulkId(), MessageFilter.ALL, PageRequest.first())
        .orElseThrow()
        .items();
  }

  private DomainError refusal(BulkJob job, long sequence, Submission chunk) {
    return refusal(() -> add(job, sequence, chunk));
  }

  private static DomainError refusal(Runnable work) {
    return catchThrowableOfType(DomainException.class, work::run).error();
  }

  private static List<String> fields(DomainError error) {
    return ((DomainError.InvalidFields) error)
        .violations().stream().map(FieldViolation::path).toList();
  }

  private static DomainError illegal(BulkJob job, JobStatus status) {
    return new DomainError.IllegalTransition(job.bulkId().toString(), status, "add recipients to");
  }
}
