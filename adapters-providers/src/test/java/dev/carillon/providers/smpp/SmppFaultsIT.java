package dev.carillon.providers.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.providers.RecordingHandOver;
import dev.carillon.providers.smpp.RawCentre.Manners;
import dev.carillon.providers.smpp.RawCentre.Pdu;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Centres that break the protocol.
class SmppFaultsIT {
  private final RecordingHandOver handOver = new RecordingHandOver();
  private final NoticeBook notices = new NoticeBook();
  private @Nullable RawCentre centre;
  private @Nullable SmppCarrier carrier;

  @AfterEach
  void end() {
    if (carrier != null) {
      carrier.close();
    }
    if (centre != null) {
      centre.close();
    }
  }

  @Test
  void doesNotKnowWhatAnUnreadableAnswerMeans() throws IOException {
    start((pdu, out) -> out.write(pdu.answer(0, new byte[] {1, 2, 3, (byte) 0xFF, 0})));

    assertThat(answer()).isEqualTo(new DispatchOutcome.Unconfirmed("the answer cannot be read"));
  }

  @Test
  void doesNotKnowWhatAnEndlessIdMeans() throws IOException {
    byte[] endless = "9".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
    start((pdu, out) -> out.write(pdu.answer(0, endless)));

    assertThat(answer()).isEqualTo(new DispatchOutcome.Unconfirmed("the answer cannot be read"));
  }

  @Test
  void takesAnIdWithoutItsClosingNulAndAnAnswerWithoutAnId() throws IOException {
    AtomicInteger answered = new AtomicInteger();
    start((pdu, out) ->
        out.write(pdu.answer(0, answered.getAndIncrement() == 0 ? new byte[] {'4'} : new byte[0])));

    assertThat(answer()).isEqualTo(new DispatchOutcome.Accepted("4", List.of("4")));
    assertThat(answer()).isEqualTo(new DispatchOutcome.Accepted("", List.of("")));
  }

  @Test
  void learnsNothingFromALateAnswerThatCannotBeRead() throws IOException {
    CountDownLatch late = new CountDownLatch(1);
    start(
        (pdu, out) ->
            Thread.ofVirtual()
                .start(() -> {
                  awaitQuietly(late);
                  writeQuietly(
                      out,
                      pdu.answer(0, pdu.sequence() % 2 == 0 ? new byte[] {1} : new byte[] {'7'}));
                }),
        timing().withAnswer(Duration.ofMillis(300)));
    assertThat(answer()).isInstanceOf(DispatchOutcome.Unconfirmed.class);
    assertThat(answer()).isInstanceOf(DispatchOutcome.Unconfirmed.class);

    late.countDown();
    assertThat(notices.awaitLateAnswer().carrierMessageId()).isEqualTo("7");
    await()
        .during(Duration.ofMillis(200))
        .untilAsserted(() -> assertThat(notices.stored()).hasSize(1));
  }

