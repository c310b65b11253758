package dev.carillon.bootstrap.carriers;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.Message;
import dev.carillon.v1.MessageStatus;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A job of mails from the call to the last bounce, over SMTP to a mail server that nobody here
/// wrote; and a recipient who unsubscribes by one click.
@Timeout(240)
class SmtpJobIT {
  private static final int RECIPIENTS = 10_000;

  @TempDir private Path directory;

  private final GreenMail relay =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  @Test
  void whatStandsForEachMessageIsWhatTheRelayHas() throws Exception {
    relay.start();
    try (LiveHouse house = new LiveHouse(directory, configuration(relay.getSmtp().getPort()))) {
      BulkJob created = house.client().create(MailJob.to(RECIPIENTS));
      assertThat(created.getCounters().getAccepted()).isEqualTo(RECIPIENTS);
      house.client().pollJob(created.getBulkId(), BulkJob::getDone);

      MimeMessage[] received = relay.getReceivedMessages();
      assertThat(texts(received)).isEqualTo(expectedTexts());
      bounce(received, house);
      Map<MessageStatus, Long> expected =
          Map.of(
              MessageStatus.MESSAGE_STATUS_SENT,
              RECIPIENTS - RECIPIENTS / 50L,
              MessageStatus.MESSAGE_STATUS_UNDELIVERED,
              RECIPIENTS / 50L);
      house
          .client()
          .pollJob(
              created.getBulkId(), job -> MailJob.standing(job.getCounters()).equals(expected));
      assertThat(house.client().allMessages(created.getBulkId()))
          .hasSize(RECIPIENTS)
          .allSatisfy(SmtpJobIT::endsAsItShould);
      unsubscribe(received);
      assertLeavesOut(house);
    } finally {
      relay.stop();
    }
  }

  /// Who unsubscribed, and whose first mail bounced for good, is not written to again.
  private static void assertLeavesOut(LiveHouse house) {
    BulkJob second = house.client().create(MailJob.to(100));
    long bounced = IntStream.range(0, 100).filter(i -> bounces(MailJob.address(i))).count();

    assertThat(bounced).isPositive();
    assertThat(second.getCounters().getSuppressed()).isEqualTo(bounced + 1);
  }

  private static void endsAsItShould(Message message) {
    assertThat(message.getStatus())
        .isEqualTo(
            bounces(MailJob.address(message.getPosition()))
                ? MessageStatus.MESSAGE_STATUS_UNDELIVERED
                : MessageStatus.MESSAGE_STATUS_SENT);
  }

  private static boolean bounces(String address) {
    return MailJob.fate(address) == Fate.UNDELIVERED;
  }

  private static Map<String, String> texts(MimeMessage[] received) throws Exception {
    Map<String, String> texts = new TreeMap<>();
    for (MimeMessage mail : received) {
      String text = new String(mail.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      texts.merge(to(mail), text, (first, second) -> first + "|TWICE|" + second);
    }
    return texts;
  }

  private static Map<String, String> expectedTexts() {
    Map<String, String> texts = new TreeMap<>();
    IntStream.range(0, RECIPIENTS)
        .forEach(i -> texts.put(MailJob.address(i), Words.of(i).replace("\n", "\r\n")));
    return texts;
  }

  private static void bounce(MimeMessage[] received, LiveHouse house) throws Exception {
    try (ReceiptSender sender = new ReceiptSender()) {
      for (MimeMessage mail : received) {
        if (bounces(to(mail))) {
          ReceiptSender.Call call = bounce(mail, house);
          sender.later(List.of(call, call));
        }
      }
    }
  }

  private static ReceiptSender.Call bounce(MimeMessage mail, LiveHouse house) throws Exception {
    String report =
        """
        From: MAILER-DAEMON@relay.example.org
        To: bounce@mail.example.org
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; relay.example.org

        Final-Recipient: rfc822; %s
        Action: failed
        Status: 5.1.1

        --b
        Content-Type: text/rfc822-headers

        Message-ID: %s

        --b--
        """
            .formatted(to(mail), mail.getMessageID());
    String login =
        Base64.getEncoder().encodeToString("post:a password".getBytes(StandardCharsets.UTF_8));
    Map<String, String> headers = new HashMap<>(Map.of("Authorization", "Basic " + login));
    return new ReceiptSender.Call(
        house.callbacks() + "/callbacks/relay/bounce",
        "message/rfc822",
        headers,
        report.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  /// As a mail program does it: RFC 8058, 3.2.
  private static void unsubscribe(MimeMessage[] received) throws Exception {
    MimeMessage mail = received[0];
    for (MimeMessage other : received) {
      mail = to(other).equals(MailJob.address(5)) ? other : mail;
    }
    String link = mail.getHeader("List-Unsubscribe", null);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(link.substring(1, link.length() - 1)))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(mail.getHeader("List-Unsubscribe-Post", null)))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(200);
    }
  }

  private static String to(MimeMessage mail) throws Exception {
    return mail.getAllRecipients()[0].toString();
  }

  private static String configuration(int port) {
    return """
    carillon {
      callbacks.secret = "a secret of the house"
      carriers.relay {
        type = smtp
        host = localhost
        port = %d
        security = none
        bounce-address = "bounce@mail.example.org"
        hand-in-user = post
        hand-in-password = "a password"
      }
      routes = [ { name = all, channel = email, to = [ { carrier = relay } ] } ]
    }
    """
        .formatted(port);
  }
}
