package dev.carillon.providers.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.providers.RecordingHandOver;
import dev.carillon.providers.smpp.Centre.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.session.SMPPServerSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Kannel is a client of centres, as we are. So a centre here hands what we send on to it, as it
/// would to a phone: Kannel joins the parts, reads the texts, and calls a web server with them.
@Tag("peers")
@Timeout(120)
class KannelIT {
  private static final Path BEARERBOX = Path.of("/usr/sbin/bearerbox");
  private static final Path SMSBOX = Path.of("/usr/sbin/smsbox");
  private static final List<String> TEXTS =
      List.of(
          "hello",
          "Price: 10 € ^{}\\[~]| {a} [b]",
          "я".repeat(66) + "\uD83D\uDE00" + "я".repeat(10),
          "שלום, האם הכול בסדר? مرحبا بك 123 في هراري",
          "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 n\u0303 ñ",
          "a+b=c&d%20e?f#g;h/i \"q\" <b> 'x'\nsecond line",
          "x".repeat(152) + "€" + "y".repeat(200),
          "0123456789abcdefg".repeat(90),
          "ü".repeat(161));

  @TempDir private Path directory;

  private final Map<String, String> shown = new ConcurrentHashMap<>();
  private final RecordingHandOver handOver = new RecordingHandOver();

  @Test
  void isInstalled() {
    assertThat(BEARERBOX).exists();
    assertThat(SMSBOX).exists();
  }

  @ParameterizedTest
  @EnumSource(
      value = SmppWording.LongForm.class,
      names = {"UDH8", "UDH16"})
  void showsEveryTextAsItWasWritten(SmppWording.LongForm form) throws IOException {
    HttpServer phone = phone();
    try (Centre centre = new Centre();
        PeerProcess bearerbox = start(BEARERBOX, centre.port(), phone.getAddress().getPort())) {
      await().atMost(Duration.ofSeconds(30)).until(() -> centre.named("kannel") != null);
      assertThat(bearerbox.lines("PANIC")).isEmpty();
      try (PeerProcess smsbox = new PeerProcess(directory, command(SMSBOX))) {
        bearerbox.awaitLines("Client connected from", 1);
        send(centre, form);
        assertThat(smsbox.lines("PANIC")).isEmpty();
      }
    } finally {
      phone.stop(0);
    }
  }

  private void send(Centre centre, SmppWording.LongForm form) {
    centre.answering(submit -> {
      pass(submit, centre);
      return new Reply.Take(centre.nextId());
    });
    SmppCarrier carrier =
        new SmppCarrier(
            new CarrierId("centre"),
            SmppConfig.to(centre.peer()).withWording(SmppWording.DEFAULT.withLongForm(form)),
            new NoticeBook(),
            new OneNode(),
            InstantSource.system(),
            new Random());
    carrier.start();
    try {
      List<OutboundMessage> messages = new ArrayList<>();
      Map<String, String> expected = new TreeMap<>();
      for (int position = 0; position < TEXTS.size(); position++) {
        OutboundMessage message = TestTexts.from("263711", TEXTS.get(position), position);
        messages.add(message);
        expected.put(message.address().substring(1), ((SmsContent) message.content()).text());
      }
      carrier.submit(messages, handOver);
      assertThat(handOver.awaitAnswers(TEXTS.size()))
          .allMatch(answer -> answer.outcome() instanceof DispatchOutcome.Accepted);
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(new TreeMap<>(shown)).isEqualTo(expected));
    } finally {
      carrier.close();
    }
  }

  private static void pass(SubmitSm submit, Centre centre) {
    SMPPServerSession kannel = centre.named("kannel");
    if (kannel == null) {
      throw new AssertionError("kannel is gone");
    }
    kannel.setTransactionTimer(10_000);
    try {
      kannel.deliverShortMessage(
          "",
          TypeOfNumber.INTERNATIONAL,
          NumberingPlanIndicator.ISDN,
          submit.getDestAddress(),
          TypeOfNumber.UNKNOWN,
          NumberingPlanIndicator.UNKNOWN,
          submit.getSourceAddr(),
          new ESMClass(submit.getEsmClass()),
          (byte) 0,
          (byte) 0,
          new RegisteredDelivery(),
          new RawDataCoding(submit.getDataCoding()),
          submit.getShortMessage());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private HttpServer phone() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.createContext("/", this::show);
    server.start();
    return server;
  }

  /// The text comes in the charset that stands before it.
  private void show(HttpExchange call) throws IOException {
    String number = "";
    String text = "";
    Charset charset = StandardCharsets.UTF_8;
    for (String pair : call.getRequestURI().getRawQuery().split("&", -1)) {
      String[] field = pair.split("=", 2);
      switch (field[0]) {
        case "from" -> number = URLDecoder.decode(field[1], StandardCharsets.UTF_8);
        case "charset" -> charset = field[1].isEmpty() ? charset : Charset.forName(field[1]);
        default -> text = octets(field[1], charset);
      }
    }
    shown.merge(number.replaceFirst("^\\+", ""), text, (one, two) -> one + "|TWICE|" + two);
    call.sendResponseHeaders(200, -1);
    call.close();
  }

  /// URLDecoder takes what is not escaped for characters; here it is octets of whatever charset.
  private static String octets(String escaped, Charset charset) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '%') {
        octets.write(Integer.parseInt(escaped.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        octets.write(c == '+' ? ' ' : c);
      }
    }
    return octets.toString(charset);
  }

  private PeerProcess start(Path program, int centre, int phone) throws IOException {
    Files.writeString(directory.resolve("kannel.conf"), configuration(centre, phone));
    return new PeerProcess(directory, command(program));
  }

  private List<String> command(Path program) {
    return List.of(program.toString(), "-v", "0", directory.resolve("kannel.conf").toString());
  }

  private static String configuration(int centre, int phone) throws IOException {
    int boxes = freePort();
    return """
    group = core
    admin-port = %d
    admin-password = admin
    smsbox-port = %d
    box-allow-ip = "127.0.0.1"
    sms-combine-concatenated-mo = true

    group = smsc
    smsc = smpp
    smsc-id = centre
    host = 127.0.0.1
    port = %d
    transceiver-mode = true
    smsc-username = kannel
    smsc-password = secret
    system-type = ""

    group = smsbox
    bearerbox-host = 127.0.0.1
    sendsms-port = %d

    group = sms-service
    keyword = default
    catch-all = true
    get-url = "http://127.0.0.1:%d/?from=%%p&charset=%%C&text=%%b"
    max-messages = 0
    omit-empty = true
    """
        .formatted(freePort(), boxes, centre, freePort(), phone);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
