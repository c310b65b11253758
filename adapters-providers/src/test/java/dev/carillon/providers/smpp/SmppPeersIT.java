package dev.carillon.providers.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.CarrierReceipt;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.providers.RecordingHandOver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against centres that `peers/install.sh` installs.
@Tag("peers")
class SmppPeersIT {
  private static final Path PEERS = Path.of("peers").toAbsolutePath().normalize();
  private static final Path PERL = Path.of("/usr/share/doc/libnet-smpp-perl/examples/smsc.pl");

  @TempDir private Path directory;

  private final RecordingHandOver handOver = new RecordingHandOver();
  private final NoticeBook notices = new NoticeBook();
  private @Nullable PeerProcess peer;
  private @Nullable SmppCarrier carrier;

  @AfterEach
  void end() {
    if (carrier != null) {
      carrier.close();
    }
    if (peer != null) {
      peer.close();
    }
  }

  @Test
  void nodeSmppGetsEveryTextAsItWasWritten() throws IOException {
    int port = node();
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Map<String, String> texts = new TreeMap<>();
    List<OutboundMessage> messages = new ArrayList<>();
    for (int position = 0; position < 2_000; position++) {
      OutboundMessage message =
          TestTexts.saying(position % 500 == 0 ? tenParts() : Phones.randomText(random), position);
      if (isOrdinary(message.address())) {
        texts.put(message.address().substring(1), ((SmsContent) message.content()).text());
        messages.add(message);
      }
    }
    start(port, rules());
    // what is submitted together has to find its place within half the answer time-out
    for (int next = 0; next < messages.size(); next += 100) {
      int end = Math.min(next + 100, messages.size());
      started().submit(messages.subList(next, end), handOver);
      handOver.awaitAnswers(end);
    }
    List<RecordingHandOver.Answer> answers = handOver.answers();

    assertThat(answers).allMatch(answer -> answer.outcome() instanceof DispatchOutcome.Accepted);
    List<String> ids =
        answers.stream()
            .flatMap(answer -> ((DispatchOutcome.Accepted) answer.outcome()).partIds().stream())
            .toList();
    assertThat(joined(Objects.requireNonNull(peer).awaitLines("{", ids.size())))
        .as("seed %d", seed)
        .isEqualTo(texts);
    assertThat(notices.awaitReceipts(ids.size()))
        .extracting(CarrierReceipt::carrierMessageId)
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void nodeSmppRefusesThrottlesAndFallsSilent() throws IOException {
    start(node(), rules());
    OutboundMessage refused = TestTexts.saying("hello", 20);
    OutboundMessage throttled = TestTexts.saying("hello", 31);
    OutboundMessage silent = TestTexts.saying("hello", 50);
    OutboundMessage early = TestTexts.saying("hello", 70);
    started().submit(List.of(refused, throttled, silent, early), handOver);

    assertThat(handOver.awaitAnswer(refused))
        .isInstanceOfSatisfying(
            DispatchOutcome.Rejected.class,
            no -> assertThat(no.reason()).isEqualTo(Reason.UNKNOWN_DESTINATION));
    assertThat(handOver.awaitAnswer(throttled)).isEqualTo(new DispatchOutcome.Throttled(null));
    assertThat(handOver.awaitAnswer(silent)).isInstanceOf(DispatchOutcome.Unconfirmed.class);
    DispatchOutcome.Accepted taken = (DispatchOutcome.Accepted) handOver.awaitAnswer(early);
    CarrierReceipt receipt = notices.awaitReceipts(1).getFirst();
    assertThat(receipt.carrierMessageId()).isEqualTo(taken.partIds().getFirst());
    assertThat(receipt.kind()).isEqualTo(ReceiptKind.DELIVERED);
  }

  @Test
  void nodeSmppRefusesAWrongPassword() throws IOException {
    int port = node();
    SmppCarrier made =
        new SmppCarrier(
            new CarrierId("node"),
            SmppConfig.to(SmppPeer.at("127.0.0.1", port, "carillon", "wrong")),
            notices,
            new OneNode(),
            InstantSource.system(),
            new Random(1));
    carrier = made;
    made.start();
    OutboundMessage message = TestTexts.saying("hello", 1);
    started().submit(List.of(message), handOver);

    assertThat(handOver.awaitAnswer(message))
        .isInstanceOfSatisfying(
            DispatchOutcome.Unreachable.class,
            no -> assertThat(no.reason()).isEqualTo(Reason.ACCOUNT_REFUSED));
  }

  @Test
  void perlGivesEveryMessageTheSameIdAndIsTakenAtItsWord() throws IOException {
    int port = freePort();
    Path script = directory.resolve("smsc.pl");
    Files.writeString(
        script,
        Files.readString(PERL)
            .replace("$port = 9900", "$port = " + port)
            .replace("$host = 'localhost'", "$host = '127.0.0.1'"));
    peer = new PeerProcess(directory, List.of("perl", script.toString(), "3"));
    awaitListening(port);
    start(port, SmppReceiptRules.DEFAULT);
    started().submit(TestTexts.shortOnes(50), handOver);

    assertThat(handOver.awaitAnswers(50))
        .extracting(RecordingHandOver.Answer::outcome)
        .containsOnly(new DispatchOutcome.Accepted("123456789", List.of("123456789")));
  }

  private int node() throws IOException {
    int port = freePort();
    PeerProcess node =
        new PeerProcess(PEERS, List.of("node", "smpp/centre.js", String.valueOf(port)));
    peer = node;
    node.awaitLines("LISTENING", 1);
    return port;
  }

  private SmppCarrier started() {
    return Objects.requireNonNull(carrier);
  }

  private static SmppReceiptRules rules() {
    return SmppReceiptRules.DEFAULT.withIds(SmppIdForm.HEX, SmppIdForm.DECIMAL, SmppIdForm.HEX);
  }

  private void start(int port, SmppReceiptRules rules) {
    SmppConfig config =
        SmppConfig.to(SmppPeer.at("127.0.0.1", port, "carillon", "secret"))
            .withTiming(
                SmppConfig.Timing.DEFAULT
                    .withAnswer(Duration.ofSeconds(8))
                    .withThrottlePause(Duration.ofMillis(20))
                    .withReconnect(Duration.ofMillis(50), Duration.ofMillis(200)))
            .withReceipts(rules);
    SmppCarrier made =
        new SmppCarrier(
            new CarrierId("peer"),
            config,
            notices,
            new OneNode(),
            InstantSource.system(),
            new Random(1));
    carrier = made;
    made.start();
  }

  /// The texts by number as a phone joins their parts.
  private static Map<String, String> joined(List<String> lines) {
    Map<String, TreeMap<Integer, String>> parts = new HashMap<>();
    for (String line : lines) {
      JsonObject taken = JsonParser.parseString(line).getAsJsonObject();
      JsonArray header = taken.getAsJsonArray("udh");
      int number = header.isEmpty() ? 1 : header.get(header.size() - 1).getAsInt();
      parts
          .computeIfAbsent(taken.get("to").getAsString(), to -> new TreeMap<>())
          .put(number, taken.get("text").getAsString());
    }
    Map<String, String> texts = new TreeMap<>();
    parts.forEach((to, pieces) -> texts.put(to, String.join("", pieces.values())));
    return texts;
  }

  private static String tenParts() {
    return "{€} 0123456789 ".repeat(85).substring(0, 1_224);
  }

  private static boolean isOrdinary(String address) {
    return !address.matches(".*(20|31|50|70)");
  }

  private static void awaitListening(int port) {
    await()
        .ignoreExceptions()
        .until(() -> {
          new Socket(InetAddress.getLoopbackAddress(), port).close();
          return true;
        });
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
