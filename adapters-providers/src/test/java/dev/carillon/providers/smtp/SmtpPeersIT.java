package dev.carillon.providers.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.DispatchOutcome.Accepted;
import dev.carillon.domain.delivery.DispatchOutcome.Rejected;
import dev.carillon.domain.delivery.DispatchOutcome.Unconfirmed;
import dev.carillon.domain.delivery.DispatchOutcome.Unreachable;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.providers.RecordingHandOver;
import dev.carillon.providers.RecordingNotices;
import dev.carillon.providers.TestCertificate;
import dev.carillon.providers.smpp.PeerProcess;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against mail servers and verifiers that `peers/install.sh` installs.
@Tag("peers")
class SmtpPeersIT {
  private static final Path PEERS = Path.of("peers").toAbsolutePath().normalize();

  @TempDir private Path directory;

  private final RecordingHandOver handOver = new RecordingHandOver();
  private final RecordingNotices notices = new RecordingNotices();

  @Test
  void nodesServerGetsEveryTextAsItWasWritten() throws Exception {
    int port = freePort();
    List<OutboundMessage> mails =
        IntStream.range(0, 2_000)
            .mapToObj(i -> mail("to" + i + "@example.net", i, i + " \u20AC \uD83D\uDE00\r\n.\r\n"))
            .toList();
    try (PeerProcess relay = node(port);
        SmtpCarrier carrier = start(port, false)) {
      // what is submitted together has to get its turn within the exchange time-out
      for (int next = 0; next < mails.size(); next += 100) {
        carrier.submit(mails.subList(next, next + 100), handOver);
        handOver.awaitAnswers(next + 100);
      }
      assertThat(handOver.answers()).allMatch(answer -> answer.outcome() instanceof Accepted);

      Map<String, String> texts = new TreeMap<>();
      for (String line : relay.awaitLines("{", mails.size())) {
        JsonObject taken = JsonParser.parseString(line).getAsJsonObject();
        texts.put(taken.get("to").getAsString(), text(taken));
      }
      Map<String, String> expected = new TreeMap<>();
      mails.forEach(mail -> expected.put(mail.address(), ((EmailContent) mail.content()).text()));
      assertThat(texts).isEqualTo(expected);
    }
  }

  @Test
  void nodesServerRefusesDelaysAndFallsSilent() throws Exception {
    int port = freePort();
    OutboundMessage refused = mail("refuse@example.net", 1, "hello");
    OutboundMessage later = mail("later@example.net", 2, "hello");
    OutboundMessage silent = mail("silent@example.net", 3, "hello");
    try (PeerProcess _ = node(port);
        SmtpCarrier carrier = start(port, false)) {
      carrier.submit(List.of(refused, later, silent), handOver);

      assertThat(((Rejected) handOver.awaitAnswer(refused)).reason())
          .isEqualTo(Reason.UNKNOWN_DESTINATION);
      assertThat(((Unreachable) handOver.awaitAnswer(later)).reason())
          .isEqualTo(Reason.DESTINATION_UNREACHABLE);
      assertThat(handOver.awaitAnswer(silent)).isInstanceOf(Unconfirmed.class);
    }
  }

  @Test
  void theSinkRefusesAndHangsUp() throws Exception {
    assertThat(answerOfSink("-r", "RCPT")).isInstanceOf(Unreachable.class);
    assertThat(answerOfSink("-f", "RCPT")).isInstanceOf(Rejected.class);
    assertThat(answerOfSink("-q", "DATA")).isInstanceOf(Unreachable.class);
    assertThat(answerOfSink("-q", ".")).isInstanceOf(Unconfirmed.class);
    assertThat(answerOfSink("-8")).isInstanceOf(Accepted.class);
  }

  @Test
  void postfixRefusesAndDelays() throws Exception {
    int port = freePort();
    OutboundMessage refused = mail("refuse@example.com", 1, "hello");
    OutboundMessage later = mail("later@example.com", 2, "hello");
    try (Postfix _ = new Postfix(directory, port);
        SmtpCarrier carrier = start(port, false)) {
      carrier.submit(List.of(refused, later), handOver);

      assertThat(((Rejected) handOver.awaitAnswer(refused)).reason())
          .isEqualTo(Reason.UNKNOWN_DESTINATION);
      assertThat(((Unreachable) handOver.awaitAnswer(later)).retryAfter())
          .isEqualTo(Duration.ofMinutes(5));
    }
  }

