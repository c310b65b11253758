package dev.carillon.application.contract;

import static dev.carillon.application.fixture.JobFixture.CREATED;
import static dev.carillon.application.fixture.JobFixture.anEmailJob;
import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.MessageFilter;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.StoredMessage;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.delivery.Route;
import dev.carillon.domain.error.RejectedEntry;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.message.Message;
import dev.carillon.domain.message.MessageId;
import dev.carillon.domain.message.MessageStatus;
import dev.carillon.domain.message.MessageTransition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every store of messages keeps.
public abstract class MessageRepositoryContract extends StoreContract {
  private static final CarrierId CARRIER = new CarrierId("scripted");
  private static final Route ROUTE = new Route(CARRIER, "");
  private static final PersonalContent OWN_MAIL =
      new PersonalContent("", "Dear ☃", "<p>\"it's\" 😀</p>", List.of());

  @Test
  void loadsTheAcceptedMessagesOfAChunkAsTheyWereAppended() {
    StoredJob job =
        store(
            anEmailJob()
                .to("first@example.com", PersonalContent.EMPTY, "ref-0")
                .leavingOut(Reason.DUPLICATE)
                .to("second@example.com", OWN_MAIL, "")
                .to(
                    "third@example.com",
                    new PersonalContent(null, null, null, List.of("a\tb\nc\\d", "", "{}")),
                    "ref-3")
                .to("fourth@example.com", PersonalContent.EMPTY, "")
                .chunksOf(4));

    assertThat(ports().messages().load(job.chunk(0), 0, 4))
        .containsExactly(
            new StoredMessage(0, "first@example.com", PersonalContent.EMPTY, "Econet"),
            new StoredMessage(2, "second@example.com", OWN_MAIL, "Econet"),
            new StoredMessage(
                3,
                "third@example.com",
                new PersonalContent(null, null, null, List.of("a\tb\nc\\d", "", "{}")),
                "Econet"));
    assertThat(ports().messages().load(job.chunk(1), 4, 1))
        .extracting(StoredMessage::address)
        .containsExactly("fourth@example.com");
  }

  @Test
  void keepsTheVariablesOfAMessage() {
    PersonalContent variables =
        PersonalContent.ofVariables(Map.of("first_name", "Jane \"☃\"", "empty", ""));
    PersonalContent both =
        new PersonalContent("own", null, null, List.of("p"), Map.of("order.id", "{\\}"));
    StoredJob job =
        store(anSmsJob().to("+263771000001", variables, "").to("+263771000002", both, ""));

    assertThat(ports().messages().load(job.chunk(0), 0, 4))
        .containsExactly(
            new StoredMessage(0, "+263771000001", variables, "Econet"),
            new StoredMessage(1, "+263771000002", both, "Econet"));
  }

  @Test
  void tellsWhatALeftOutEntryLacks() {
    StoredJob job = store(anSmsJob().to(1).lacking(Reason.MISSING_VARIABLE, "first_name"));

    assertThat(ports().messages().rejected(job.id(), 3))
        .containsExactly(new RejectedEntry(1, "given-1", Reason.MISSING_VARIABLE, "first_name"));
    assertThat(ports().messages().find(scope(), new MessageId(job.bulkId(), 1)))
        .hasValueSatisfying(message -> {
          assertThat(message.status()).isEqualTo(MessageStatus.REJECTED);
          assertThat(message.reason()).isEqualTo(Reason.MISSING_VARIABLE);
          assertThat(message.detail()).isEqualTo("first_name");
        });
  }

  @Test
  void keepsManyMessagesInTheirOrder() {
    StoredJob job = store(anSmsJob().to(2_500).chunksOf(500));

    List<StoredMessage> third = ports().messages().load(job.chunk(2), 1_000, 500);

    assertThat(third)
        .extracting(StoredMessage::position)
        .containsExactlyElementsOf(IntStream.range(1_000, 1_500).boxed().toList());
    assertThat(third.getFirst().address()).isEqualTo("+263771211000");
    assertThat(counters(job).total()).isEqualTo(2_500);
  }

