package dev.carillon.providers.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.application.port.Carrier.Finding;
import dev.carillon.application.port.Carrier.HandOver;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.LateAnswer;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.providers.LogBook;
import dev.carillon.providers.RecordingHandOver;
import dev.carillon.providers.smpp.Centre.Reply;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsmpp.bean.MessageState;
import org.jsmpp.bean.SubmitSm;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of messages at a centre that takes, refuses, is too busy, falls silent and breaks
/// off.
class SmppCarrierIT {
  private static final CarrierId ID = new CarrierId("centre");
  private static final String LONG = "0123456789".repeat(40);

  private final RecordingHandOver handOver = new RecordingHandOver();
  private final NoticeBook notices = new NoticeBook();
  private Centre centre;
  private SmppConfig config;
  private @Nullable SmppCarrier carrier;

  @BeforeEach
  void prepare() throws IOException {
    centre = new Centre();
    config =
        SmppConfig.to(centre.peer())
            .withTiming(
                SmppConfig.Timing.DEFAULT
                    .withAnswer(Duration.ofSeconds(10))
                    .withThrottlePause(Duration.ofMillis(50))
                    .withReconnect(Duration.ofMillis(20), Duration.ofMillis(200)));
  }

  @AfterEach
  void end() {
    if (carrier != null) {
      carrier.close();
    }
    centre.close();
  }

  @Test
  void tellsTheIdOfAMessageThatIsTaken() {
    centre.answering(submit -> new Reply.Take("00AB12"));

    assertThat(answerTo(TestTexts.saying("hello")))
        .isEqualTo(new DispatchOutcome.Accepted("00AB12", List.of("ab12")));
  }

  @Test
  void tellsTheIdsOfAllPartsInOrder() {
    centre.answering(submit -> new Reply.Take("id-" + submit.getShortMessage()[5]));

    assertThat(answerTo(TestTexts.saying(LONG)))
        .isEqualTo(new DispatchOutcome.Accepted("id-1", List.of("id-1", "id-2", "id-3")));
  }

  @Test
  void keepsNoIdsOfPartsWhereNoReceiptsAreAskedFor() {
    config = config.withReceipts(SmppReceiptRules.DEFAULT.withAsked(SmppReceiptRules.Asked.NONE));
    centre.answering(submit -> new Reply.Take("7"));

    assertThat(answerTo(TestTexts.saying("hello"))).isEqualTo(new DispatchOutcome.Accepted("7"));
    assertThat(centre.submits().getFirst().getRegisteredDelivery()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "0x01, CONTENT_REFUSED",
    "0x0A, SENDER_REFUSED",
    "0x0B, UNKNOWN_DESTINATION",
    "0x15, CARRIER_REFUSED",
    "0x45, CARRIER_REFUSED",
    "0x62, CARRIER_REFUSED",
    "0xC3, CARRIER_REFUSED",
    "0x101, ACCOUNT_REFUSED",
    "0x40F, CARRIER_REFUSED"
  })
  void saysWhyAMessageIsRefusedForGood(String code, Reason reason) {
    int status = Integer.decode(code);
    centre.answering(submit -> new Reply.Refuse(status));

    DispatchOutcome outcome = answerTo(TestTexts.saying("hello"));
    assertThat(outcome)
        .isEqualTo(new DispatchOutcome.Rejected(reason, SmppErrorCodes.detail(status)));
  }

