package dev.carillon.providers.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.providers.RecordingHandOver;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Centres whose names nobody tells: where the system is asked for an address and never answers.
@Timeout(60)
class SmppNamesIT {
  /// More than there are threads that carry virtual ones.
  private static final int HUNG = 2 * Runtime.getRuntime().availableProcessors() + 2;

  private static final Duration SOON = Duration.ofSeconds(20);

  private final List<SmppCarrier> carriers = new ArrayList<>();

  @AfterEach
  void end() {
    carriers.forEach(SmppCarrier::close);
  }

  @Test
  void keepsNoOtherCarrierWaitingAndEndsInTime() throws IOException {
    long began = System.nanoTime();
    List<SmppCarrier> hung =
        IntStream.range(0, HUNG)
            .mapToObj(i ->
                start(SmppPeer.at("smsc" + i + HangingNames.SUFFIX, 2_775, "carillon", "secret")))
            .toList();
    try (RawCentre centre =
        new RawCentre((pdu, out) -> out.write(pdu.answer(0, new byte[] {'7', 0})))) {
      assertThat(answer(start(centre.peer()))).isInstanceOf(DispatchOutcome.Accepted.class);
    }

    assertThat(hung)
        .allSatisfy(one -> assertThat(answer(one)).isInstanceOf(DispatchOutcome.Unreachable.class));
    carriers.forEach(SmppCarrier::close);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
  }

  private SmppCarrier start(SmppPeer peer) {
    SmppConfig.Timing usual = SmppConfig.Timing.DEFAULT;
    SmppConfig config =
        SmppConfig.to(peer)
            .withTiming(
                new SmppConfig.Timing(
                    Duration.ofMillis(300),
                    usual.bind(),
                    usual.answer(),
                    usual.enquireLink(),
                    usual.enquireAnswer(),
                    Duration.ofMillis(50),
                    Duration.ofMillis(100),
                    usual.throttlePause()));
    SmppCarrier carrier =
        new SmppCarrier(
            new CarrierId("raw"),
            config,
            new NoticeBook(),
            new OneNode(),
            InstantSource.system(),
            new Random(1));
    carriers.add(carrier);
    carrier.start();
    return carrier;
  }

  private static DispatchOutcome answer(SmppCarrier carrier) {
    RecordingHandOver handOver = new RecordingHandOver();
    carrier.submit(List.of(TestTexts.saying("hello", 0)), handOver);
    return handOver.awaitAnswers(1).getFirst().outcome();
  }
}
