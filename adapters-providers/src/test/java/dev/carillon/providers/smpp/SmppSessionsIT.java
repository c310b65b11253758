package dev.carillon.providers.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.application.port.BindSlots;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.CarrierReceipt;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.providers.LogBook;
import dev.carillon.providers.RecordingHandOver;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.OptionalParameter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Binds, their slots, and what comes back over them.
class SmppSessionsIT {
  private static final CarrierId ID = new CarrierId("centre");

  private final RecordingHandOver handOver = new RecordingHandOver();
  private final NoticeBook notices = new NoticeBook();
  private final OneNode slots = new OneNode();
  private final List<SmppCarrier> carriers = new ArrayList<>();
  private Centre centre;
  private SmppConfig config;

  @BeforeEach
  void prepare() throws IOException {
    centre = new Centre();
    config =
        SmppConfig.to(centre.peer())
            .withTiming(
                SmppConfig.Timing.DEFAULT
                    .withAnswer(Duration.ofSeconds(10))
                    .withReconnect(Duration.ofMillis(20), Duration.ofMillis(100)));
  }

  @AfterEach
  void end() {
    carriers.forEach(SmppCarrier::close);
    centre.close();
  }

  @Test
  void makesLostSessionsAnew() {
    SmppCarrier carrier = start();
    assertThat(answer(carrier, 1)).isInstanceOf(DispatchOutcome.Accepted.class);
    for (int round = 2; round < 6; round++) {
      centre.cut();
      centre.awaitBinds(round);
      assertThat(answer(carrier, round)).isInstanceOf(DispatchOutcome.Accepted.class);
    }
  }

  @Test
  void bindsWhenTheCentreComesUpAfterIt() throws IOException {
    int port = centre.port();
    centre.close();
    SmppCarrier carrier = start();
    assertThat(answer(carrier, 1)).isInstanceOf(DispatchOutcome.Unreachable.class);

    centre = new Centre(port);
    centre.awaitBinds(1);
    await()
        .untilAsserted(() ->
            assertThat(answer(carrier, handOver.answers().size() + 1))
                .isInstanceOf(DispatchOutcome.Accepted.class));
  }

  @Test
  void spreadsMessagesOverItsSessions() {
    config =
        config
            .withBinds(new SmppConfig.Binds(false, 4, 0))
            .withLimits(new SmppConfig.Limits(1, 0, 1_000, 1_000));
    CountDownLatch gate = new CountDownLatch(1);
    centre.answering(submit -> new Centre.Reply.Hold(gate, new Centre.Reply.Take(centre.nextId())));
    SmppCarrier carrier = start();
    centre.awaitBinds(4);
    carrier.submit(TestTexts.shortOnes(4), handOver);

    centre.awaitSubmits(4);
    gate.countDown();
    assertThat(handOver.awaitAnswers(4)).hasSize(4);
    assertThat(carrier.window()).isEqualTo(4);
  }

  @Test
  void sendsOverOneBindAndHearsOverAnother() {
    config = config.withBinds(new SmppConfig.Binds(true, 1, 0));
    SmppCarrier carrier = start();
    assertThat(centre.awaitBinds(2)).containsExactlyInAnyOrder(BindType.BIND_RX, BindType.BIND_TX);
    assertThat(answer(carrier, 1)).isInstanceOf(DispatchOutcome.Accepted.class);

    await().until(() -> centre.sessions().size() == 2);
    assertThat(centre.deliver("id:1 stat:DELIVRD")).isZero();
    assertThat(notices.awaitReceipts(1)).hasSize(1);
  }

  @Test
  void neverHasMoreBindsThanTheOperatorAllowsOverAllNodes() {
    config = config.withBinds(new SmppConfig.Binds(false, 2, 3));
    SmppCarrier first = start();
    centre.awaitBinds(2);
    SmppCarrier second = start();
    centre.awaitBinds(3);
    await()
        .during(Duration.ofMillis(300))
        .untilAsserted(() -> assertThat(centre.sessions()).hasSize(3));
    assertThat(slots.held()).isEqualTo(3);

    first.close();
    await().untilAsserted(() -> assertThat(centre.sessions()).hasSize(2));
    assertThat(answer(second, 1)).isInstanceOf(DispatchOutcome.Accepted.class);
    second.close();
    assertThat(slots.held()).isZero();
  }