  @Test
  void postfixsReportsTellWhatBecameOfEachMail() throws Exception {
    int port = freePort();
    List<OutboundMessage> mails = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String domain = i % 4 == 0 ? "example.net" : "mail.example.org";
      mails.add(mail("to" + i + "@" + domain, i, "hello " + i));
    }
    try (Postfix postfix = new Postfix(directory, port);
        SmtpCarrier carrier = start(port, true)) {
      carrier.submit(mails, handOver);
      assertThat(handOver.awaitAnswers(100))
          .allMatch(answer -> answer.outcome() instanceof Accepted);
      // 75 mails and a report on each of 100
      await().atMost(Duration.ofSeconds(60)).until(() -> postfix.delivered().size() == 175);

      List<Notice> told = postfix.delivered().stream().flatMap(this::read).toList();
      assertThat(kinds(told, ReceiptKind.DELIVERED)).hasSize(75).allMatch(i -> i % 4 != 0);
      assertThat(kinds(told, ReceiptKind.UNDELIVERED)).hasSize(25).allMatch(i -> i % 4 == 0);
      assertThat(told)
          .filteredOn(notice ->
              notice instanceof Notice.OfOptOut opt
                  && opt.optOut() instanceof OptOut.OfMessage of
                  && of.ref().position() % 4 == 0)
          .hasSize(25);
      assertThat(told).hasSize(125);
    }
  }

  @Test
  void twoVerifiersBelieveTheSignature() throws Exception {
    TestCertificate certificate = TestCertificate.in(directory, "RSA");
    Path mail = directory.resolve("mail.eml");
    Path changed = directory.resolve("changed.eml");
    byte[] signed = signed(certificate.key());
    Files.write(mail, signed);
    Files.writeString(
        changed,
        new String(signed, StandardCharsets.ISO_8859_1).replace("One-Click", "One-Clack"),
        StandardCharsets.ISO_8859_1);
    String record = record(certificate);

    for (List<String> verifier :
        List.of(List.of("/usr/bin/python3", "smtp/verify.py"), List.of("node", "smtp/verify.js"))) {
      assertThat(run(verifier, mail, record)).isEqualTo("dkim=pass");
      assertThat(run(verifier, changed, record)).isNotEqualTo("dkim=pass");
    }
  }

  private DispatchOutcome answerOfSink(String... options) throws Exception {
    int port = freePort();
    OutboundMessage mail = mail("bob@example.net", 1, "hello");
    List<String> command = new ArrayList<>(List.of("smtp-sink", "-u", "nobody"));
    command.addAll(List.of(options));
    command.addAll(List.of("127.0.0.1:" + port, "10"));
    RecordingHandOver own = new RecordingHandOver();
    try (PeerProcess _ = new PeerProcess(directory, command);
        SmtpCarrier carrier = start(port, false)) {
      awaitListening(port);
      carrier.submit(List.of(mail), own);
      return own.awaitAnswer(mail);
    }
  }

  private static PeerProcess node(int port) throws IOException {
    PeerProcess node =
        new PeerProcess(PEERS, List.of("node", "smtp/relay.js", String.valueOf(port)));
    node.awaitLines("listening", 1);
    return node;
  }

  private SmtpCarrier start(int port, boolean receipts) {
    SmtpConfig usual =
        Fixtures.with(
            Fixtures.config(port),
            new SmtpConfig.Mail("shop@example.org", "bounce@mail.example.org", false, receipts));
    SmtpServer server =
        new SmtpServer("127.0.0.1", port, SmtpServer.Security.NONE, "client.example.org", null);
    SmtpCarrier carrier =
        new SmtpCarrier(
            Fixtures.CARRIER,
            Fixtures.with(usual, server),
            notices,
            Fixtures.PLACE,
            Fixtures.CLOCK);
    carrier.start();
    return carrier;
  }

  private Stream<Notice> read(byte[] mail) {
    return new SmtpReceipts(Fixtures.CARRIER, new MailTokens(Fixtures.PLACE))
        .read(mail, Fixtures.NOW).stream();
  }

  private static List<Integer> kinds(List<Notice> notices, ReceiptKind kind) {
    return notices.stream()
        .filter(Notice.OfMessage.class::isInstance)
        .map(notice -> ((Notice.OfMessage) notice).receipt())
        .filter(receipt -> receipt.kind() == kind)
        .map(Receipt::ref)
        .map(ref -> ref.position())
        .distinct()
        .toList();
  }

  private static byte[] signed(Path key) {
    return new MailComposer(
            new SmtpConfig.Mail("Shop <shop@example.org>", "bounce@example.org", true, false),
            new MailTokens(Fixtures.PLACE),
            new DkimSigning(new SmtpConfig.Dkim("example.org", "s1", key), Fixtures.CLOCK),
            Fixtures.CLOCK)
        .compose(
            Fixtures.mail("bob@example.net", 3),
            new EmailContent(
                "", "", "Gr\u00FC\u00DFe", "<p>\u20AC</p>\n\n", "..\n\n\n", Map.of("X-A", "b")))
        .orElseThrow()
        .octets();
  }

  private static String record(TestCertificate certificate) throws Exception {
    byte[] key =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(Files.newInputStream(certificate.certificate()))
            .getPublicKey()
            .getEncoded();
    return "v=DKIM1; k=rsa; p=" + Base64.getEncoder().encodeToString(key);
  }

  private static String run(List<String> verifier, Path mail, String record) throws Exception {
    List<String> command = new ArrayList<>(verifier);
    command.addAll(List.of(mail.toString(), record));
    try (PeerProcess process = new PeerProcess(PEERS, command)) {
      return process.awaitLines("=", 1).getFirst();
    }
  }

  private static OutboundMessage mail(String to, int position, String text) {
    return Fixtures.mail(
        to, position, new EmailContent("", "", "Subject " + position, "", text, Map.of()));
  }

  private static String text(JsonObject taken) throws Exception {
    byte[] raw = Base64.getDecoder().decode(taken.get("raw").getAsString());
    MimeMessage mail =
        new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(raw));
    return new String(mail.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void awaitListening(int port) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> {
          try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
          } catch (IOException notYet) {
            return false;
          }
        });
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