  @Test
  void tellsTheFirstLeftOutEntriesByPosition() {
    StoredJob job =
        store(
            anSmsJob()
                .leavingOut(Reason.INVALID_DESTINATION)
                .to(2)
                .leavingOut(Reason.DUPLICATE, Reason.SUPPRESSED, Reason.NO_ADDRESS));

    assertThat(ports().messages().rejected(job.id(), 3))
        .containsExactly(
            new RejectedEntry(0, "given-0", Reason.INVALID_DESTINATION),
            new RejectedEntry(3, "given-3", Reason.DUPLICATE),
            new RejectedEntry(4, "given-4", Reason.SUPPRESSED));
    assertThat(ports().messages().rejected(job.id(), 0)).isEmpty();
    assertThat(ports().messages().rejected(new JobId(Long.MAX_VALUE), 3)).isEmpty();
  }

  @Test
  void tellsTheLeftOutEntriesOfAPartOfAJob() {
    StoredJob job =
        store(
            anSmsJob()
                .leavingOut(Reason.INVALID_DESTINATION)
                .to(2)
                .leavingOut(Reason.DUPLICATE, Reason.SUPPRESSED, Reason.NO_ADDRESS));

    assertThat(ports().messages().rejectedWithin(job.id(), 1, 4, 9))
        .extracting(RejectedEntry::position)
        .containsExactly(3, 4);
    assertThat(ports().messages().rejectedWithin(job.id(), 0, 6, 2))
        .extracting(RejectedEntry::position)
        .containsExactly(0, 3);
    assertThat(ports().messages().rejectedWithin(job.id(), 1, 2, 9)).isEmpty();
  }

  @Test
  void showsAWaitingMessage() {
    StoredJob job = store(anSmsJob().to("+263771234567", PersonalContent.EMPTY, "order-7"));

    Message message = found(job, 0);

    assertThat(message.id()).isEqualTo(job.messageId(0));
    assertThat(message.clientRef()).isEqualTo("order-7");
    assertThat(message.channel()).isEqualTo(Channel.SMS);
    assertThat(message.address()).isEqualTo("+263771234567");
    assertThat(message.status()).isEqualTo(MessageStatus.PENDING);
    assertThat(message.reason()).isNull();
    assertThat(message.detail()).isEmpty();
    assertThat(message.last()).isNull();
    assertThat(message.network()).isEqualTo("Econet");
    assertThat(message.parts()).isEqualTo(1);
    assertThat(message.attempts()).isZero();
    assertThat(message.createdAt()).isEqualTo(CREATED);
    assertThat(message.sentAt()).isNull();
  }

  @Test
  void showsWhatWaitsAsQueuedOnceTheJobHasStarted() {
    StoredJob job = store(anSmsJob().to(2));
    assertThat(found(job, 0).status()).isEqualTo(MessageStatus.PENDING);

    move(job.id(), JobTransition.BEGIN, NOW);
    change(job.chunk(0), chunk -> chunk.move(1, MessageTransition.MARK));

    assertThat(found(job, 0).status()).isEqualTo(MessageStatus.QUEUED);
    assertThat(found(job, 1).status()).isEqualTo(MessageStatus.QUEUED);
    assertThat(found(job, 1).attempts()).isEqualTo(1);
  }

  @Test
  void showsWhyAnEntryWasLeftOut() {
    StoredJob job = store(anSmsJob().to(1).leavingOut(Reason.MISSING_VARIABLE));

    assertThat(found(job, 1).status()).isEqualTo(MessageStatus.REJECTED);
    assertThat(found(job, 1).reason()).isEqualTo(Reason.MISSING_VARIABLE);
    assertThat(found(job, 1).address()).isEqualTo("given-1");
    assertThat(found(job, 1).parts()).isZero();
  }