  @Test
  void unbindsWhenItsSlotIsLost() {
    config = config.withBinds(new SmppConfig.Binds(false, 1, 1));
    start();
    centre.awaitBinds(1);
    slots.steal(1);

    await().untilAsserted(() -> assertThat(centre.sessions()).isEmpty());
    slots.giveBack(1);
    centre.awaitBinds(2);
  }

  @Test
  void doesNotBindWhileTheSlotsCannotBeAsked() {
    config = config.withBinds(new SmppConfig.Binds(false, 1, 1));
    slots.goAway();
    SmppCarrier carrier = start();

    assertThat(answer(carrier, 1))
        .isEqualTo(
            DispatchOutcome.Unreachable.noContact(
                Reason.CARRIER_UNREACHABLE, "all binds are taken by other nodes"));
    assertThat(centre.binds()).isEmpty();
  }

  @Test
  void comesBackAndSaysSoWhenABindEndsByABug() {
    config = config.withBinds(new SmppConfig.Binds(false, 1, 1));
    AtomicInteger asked = new AtomicInteger();
    BindSlots failing =
        new BindSlots() {
          @Override
          public Optional<Integer> take(
              CarrierId carrier, String owner, int number, Duration time) {
            return switch (asked.incrementAndGet()) {
              case 1 -> throw new IllegalStateException("secret");
              case 2 -> throw new StackOverflowError("secret");
              default -> slots.take(carrier, owner, number, time);
            };
          }

          @Override
          public boolean prolong(CarrierId carrier, int slot, String owner, Duration time) {
            return slots.prolong(carrier, slot, owner, time);
          }

          @Override
          public void release(CarrierId carrier, int slot, String owner) {
            slots.release(carrier, slot, owner);
          }
        };
    try (LogBook log = LogBook.of(SmppBind.class)) {
      SmppCarrier carrier = start(failing);
      centre.awaitBinds(1);

      assertThat(answer(carrier, 1)).isInstanceOf(DispatchOutcome.Accepted.class);
      assertThat(log.lines())
          .contains(
              "ERROR carrier centre, BIND_TRX 1: a bind broke off: java.lang.IllegalStateException",
              "ERROR carrier centre, BIND_TRX 1: a bind broke off: java.lang.StackOverflowError");
      assertThat(log.everything()).doesNotContain("secret");
    }
  }

  @Test
  void goesOnStoringAndSaysSoWhenTheStoreFailsByABug() {
    AtomicInteger calls = new AtomicInteger();
    notices.first(batch -> {
      switch (calls.incrementAndGet()) {
        case 1 -> throw new IllegalStateException("+263770000000");
        case 2 -> throw new StackOverflowError("+263770000000");
        default -> {}
      }
    });
    try (LogBook log = LogBook.of(SmppInbox.class)) {
      start();
      centre.awaitBinds(1);
      await().until(() -> !centre.sessions().isEmpty());

      assertThat(centre.deliver("id:1 stat:DELIVRD")).isEqualTo(0x64);
      assertThat(centre.deliver("id:1 stat:DELIVRD")).isEqualTo(0x64);
      assertThat(centre.deliver("id:1 stat:DELIVRD")).isZero();
      assertThat(log.lines())
          .containsExactly(
              "ERROR a notice could not be stored: java.lang.IllegalStateException",
              "ERROR a notice could not be stored: java.lang.StackOverflowError");
      assertThat(log.everything()).doesNotContain("263");
    }
  }

  @Test
  void acknowledgesAReceiptOnlyWhenItIsStored() throws InterruptedException {
    CountDownLatch store = new CountDownLatch(1);
    CountDownLatch storing = new CountDownLatch(1);
    AtomicInteger answered = new AtomicInteger(-1);
    notices.first(batch -> {
      storing.countDown();
      awaitQuietly(store);
    });
    start();
    centre.awaitBinds(1);
    await().until(() -> !centre.sessions().isEmpty());
    Thread bringing =
        Thread.ofVirtual().start(() -> answered.set(centre.deliver("id:1 stat:DELIVRD")));
    storing.await();

    await().during(Duration.ofMillis(200)).untilAsserted(() -> assertThat(answered).hasValue(-1));
    store.countDown();
    bringing.join();
    assertThat(answered).hasValue(0);
    assertThat(notices.stored()).hasSize(1);
  }

