package dev.carillon.providers.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.CarrierReceipt;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.providers.RecordingHandOver;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.jsmpp.examples.SMPPServerSimulator;
import org.junit.jupiter.api.Test;

/// Against the simulator that comes with jsmpp: hexadecimal ids in answers, decimal ones in
/// receipts, an ordinary message to us at each bind, and no query_sm.
class JsmppSimulatorIT {
  private final RecordingHandOver handOver = new RecordingHandOver();
  private final NoticeBook notices = new NoticeBook();

  @Test
  void matchesEveryReceiptWithItsPart() throws IOException {
    int port = freePort();
    Thread simulator =
        Thread.ofPlatform()
            .daemon()
            .start(new SMPPServerSimulator(false, port, "carillon", "secret"));
    SmppConfig config =
        SmppConfig.to(SmppPeer.at("localhost", port, "carillon", "secret"))
            .withTiming(
                SmppConfig.Timing.DEFAULT.withReconnect(
                    Duration.ofMillis(50), Duration.ofMillis(100)))
            .withReceipts(
                SmppReceiptRules.DEFAULT.withIds(
                    SmppIdForm.HEX, SmppIdForm.DECIMAL, SmppIdForm.HEX));
    SmppCarrier carrier =
        new SmppCarrier(
            new CarrierId("jsmpp"),
            config,
            notices,
            new OneNode(),
            InstantSource.system(),
            new Random(1));
    carrier.start();
    try {
      carrier.submit(TestTexts.shortOnes(100), handOver);
      carrier.submit(List.of(TestTexts.saying("€{}".repeat(100), 100)), handOver);
      List<String> ids =
          handOver.awaitAnswers(101).stream()
              .flatMap(answer -> ((DispatchOutcome.Accepted) answer.outcome()).partIds().stream())
              .toList();

      List<CarrierReceipt> receipts = notices.awaitReceipts(ids.size());
      assertThat(ids).hasSize(104);
      assertThat(receipts)
          .extracting(CarrierReceipt::carrierMessageId)
          .containsExactlyInAnyOrderElementsOf(ids);
      assertThat(receipts).allMatch(receipt -> receipt.kind() == ReceiptKind.DELIVERED);
    } finally {
      carrier.close();
      simulator.interrupt();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