  @Test
  void findsNothingOfAnotherScopeOrBeyondTheJob() {
    StoredJob job = store(anSmsJob().to(2));
    Scope stranger = ports().newScope().get();

    assertThat(ports().messages().find(stranger, job.messageId(0))).isEmpty();
    assertThat(ports().messages().find(testScope(), job.messageId(0))).isEmpty();
    assertThat(ports().messages().find(scope(), job.messageId(2))).isEmpty();
    assertThat(ports().messages().find(scope(), new MessageId(job.bulkId(), 999_999_999)))
        .isEmpty();
    assertThat(
            ports().messages().list(stranger, job.bulkId(), MessageFilter.ALL, PageRequest.first()))
        .isEmpty();
    assertThat(
            ports()
                .messages()
                .list(testScope(), job.bulkId(), MessageFilter.ALL, PageRequest.first()))
        .isEmpty();
  }

  @Test
  void showsTheCarriersAcceptance() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(2));
    answer(job, 1, 1, new DispatchOutcome.Accepted("abc-1"), NOW.plusMillis(5));

    Message message = found(job, 1);

    assertThat(message.status()).isEqualTo(MessageStatus.SENT);
    assertThat(message.reason()).isNull();
    assertThat(last(message).carrier()).isEqualTo("scripted");
    assertThat(last(message).carrierMessageId()).isEqualTo("abc-1");
    assertThat(message.sentAt()).isEqualTo(NOW.plusMillis(5));
    assertThat(message.attempts()).isEqualTo(1);
    assertThat(found(job, 0).last()).isNull();
  }

  @Test
  void showsTheCarriersRefusal() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(1));
    answer(job, 0, 1, new DispatchOutcome.Rejected(Reason.SENDER_REFUSED, "0x0A bad source"), NOW);

    Message message = found(job, 0);

    assertThat(message.status()).isEqualTo(MessageStatus.FAILED);
    assertThat(message.reason()).isEqualTo(Reason.SENDER_REFUSED);
    assertThat(message.detail()).isEqualTo("0x0A bad source");
    assertThat(last(message).carrier()).isEqualTo("scripted");
    assertThat(message.sentAt()).isNull();
  }

  @Test
  void showsTheLastOfSeveralAttempts() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(1));
    answer(job, 0, 1, unreachable("down"), NOW);
    answer(job, 0, 2, new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, "no"), NOW);

    assertThat(found(job, 0).reason()).isEqualTo(Reason.CARRIER_REFUSED);
    assertThat(found(job, 0).detail()).isEqualTo("no");
    assertThat(found(job, 0).attempts()).isEqualTo(2);
  }

  @Test
  void showsALateAnswerOverItsAbsence() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(1));
    answer(job, 0, 1, new DispatchOutcome.Unconfirmed("no answer"), NOW);

    assertThat(found(job, 0).status()).isEqualTo(MessageStatus.UNKNOWN);
    assertThat(found(job, 0).reason()).isEqualTo(Reason.OUTCOME_UNKNOWN);
    assertThat(last(found(job, 0)).carrier()).isEqualTo("scripted");

    lateAnswer(job, 0, 1, new DispatchOutcome.Accepted("late-1"), NOW.plusSeconds(9));

    assertThat(found(job, 0).status()).isEqualTo(MessageStatus.SENT);
    assertThat(found(job, 0).reason()).isNull();
    assertThat(last(found(job, 0)).carrierMessageId()).isEqualTo("late-1");
    assertThat(found(job, 0).sentAt()).isEqualTo(NOW.plusSeconds(9));
  }

  @Test
  void showsWhyAMessageWasUndelivered() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(1));
    answer(job, 0, 1, new DispatchOutcome.Accepted("abc"), NOW);
    receipt(job, 0, ReceiptKind.UNDELIVERED, Reason.DESTINATION_UNREACHABLE, "UNDELIV 001", "abc");

    Message message = found(job, 0);

    assertThat(message.status()).isEqualTo(MessageStatus.UNDELIVERED);
    assertThat(message.reason()).isEqualTo(Reason.DESTINATION_UNREACHABLE);
    assertThat(message.detail()).isEqualTo("UNDELIV 001");
    assertThat(message.sentAt()).isEqualTo(NOW);
  }

  @Test
  void forgetsTheReasonOfAMessageThatArrivedAfterAll() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(1));
    answer(job, 0, 1, new DispatchOutcome.Accepted("abc"), NOW);
    receipt(job, 0, ReceiptKind.UNDELIVERED, Reason.NOT_DELIVERED, "UNDELIV", "abc");
    receipt(job, 0, ReceiptKind.DELIVERED, null, "DELIVRD", "abc");

    assertThat(found(job, 0).status()).isEqualTo(MessageStatus.DELIVERED);
    assertThat(found(job, 0).reason()).isNull();
  }

  @Test
  void showsAnEarlyReceiptBeforeAnyAnswer() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(1));
    change(job.chunk(0), chunk -> chunk.move(0, MessageTransition.MARK));
    receipt(job, 0, ReceiptKind.DELIVERED, null, "DELIVRD", "abc");

    assertThat(found(job, 0).status()).isEqualTo(MessageStatus.DELIVERED);
    assertThat(found(job, 0).attempts()).isEqualTo(1);
  }

  @Test
  void showsACancelledMessageAsCancelledWhateverWasTriedBefore() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(1));
    answer(job, 0, 1, unreachable("down"), NOW);
    change(job.chunk(0), chunk -> chunk.move(0, MessageTransition.CANCEL));

    assertThat(found(job, 0).status()).isEqualTo(MessageStatus.CANCELLED);
    assertThat(found(job, 0).reason()).isEqualTo(Reason.CANCELLED);
  }

  @Test
  void listsByPositionAndPagesThroughAllOnceEach() {
    StoredJob job = store(anSmsJob().to(23).leavingOut(Reason.DUPLICATE).chunksOf(5));
    List<Integer> seen = new ArrayList<>();
    OptionalLong after = OptionalLong.empty();
    do {
      Page<Message> page = list(job, MessageFilter.ALL, new PageRequest(7, 0, after));
      assertThat(page.totalSize()).isEqualTo(24);
      page.items().forEach(message -> seen.add(message.id().position()));
      after = page.next();
    } while (after.isPresent() && seen.size() < 100);

    assertThat(seen).containsExactlyElementsOf(IntStream.range(0, 24).boxed().toList());
  }

  @Test
  void listsTheSameAsItFindsOneByOne() {
    StoredJob job = aJobOfEveryKind();

    List<Message> listed = list(job, MessageFilter.ALL, PageRequest.first()).items();

    assertThat(listed)
        .containsExactlyElementsOf(
            IntStream.range(0, job.size()).mapToObj(position -> found(job, position)).toList());
  }

  @Test
  void givesNoCursorAfterAPageThatTheListFillsExactly() {
    StoredJob job = store(anSmsJob().to(4));

    Page<Message> first = list(job, MessageFilter.ALL, new PageRequest(2, 0, OptionalLong.empty()));
    Page<Message> second = list(job, MessageFilter.ALL, new PageRequest(2, 0, first.next()));

    assertThat(first.next()).isPresent();
    assertThat(second.items()).hasSize(2);
    assertThat(second.next()).isEmpty();
  }

  @Test
  void skipsFromTheStartAndFromACursor() {
    StoredJob job = store(anSmsJob().to(9).chunksOf(2));

    Page<Message> first = list(job, MessageFilter.ALL, new PageRequest(2, 3, OptionalLong.empty()));
    Page<Message> second = list(job, MessageFilter.ALL, new PageRequest(2, 1, first.next()));
    Page<Message> beyond =
        list(job, MessageFilter.ALL, new PageRequest(2, 50, OptionalLong.empty()));

    assertThat(positions(first)).containsExactly(3, 4);
    assertThat(positions(second)).containsExactly(6, 7);
    assertThat(beyond.items()).isEmpty();
    assertThat(beyond.totalSize()).isEqualTo(9);
  }

  @Test
  void filtersByAnySetOfStatuses() {
    StoredJob job = aJobOfEveryKind();
    List<Message> all = list(job, MessageFilter.ALL, PageRequest.first()).items();

    for (MessageStatus status : MessageStatus.values()) {
      assertThat(filtered(job, Set.of(status), Set.of(), ""))
          .as("%s", status)
          .containsExactlyElementsOf(
              all.stream().filter(message -> message.status() == status).toList());
    }
    assertThat(filtered(job, Set.of(MessageStatus.SENT, MessageStatus.FAILED), Set.of(), ""))
        .extracting(message -> message.id().position())
        .containsExactly(1, 2, 3);
  }

  @Test
  void filtersByTheReasonThatIsShown() {
    StoredJob job = aJobOfEveryKind();
    List<Message> all = list(job, MessageFilter.ALL, PageRequest.first()).items();

    for (Reason reason : Reason.values()) {
      assertThat(filtered(job, Set.of(), Set.of(reason), ""))
          .as("%s", reason)
          .containsExactlyElementsOf(
              all.stream().filter(message -> message.reason() == reason).toList());
    }
    assertThat(filtered(job, Set.of(MessageStatus.FAILED), Set.of(Reason.CARRIER_REFUSED), ""))
        .hasSize(1);
    assertThat(filtered(job, Set.of(MessageStatus.SENT), Set.of(Reason.CARRIER_REFUSED), ""))
        .isEmpty();
  }

  @Test
  void filtersByTheCallersReference() {
    StoredJob job =
        store(
            anSmsJob()
                .to("+263771000001", PersonalContent.EMPTY, "A")
                .to("+263771000002", PersonalContent.EMPTY, "a")
                .to("+263771000003", PersonalContent.EMPTY, "A")
                .to("+263771000004", PersonalContent.EMPTY, "")
                .chunksOf(2));

    assertThat(filtered(job, Set.of(), Set.of(), "A"))
        .extracting(message -> message.id().position())
        .containsExactly(0, 2);
    assertThat(filtered(job, Set.of(), Set.of(), "B")).isEmpty();
  }

  @Test
  void pagesThroughAFilteredList() {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(20).chunksOf(3));
    for (int position = 1; position < 20; position += 2) {
      int moved = position;
      change(job.chunk(position / 3), chunk -> chunk.move(moved, MessageTransition.CANCEL));
    }
    MessageFilter cancelled = new MessageFilter(Set.of(MessageStatus.CANCELLED), Set.of(), "");

    Page<Message> first = list(job, cancelled, new PageRequest(4, 1, OptionalLong.empty()));
    Page<Message> second = list(job, cancelled, new PageRequest(5, 0, first.next()));

    assertThat(positions(first)).containsExactly(3, 5, 7, 9);
    assertThat(positions(second)).containsExactly(11, 13, 15, 17, 19);
    assertThat(first.totalSize()).isEqualTo(10);
    assertThat(second.totalSize()).isEqualTo(10);
    assertThat(second.next()).isEmpty();
  }

  /// 0 waits, 1 sent, 2 refused, 3 attempts used up, 4 unknown, 5 undelivered, 6 cancelled, 7
  /// delivered, 8 suppressed later, 9 to 12 left out.
  private StoredJob aJobOfEveryKind() {
    StoredJob job =
        storeAt(
            JobStatus.PROCESSING,
            anSmsJob()
                .to(9)
                .leavingOut(Reason.INVALID_DESTINATION, Reason.DUPLICATE)
                .leavingOut(Reason.SUPPRESSED, Reason.NO_ADDRESS)
                .chunksOf(5));
    answer(job, 1, 1, new DispatchOutcome.Accepted("c-1"), NOW);
    answer(job, 2, 1, new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, "no"), NOW);
    answer(job, 3, 1, unreachable("down"), NOW);
    answer(job, 3, 2, unreachable("still down"), NOW);
    change(
        job.chunk(0),
        chunk -> {
          chunk.move(3, MessageTransition.MARK);
          chunk.move(3, MessageTransition.FAIL);
        });
    answer(job, 4, 1, new DispatchOutcome.Unconfirmed("no answer"), NOW);
    answer(job, 5, 1, new DispatchOutcome.Accepted("c-5"), NOW);
    receipt(job, 5, ReceiptKind.UNDELIVERED, Reason.NOT_DELIVERED, "", "c-5");
    change(job.chunk(1), chunk -> chunk.move(6, MessageTransition.CANCEL));
    answer(job, 7, 1, new DispatchOutcome.Accepted("c-7"), NOW);
    receipt(job, 7, ReceiptKind.DELIVERED, null, "", "c-7");
    change(job.chunk(1), chunk -> chunk.move(8, MessageTransition.SUPPRESS));
    return job;
  }

  private static DispatchOutcome unreachable(String detail) {
    return new DispatchOutcome.Unreachable(Reason.CARRIER_UNREACHABLE, detail, null);
  }

  /// Marks the message, appends its attempt and moves it as the answer means.
  private void answer(
      StoredJob job, int position, int number, DispatchOutcome outcome, Instant at) {
    change(
        job.ref(position).chunkKey(),
        chunk -> {
          chunk.move(position, MessageTransition.MARK);
          chunk.move(position, move(outcome));
          append(job, Attempt.of(position, number, false, outcome, ROUTE, at));
        });
  }

  private void lateAnswer(
      StoredJob job, int position, int number, DispatchOutcome outcome, Instant at) {
    change(
        job.ref(position).chunkKey(),
        chunk -> {
          chunk.move(position, move(outcome));
          append(job, Attempt.of(position, number, false, outcome, ROUTE, at));
        });
  }

  private void append(StoredJob job, Attempt attempt) {
    ports().log().appendAttempts(job.ref(attempt.position()).chunkKey(), List.of(attempt));
  }

  private void receipt(
      StoredJob job,
      int position,
      ReceiptKind kind,
      @Nullable Reason reason,
      String detail,
      String carrierMessageId) {
    change(
        job.ref(position).chunkKey(),
        chunk -> {
          chunk.move(position, kind.transition());
          ports()
              .log()
              .appendReceipts(
                  List.of(
                      new Receipt(
                          job.ref(position),
                          kind,
                          reason,
                          detail,
                          CARRIER,
                          carrierMessageId,
                          NOW.plusSeconds(20))));
        });
  }

  private static MessageTransition move(DispatchOutcome outcome) {
    return switch (outcome) {
      case DispatchOutcome.Accepted _ -> MessageTransition.ACCEPT;
      case DispatchOutcome.Rejected _ -> MessageTransition.FAIL;
      case DispatchOutcome.Unreachable _ -> MessageTransition.RETRY;
      case DispatchOutcome.Unconfirmed _ -> MessageTransition.LOSE_ANSWER;
      case DispatchOutcome.Throttled _, DispatchOutcome.Withdrawn _ -> MessageTransition.GIVE_BACK;
      case DispatchOutcome.Withheld _ -> MessageTransition.WITHHOLD;
    };
  }

  private Message found(StoredJob job, int position) {
    return ports().messages().find(job.scope(), job.messageId(position)).orElseThrow();
  }

  private static Message.LastHandOver last(Message message) {
    return Objects.requireNonNull(message.last());
  }

  private Page<Message> list(StoredJob job, MessageFilter filter, PageRequest page) {
    return ports().messages().list(job.scope(), job.bulkId(), filter, page).orElseThrow();
  }

  private List<Message> filtered(
      StoredJob job, Set<MessageStatus> statuses, Set<Reason> reasons, String clientRef) {
    Page<Message> page =
        list(job, new MessageFilter(statuses, reasons, clientRef), PageRequest.first());
    assertThat(page.totalSize()).isEqualTo(page.items().size());
    return page.items();
  }

  private static List<Integer> positions(Page<Message> page) {
    return page.items().stream().map(message -> message.id().position()).toList();
  }
}