  @Test
  void sendsMessagesWhileReceiptsWaitToBeStored() {
    CountDownLatch store = new CountDownLatch(1);
    notices.first(batch -> awaitQuietly(store));
    SmppCarrier carrier = start();
    centre.awaitBinds(1);
    await().until(() -> !centre.sessions().isEmpty());
    List<Thread> bringing =
        IntStream.range(0, 50)
            .mapToObj(
                id -> Thread.ofVirtual().start(() -> centre.deliver("id:" + id + " stat:DELIVRD")))
            .toList();

    assertThat(answer(carrier, 1)).isInstanceOf(DispatchOutcome.Accepted.class);
    store.countDown();
    bringing.forEach(SmppSessionsIT::joinQuietly);
    assertThat(notices.awaitReceipts(50))
        .extracting(CarrierReceipt::carrierMessageId)
        .doesNotHaveDuplicates();
  }

  @Test
  void asksTheCentreToComeAgainWhileTheStoreIsAway() {
    notices.first(batch -> {
      throw new DomainException(new DomainError.StoreUnavailable(Duration.ofSeconds(1)));
    });
    start();
    centre.awaitBinds(1);
    await().until(() -> !centre.sessions().isEmpty());

    assertThat(centre.deliver("id:1 stat:DELIVRD")).isEqualTo(0x64);
    notices.first(batch -> {});
    assertThat(centre.deliver("id:1 stat:DELIVRD")).isZero();
    assertThat(notices.awaitReceipts(1)).hasSize(1);
  }

  @Test
  void refusesForNowWhatHasNoRoom() throws InterruptedException {
    config = config.withLimits(new SmppConfig.Limits(100, 0, 1_000, 1));
    CountDownLatch store = new CountDownLatch(1);
    CountDownLatch storing = new CountDownLatch(1);
    notices.first(batch -> {
      storing.countDown();
      awaitQuietly(store);
    });
    start();
    centre.awaitBinds(1);
    await().until(() -> !centre.sessions().isEmpty());
    AtomicInteger throttled = new AtomicInteger();
    List<Thread> bringing = new ArrayList<>();
    bringing.add(bring(0, throttled));
    storing.await();
    IntStream.range(1, 10).forEach(id -> bringing.add(bring(id, throttled)));

    await().untilAsserted(() -> assertThat(throttled).hasValue(8));
    store.countDown();
    bringing.forEach(SmppSessionsIT::joinQuietly);
    assertThat(notices.awaitReceipts(2)).hasSize(2);
  }

  @Test
  void hearsThatSomebodyWantsNoMoreAndLetsOtherRepliesPass() {
    start();
    centre.awaitBinds(1);
    await().until(() -> !centre.sessions().isEmpty());

    assertThat(centre.deliver("thank you", (byte) 0, "263770000001")).isZero();
    assertThat(centre.deliver("Stop", (byte) 0, "263770000002")).isZero();
    assertThat(notices.await(1))
        .singleElement()
        .isInstanceOfSatisfying(
            Notice.OfOptOut.class,
            told ->
                assertThat(((OptOut.OfAddress) told.optOut()).address())
                    .isEqualTo("+263770000002"));
  }

  @Test
  void takesTheTlvsOfAReceipt() {
    config =
        config.withReceipts(
            SmppReceiptRules.DEFAULT.withIds(SmppIdForm.HEX, SmppIdForm.DECIMAL, SmppIdForm.HEX));
    start();
    centre.awaitBinds(1);
    await().until(() -> !centre.sessions().isEmpty());

    centre.deliver(
        "id:255 stat:UNDELIV err:27",
        new OptionalParameter.Receipted_message_id("00ff"),
        new OptionalParameter.Message_state((byte) 5));
    CarrierReceipt receipt = notices.awaitReceipts(1).getFirst();
    assertThat(receipt.carrierMessageId()).isEqualTo("255");
    assertThat(receipt.kind()).isEqualTo(ReceiptKind.UNDELIVERED);
  }

  private Thread bring(int id, AtomicInteger throttled) {
    return Thread.ofVirtual()
        .start(() -> {
          if (centre.deliver("id:" + id + " stat:DELIVRD") == 0x58) {
            throttled.incrementAndGet();
          }
        });
  }

  private SmppCarrier start() {
    return start(slots);
  }

  private SmppCarrier start(BindSlots of) {
    SmppCarrier carrier =
        new SmppCarrier(ID, config, notices, of, InstantSource.system(), new Random(1));
    carriers.add(carrier);
    carrier.start();
    return carrier;
  }

  private DispatchOutcome answer(SmppCarrier carrier, int count) {
    carrier.submit(List.of(TestTexts.saying("hello", count)), handOver);
    return handOver.awaitAnswers(count).get(count - 1).outcome();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void joinQuietly(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