  @Test
  void takesAGenericNackForARefusal() throws IOException {
    start((pdu, out) -> out.write(pdu.nack(0x03)));

    assertThat(answer())
        .isEqualTo(new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, "0x03 invalid command id"));
  }

  @Test
  void ignoresAnswersToWhatItNeverAsked() throws IOException {
    start((pdu, out) -> {
      out.write(
          Pdu.write(
              0x80000004, 0, pdu.sequence() + 1_000, "99\0".getBytes(StandardCharsets.US_ASCII)));
      out.write(pdu.answer(0, "1\0".getBytes(StandardCharsets.US_ASCII)));
      out.write(pdu.answer(0, "2\0".getBytes(StandardCharsets.US_ASCII)));
    });

    assertThat(answer()).isEqualTo(new DispatchOutcome.Accepted("1", List.of("1")));
    assertThat(answer()).isEqualTo(new DispatchOutcome.Accepted("1", List.of("1")));
    assertThat(handOver.answers()).as("each is answered once").hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1_000_000})
  void leavesACentreWhosePdusHaveNoPossibleLength(int length) throws IOException {
    start((pdu, out) ->
        out.write(
            ByteBuffer.allocate(16).putInt(length).putInt(0x80000004).putInt(0).putInt(1).array()));

    assertThat(answer()).isEqualTo(new DispatchOutcome.Unconfirmed("the connection broke"));
    await()
        .untilAsserted(
            () -> assertThat(Objects.requireNonNull(centre).connections()).isGreaterThan(1));
  }

  @Test
  void readsAPduThatComesOctetByOctet() throws IOException {
    start(
        (pdu, out) -> {
          for (byte octet : pdu.answer(0, "slowly\0".getBytes(StandardCharsets.US_ASCII))) {
            out.write(octet);
            out.flush();
            if (pdu.command() == RawCentre.SUBMIT_SM) {
              awaitMillis(60);
            }
          }
        },
        timing().withEnquireLink(Duration.ofMillis(50), Duration.ofSeconds(5)));

    assertThat(answer()).isEqualTo(new DispatchOutcome.Accepted("slowly", List.of("slowly")));
  }

  @Test
  void leavesACentreThatHasFallenSilentAndDoesNotKnowWhatItDid() throws IOException {
    start(
        (pdu, out) -> {}, timing().withEnquireLink(Duration.ofMillis(100), Duration.ofMillis(200)));

    assertThat(answer()).isEqualTo(new DispatchOutcome.Unconfirmed("the connection broke"));
    await()
        .untilAsserted(
            () -> assertThat(Objects.requireNonNull(centre).connections()).isGreaterThan(1));
  }

  @Test
  void givesUpOnACentreThatReadsNothing() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    start(
        new Manners() {
          @Override
          public void bound(OutputStream out) {
            try {
              over.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }

          @Override
          public void told(Pdu pdu, OutputStream out) {}
        },
        timing().withAnswer(Duration.ofSeconds(2)),
        10_000);
    String text = "x".repeat(1_500);
    List<OutboundMessage> many =
        IntStream.range(0, 10_000).mapToObj(position -> TestTexts.saying(text, position)).toList();
    started().submit(many, handOver);

    assertThat(handOver.awaitAnswers(10_000))
        .hasSize(10_000)
        .noneMatch(answer -> answer.outcome() instanceof DispatchOutcome.Accepted);
    over.countDown();
  }

  @Test
  void refusesADeliverSmThatCannotBeReadAndGoesOn() throws IOException {
    CountDownLatch refused = new CountDownLatch(2);
    start(
        new Manners() {
          @Override
          public void bound(OutputStream out) throws IOException {
            out.write(Pdu.write(0x05, 0, 71, new byte[] {1, 2, 3}));
            out.write(Pdu.write(0x05, 0, 72, new byte[300]));
          }

          @Override
          public void told(Pdu pdu, OutputStream out) throws IOException {
            if (pdu.command() == 0x80000005) {
              refused.countDown();
            } else {
              out.write(pdu.answer(0, "1\0".getBytes(StandardCharsets.US_ASCII)));
            }
          }
        },
        timing(),
        100);

    assertThat(answer()).isInstanceOf(DispatchOutcome.Accepted.class);
    await().untilAsserted(() -> assertThat(refused.getCount()).isZero());
    assertThat(notices.stored()).isEmpty();
  }

  private static SmppConfig.Timing timing() {
    return SmppConfig.Timing.DEFAULT
        .withAnswer(Duration.ofSeconds(10))
        .withReconnect(Duration.ofMillis(20), Duration.ofMillis(100));
  }

  private void start(Manners manners) throws IOException {
    start(manners, timing());
  }

  private void start(Manners manners, SmppConfig.Timing timing) throws IOException {
    start(manners, timing, 100);
  }

  private void start(Manners manners, SmppConfig.Timing timing, int window) throws IOException {
    RawCentre made = new RawCentre(manners);
    centre = made;
    SmppConfig config =
        SmppConfig.to(made.peer())
            .withTiming(timing)
            .withLimits(new SmppConfig.Limits(window, 0, 20_000, 100));
    SmppCarrier started =
        new SmppCarrier(
            new CarrierId("raw"),
            config,
            notices,
            new OneNode(),
            InstantSource.system(),
            new Random(1));
    carrier = started;
    started.start();
  }

  private SmppCarrier started() {
    return Objects.requireNonNull(carrier);
  }

  private DispatchOutcome answer() {
    int before = handOver.answers().size();
    started().submit(List.of(TestTexts.saying("hello", before)), handOver);
    return handOver.awaitAnswers(before + 1).get(before).outcome();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void writeQuietly(OutputStream out, byte[] octets) {
    try {
      out.write(octets);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitMillis(long millis) {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
  }
}