  @Test
  void takesACodeForWhatTheSettingsSay() {
    config = config.withCodes(Map.of(0x45, SmppTreatment.BLOCKED, 0xFF, SmppTreatment.RETRY));
    centre.answering(
        submit -> new Reply.Refuse(submit.getDestAddress().endsWith("0") ? 0x45 : 0xFF));

    assertThat(answerTo(TestTexts.saying("hello", 0)))
        .isInstanceOfSatisfying(
            DispatchOutcome.Rejected.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.DESTINATION_BLOCKED));
    assertThat(answerTo(TestTexts.saying("hello", 1)))
        .isInstanceOfSatisfying(
            DispatchOutcome.Unreachable.class,
            failed -> assertThat(failed.reason()).isEqualTo(Reason.CARRIER_UNREACHABLE));
  }

  @ParameterizedTest
  @CsvSource({"0x14", "0x58"})
  void isThrottledWithoutBeingTaken(String code) {
    centre.answering(submit -> new Reply.Refuse(Integer.decode(code)));

    assertThat(answerTo(TestTexts.saying(LONG))).isEqualTo(new DispatchOutcome.Throttled(null));
    assertThat(centre.submits()).as("no other part was tried").hasSize(1);
  }

  @Test
  void triesAThrottledPartAgainAfterOthersWereTaken() {
    AtomicInteger throttled = new AtomicInteger();
    centre.answering(submit ->
        submit.getShortMessage()[5] == 2 && throttled.incrementAndGet() <= 3
            ? new Reply.Refuse(0x58)
            : new Reply.Take("id-" + submit.getShortMessage()[5]));

    assertThat(answerTo(TestTexts.saying(LONG)))
        .isEqualTo(new DispatchOutcome.Accepted("id-1", List.of("id-1", "id-2", "id-3")));
    assertThat(throttled).hasValue(4);
  }

  @Test
  void tellsThatAMessageCannotArriveWholeWhenOneOfItsPartsIsRefused() {
    centre.answering(submit ->
        submit.getShortMessage()[5] == 2
            ? new Reply.Refuse(0x0B)
            : new Reply.Take("id-" + submit.getShortMessage()[5]));
    OutboundMessage message = TestTexts.saying(LONG);

    assertThat(answerTo(message))
        .isEqualTo(new DispatchOutcome.Accepted("id-1", List.of("id-1", "", "id-3")));
    Receipt receipt = notices.awaitOwn();
    assertThat(receipt.ref()).isEqualTo(message.ref());
    assertThat(receipt.kind()).isEqualTo(ReceiptKind.UNDELIVERED);
    assertThat(receipt.reason()).isEqualTo(Reason.UNKNOWN_DESTINATION);
  }

  @Test
  void triesAgainWhatFailedOnTheOtherSide() {
    centre.answering(submit -> new Reply.Refuse(0x08));

    assertThat(answerTo(TestTexts.saying("hello")))
        .isEqualTo(
            new DispatchOutcome.Unreachable(Reason.CARRIER_UNREACHABLE, "0x08 system error", null));
  }

  @Test
  void stopsTheBindThatIsNotGoodForSendingAndMakesItAnew() {
    AtomicInteger seen = new AtomicInteger();
    centre.answering(
        submit -> seen.incrementAndGet() == 1 ? new Reply.Refuse(0x04) : new Reply.Take("9"));

    assertThat(answerTo(TestTexts.saying("hello", 1)))
        .isInstanceOfSatisfying(
            DispatchOutcome.Unreachable.class,
            failed -> assertThat(failed.reason()).isEqualTo(Reason.ACCOUNT_REFUSED));
    centre.awaitBinds(2);
    assertThat(answerTo(TestTexts.saying("hello", 2))).isInstanceOf(DispatchOutcome.Accepted.class);
  }

  @Test
  void doesNotKnowWhatBecameOfAMessageWhenTheConnectionBreaksBeforeItsAnswer() {
    AtomicInteger seen = new AtomicInteger();
    centre.answering(submit -> seen.incrementAndGet() == 1 ? new Reply.Cut() : new Reply.Take("9"));

    assertThat(answerTo(TestTexts.saying("hello", 1)))
        .isEqualTo(new DispatchOutcome.Unconfirmed("the connection broke"));
    assertThat(answerTo(TestTexts.saying("hello", 2)))
        .as("it is made anew")
        .isInstanceOf(DispatchOutcome.Accepted.class);
    assertThat(centre.submits()).as("nothing was sent twice").hasSize(2);
  }

  @Test
  void doesNotKnowWhatBecameOfAMessageThatIsNotAnsweredInTimeAndLearnsItLater() {
    config = config.withTiming(config.timing().withAnswer(Duration.ofMillis(400))).withQuery(true);
    awaitSession();
    CountDownLatch late = new CountDownLatch(1);
    centre
        .answering(submit -> new Reply.Hold(late, new Reply.Take("00FF")))
        .knowing(id -> id.equals("00FF") ? MessageState.ENROUTE : null);
    OutboundMessage message = TestTexts.saying("hello");

    assertThat(answerTo(message)).isEqualTo(new DispatchOutcome.Unconfirmed("no answer in time"));
    assertThat(start().inquiry().orElseThrow().ask(List.of(message.ref()))).isEmpty();

    late.countDown();
    LateAnswer answer = notices.awaitLateAnswer();
    assertThat(answer.ref()).isEqualTo(message.ref());
    assertThat(answer.attempt()).isEqualTo(1);
    assertThat(answer.carrierMessageId()).isEqualTo("00FF");
    assertThat(answer.partIds()).containsExactly("ff");
    assertThat(start().inquiry().orElseThrow().ask(List.of(message.ref())))
        .containsEntry(message.ref(), new Finding.Taken("00FF", List.of("ff")));

    assertThat(centre.deliver("id:00ff stat:DELIVRD err:000")).isZero();
    assertThat(notices.awaitOwn().kind()).isEqualTo(ReceiptKind.DELIVERED);
  }

  @Test
  void tellsTheIdsOfAllPartsWhenOnlySomeAnswersCameLate() {
    config = config.withTiming(config.timing().withAnswer(Duration.ofMillis(600)));
    awaitSession();
    CountDownLatch late = new CountDownLatch(1);
    centre.answering(submit -> {
      byte part = submit.getShortMessage()[5];
      Reply taken = new Reply.Take("0A" + part);
      return part == 1 ? taken : new Reply.Hold(late, taken);
    });
    OutboundMessage message = TestTexts.saying(LONG);
    assertThat(answerTo(message)).isInstanceOf(DispatchOutcome.Unconfirmed.class);

    late.countDown();
    LateAnswer answer = notices.awaitLateAnswer();
    assertThat(answer.carrierMessageId()).isEqualTo("0A1");
    assertThat(answer.partIds()).containsExactly("a1", "a2", "a3");
  }

  @Test
  void keepsNoIdsOfALateAnswerWhereNoReceiptsAreAskedFor() {
    config =
        config
            .withReceipts(SmppReceiptRules.DEFAULT.withAsked(SmppReceiptRules.Asked.NONE))
            .withTiming(config.timing().withAnswer(Duration.ofMillis(400)));
    awaitSession();
    CountDownLatch late = new CountDownLatch(1);
    centre.answering(submit -> new Reply.Hold(late, new Reply.Take("7")));
    assertThat(answerTo(TestTexts.saying("hello"))).isInstanceOf(DispatchOutcome.Unconfirmed.class);

    late.countDown();
    assertThat(notices.awaitLateAnswer().partIds()).isEmpty();
  }

  @Test
  void doesNotTakeTheLateRefusalOfAnAttemptForThatOfTheNext() {
    config = config.withTiming(config.timing().withAnswer(Duration.ofMillis(400))).withQuery(true);
    awaitSession();
    CountDownLatch late = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger attempts = new AtomicInteger();
    centre.answering(submit ->
        attempts.incrementAndGet() == 1
            ? new Reply.Hold(late, new Reply.Refuse(0x58))
            : new Reply.Hold(never, new Reply.Take("9")));
    OutboundMessage first = TestTexts.saying("hello");
    OutboundMessage again = TestTexts.attempt(2, first);
    assertThat(answerTo(first)).isInstanceOf(DispatchOutcome.Unconfirmed.class);
    late.countDown();
    await()
        .untilAsserted(() ->
            assertThat(start().inquiry().orElseThrow().ask(List.of(first.ref())))
                .containsEntry(first.ref(), new Finding.NeverTaken()));

    RecordingHandOver second = new RecordingHandOver();
    start().submit(List.of(again), second);
    centre.awaitSubmits(3);
    assertThat(start().inquiry().orElseThrow().ask(List.of(first.ref())))
        .as("while it is under way")
        .isEmpty();
    assertThat(second.awaitAnswer(again)).isInstanceOf(DispatchOutcome.Unconfirmed.class);
    assertThat(start().inquiry().orElseThrow().ask(List.of(first.ref()))).isEmpty();
    never.countDown();
  }

  @Test
  void answersAllOthersWhenSomebodyCannotBeTold() {
    config =
        config
            .withTiming(config.timing().withAnswer(Duration.ofSeconds(1)))
            .withLimits(new SmppConfig.Limits(1, 0, 10, 1_000));
    awaitSession();
    CountDownLatch gate = new CountDownLatch(1);
    centre.answering(submit -> new Reply.Hold(gate, new Reply.Take(centre.nextId())));
    try (LogBook log = LogBook.of(SmppLinks.class)) {
      start()
          .submit(TestTexts.shortOnes(6), new DeafFor(1, handOver, new StackOverflowError("+263")));

      assertThat(handOver.awaitAnswers(5))
          .extracting(answer -> answer.message().ref().position())
          .containsExactlyInAnyOrder(0, 2, 3, 4, 5);
      assertThat(log.lines())
          .containsExactly("ERROR carrier centre: a look failed: java.lang.StackOverflowError");
    }
    gate.countDown();
  }

  @Test
  void goesOnSendingWhenNobodyCanSayWhetherAMessageMayGo() {
    AtomicInteger asked = new AtomicInteger();
    HandOver unsure =
        new HandOver() {
          @Override
          public boolean mayGo() {
            if (asked.incrementAndGet() == 1) {
              throw new IllegalStateException("+263770000000");
            }
            return true;
          }

          @Override
          public void answer(OutboundMessage message, DispatchOutcome outcome) {
            handOver.answer(message, outcome);
          }
        };
    try (LogBook log = LogBook.of(SmppSender.class)) {
      start().submit(TestTexts.shortOnes(3), unsure);

      assertThat(handOver.awaitAnswers(3))
          .filteredOn(answer -> answer.outcome() instanceof DispatchOutcome.Accepted)
          .hasSize(2);
      assertThat(log.lines())
          .containsExactly("ERROR a part could not be sent: java.lang.IllegalStateException");
    }
    assertThat(centre.binds()).as("the session goes on").hasSize(1);
  }

  @Test
  void findsThatAMessageWasNeverTakenWhenItsRefusalComesLate() {
    config = config.withTiming(config.timing().withAnswer(Duration.ofMillis(400))).withQuery(true);
    awaitSession();
    CountDownLatch late = new CountDownLatch(1);
    centre.answering(submit -> new Reply.Hold(late, new Reply.Refuse(0x58)));
    OutboundMessage message = TestTexts.saying("hello");
    assertThat(answerTo(message)).isInstanceOf(DispatchOutcome.Unconfirmed.class);

    late.countDown();
    await()
        .untilAsserted(() ->
            assertThat(start().inquiry().orElseThrow().ask(List.of(message.ref())))
                .containsEntry(message.ref(), new Finding.NeverTaken()));
    assertThat(notices.stored()).isEmpty();
  }

  @Test
  void doesNotClaimThatAMessageWasTakenWhenOneOfItsPartsIsInDoubt() {
    config = config.withTiming(config.timing().withAnswer(Duration.ofMillis(600)));
    CountDownLatch never = new CountDownLatch(1);
    centre.answering(submit ->
        submit.getShortMessage()[5] == 3
            ? new Reply.Hold(never, new Reply.Take("3"))
            : new Reply.Take("1"));

    assertThat(answerTo(TestTexts.saying(LONG)))
        .isEqualTo(new DispatchOutcome.Unconfirmed("no answer in time"));
    never.countDown();
  }

  @Test
  void saysThatNobodyIsThereWhenTheConnectionIsRefused() {
    centre.close();

    assertThat(answerTo(TestTexts.saying("hello")))
        .isEqualTo(
            DispatchOutcome.Unreachable.noContact(Reason.CARRIER_UNREACHABLE, "cannot be reached"));
  }

  @ParameterizedTest
  @CsvSource({"0x0D", "0x0E", "0x0F"})
  void saysThatTheAccountIsRefusedWhenTheBindIs(String code) {
    centre.bindingWith(number -> Integer.decode(code));

    assertThat(answerTo(TestTexts.saying("hello")))
        .isInstanceOfSatisfying(
            DispatchOutcome.Unreachable.class,
            failed -> assertThat(failed.reason()).isEqualTo(Reason.ACCOUNT_REFUSED));
  }

  @Test
  void refusesByItselfWhatNoCentreCanBeGiven() {
    assertThat(answerTo(TestTexts.from("A name that is too long", "hello", 1)))
        .isInstanceOfSatisfying(
            DispatchOutcome.Rejected.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.SENDER_REFUSED));
    assertThat(answerTo(TestTexts.saying("x".repeat(153 * 256), 2)))
        .isInstanceOfSatisfying(
            DispatchOutcome.Rejected.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.CONTENT_TOO_LONG));
    assertThat(centre.submits()).isEmpty();
  }

  @Test
  void refusesHalfOfABatchAndTakesTheOtherHalf() {
    centre.answering(submit ->
        (submit.getDestAddress().charAt(11) & 1) == 0
            ? new Reply.Refuse(0x0B)
            : new Reply.Take(centre.nextId()));
    start().submit(TestTexts.shortOnes(200), handOver);

    assertThat(handOver.awaitAnswers(200))
        .hasSize(200)
        .allMatch(answer ->
            (answer.message().ref().position() & 1) == 0
                ? answer.outcome() instanceof DispatchOutcome.Rejected
                : answer.outcome() instanceof DispatchOutcome.Accepted);
  }

  @Test
  void withdrawsWhatMayNotGoAnyMore() {
    RecordingHandOver stopping = new RecordingHandOver().lettingGo(5);
    start().submit(TestTexts.shortOnes(20), stopping);

    assertThat(stopping.awaitAnswers(20))
        .hasSize(20)
        .filteredOn(answer -> answer.outcome().equals(new DispatchOutcome.Withdrawn()))
        .hasSize(15);
    assertThat(stopping.asked()).isEqualTo(20);
    assertThat(centre.submits()).hasSize(5);
  }

  @Test
  void neverHasMoreUnansweredThanItsWindow() {
    config = config.withLimits(new SmppConfig.Limits(10, 0, 1_000, 1_000));
    CountDownLatch gate = new CountDownLatch(1);
    centre.answering(submit -> new Reply.Hold(gate, new Reply.Take(centre.nextId())));
    start().submit(TestTexts.shortOnes(50), handOver);
    centre.awaitSubmits(10);

    await()
        .during(Duration.ofMillis(200))
        .untilAsserted(() -> assertThat(centre.submits()).hasSize(10));
    gate.countDown();
    assertThat(handOver.awaitAnswers(50)).hasSize(50);
  }

  @Test
  void sendsNoFasterThanItMay() {
    config = config.withLimits(new SmppConfig.Limits(100, 100, 1_000, 1_000));
    long began = System.nanoTime();
    start().submit(TestTexts.shortOnes(60), handOver);
    handOver.awaitAnswers(60);

    Duration took = Duration.ofNanos(System.nanoTime() - began);
    assertThat(took).isGreaterThan(Duration.ofMillis(500));
  }

  @Test
  void givesBackWhatFindsNoPlaceInTime() {
    config =
        config
            .withTiming(config.timing().withAnswer(Duration.ofSeconds(1)))
            .withLimits(new SmppConfig.Limits(1, 0, 2, 1_000));
    CountDownLatch gate = new CountDownLatch(1);
    centre.answering(submit -> new Reply.Hold(gate, new Reply.Take(centre.nextId())));
    start().submit(TestTexts.shortOnes(6), handOver);

    List<RecordingHandOver.Answer> answers = handOver.awaitAnswers(6);
    assertThat(answers)
        .filteredOn(answer -> answer.outcome().equals(new DispatchOutcome.Throttled(null)))
        .hasSize(5);
    assertThat(answers)
        .filteredOn(answer -> answer.outcome() instanceof DispatchOutcome.Unconfirmed)
        .hasSize(1);
    gate.countDown();
  }

  @Test
  void answersEverythingWhenItIsClosed() {
    config = config.withLimits(new SmppConfig.Limits(10, 0, 1_000, 1_000));
    CountDownLatch never = new CountDownLatch(1);
    centre.answering(submit -> new Reply.Hold(never, new Reply.Take(centre.nextId())));
    start().submit(TestTexts.shortOnes(50), handOver);
    centre.awaitSubmits(10);
    start().close();

    assertThat(handOver.answers())
        .hasSize(50)
        .allMatch(answer ->
            answer.outcome() instanceof DispatchOutcome.Unconfirmed
                || answer.outcome() instanceof DispatchOutcome.Withdrawn);
    assertThat(handOver.answers())
        .filteredOn(answer -> answer.outcome() instanceof DispatchOutcome.Unconfirmed)
        .hasSize(10);
    never.countDown();
  }

  @Test
  void writesAddressesAndTimesAsTheStandardWantsThem() {
    answerTo(TestTexts.from("+263719999999", "hello", 5));
    answerTo(TestTexts.from("34567", "hello", 6));
    answerTo(TestTexts.from("Carillon", "hello", 7));

    List<SubmitSm> sent = centre.awaitSubmits(3);
    SubmitSm first = sent.getFirst();
    assertThat(first.getSourceAddr()).isEqualTo("263719999999");
    assertThat(first.getSourceAddrTon()).isEqualTo((byte) 1);
    assertThat(first.getSourceAddrNpi()).isEqualTo((byte) 1);
    assertThat(first.getDestAddress()).isEqualTo("263770000005");
    assertThat(first.getDestAddrTon()).isEqualTo((byte) 1);
    assertThat(first.getRegisteredDelivery()).isEqualTo((byte) 1);
    assertThat(first.getValidityPeriod()).isEqualTo("000002000000000R");
    assertThat(sent.get(1).getSourceAddrTon()).isEqualTo((byte) 3);
    assertThat(sent.get(2).getSourceAddrTon()).isEqualTo((byte) 5);
    assertThat(sent.get(2).getSourceAddrNpi()).isZero();
  }

  /// What is sent from now on has a session at once, however short its time.
  private void awaitSession() {
    OutboundMessage message = TestTexts.saying("hello", 499);
    await()
        .untilAsserted(() -> {
          RecordingHandOver first = new RecordingHandOver();
          start().submit(List.of(message), first);
          assertThat(first.awaitAnswer(message)).isInstanceOf(DispatchOutcome.Accepted.class);
        });
  }

  private SmppCarrier start() {
    if (carrier == null) {
      carrier =
          new SmppCarrier(
              ID, config, notices, new OneNode(), InstantSource.system(), new Random(1));
      carrier.start();
    }
    return carrier;
  }

  private DispatchOutcome answerTo(OutboundMessage message) {
    start().submit(List.of(message), handOver);
    return handOver.awaitAnswer(message);
  }

  /// A hand-over that fails when it is told the answer to one message.
  private record DeafFor(int position, HandOver others, Error failure) implements HandOver {
    @Override
    public boolean mayGo() {
      return others.mayGo();
    }

    @Override
    public void answer(OutboundMessage message, DispatchOutcome outcome) {
      if (message.ref().position() == position) {
        throw failure;
      }
      others.answer(message, outcome);
    }
  }
}
