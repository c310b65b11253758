package dev.carillon.providers.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.providers.LogBook;
import dev.carillon.providers.RecordingHandOver;
import dev.carillon.providers.RecordingNotices;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a mail server that nobody here wrote: what it received, and the bounces that it keeps.
class GreenMailIT {
  private static final List<String> TEXTS =
      List.of(
          "plain",
          "Gr\u00FC\u00DFe aus K\u00F6ln",
          "\u0645\u0631\u062D\u0628\u0627 \u05E9\u05DC\u05D5\u05DD",
          "\uD83D\uDE00\uD83D\uDC4D\uD83C\uDFFD",
          "^{}\\[~]|\u20AC",
          ".\r\n.leading dots\r\n..",
          "x".repeat(2_000),
          "trailing spaces   \r\n\tand tabs\t\r\n\r\nend");

  private final RecordingNotices notices = new RecordingNotices();
  private final GreenMail server =
      new GreenMail(
          new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
          });
  private @Nullable SmtpCarrier carrier;

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    if (carrier != null) {
      carrier.close();
    }
    server.stop();
  }

  @Test
  void bringsEveryTextAsItWasWritten() throws Exception {
    RecordingHandOver handOver = new RecordingHandOver();
    List<OutboundMessage> mails = mails(200);
    start(null).submit(mails, handOver);

    assertThat(handOver.awaitAnswers(200))
        .allMatch(answer -> answer.outcome() instanceof DispatchOutcome.Accepted);
    MimeMessage[] received = server.getReceivedMessages();
    assertThat(received).hasSize(200);
    for (MimeMessage mail : received) {
      int position = Integer.parseInt(mail.getSubject());
      assertThat(mail.getAllRecipients()[0]).hasToString("to" + position + "@example.net");
      assertThat(new String(mail.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith(TEXTS.get(position % TEXTS.size()));
    }
    assertThat(ids(handOver))
        .isEqualTo(Arrays.stream(received).map(GreenMailIT::id).collect(Collectors.toSet()));
  }

  @Test
  void fetchesBouncesFromAMailbox() {
    GreenMailUser user = server.setUser("bounce@mail.example.org", "bounce", "secret");
    for (int position = 0; position < 250; position++) {
      user.deliver(bounce(position));
    }
    start(mailbox(false));

    assertThat(notices.awaitNotices(250))
        .hasSize(250)
        .extracting(notice -> ((Notice.OfMessage) notice).receipt().ref().position())
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 250).boxed().toList());
    await().atMost(Duration.ofSeconds(20)).until(() -> seen("bounce") == 250);
    user.deliver(bounce(250));
    assertThat(notices.awaitNotices(251)).hasSize(251);
  }

  @Test
  void deletesWhatItHasReadWhereItMay() {
    GreenMailUser user = server.setUser("bounce@mail.example.org", "bounce", "secret");
    user.deliver(bounce(1));
    user.deliver(parsed(Bounces.mail("From: a@b.org\nSubject: no bounce\n\nhello")));
    start(mailbox(true));

    notices.awaitNotices(1);
    await().atMost(Duration.ofSeconds(20)).until(() -> inbox("bounce").isEmpty());
  }

  @Test
  void leavesABounceUnreadUntilItIsStored() {
    notices.goDown(true);
    GreenMailUser user = server.setUser("bounce@mail.example.org", "bounce", "secret");
    user.deliver(bounce(1));
    start(mailbox(true));

    notices.awaitCalls(2);
    assertThat(inbox("bounce")).hasSize(1);
    notices.goDown(false);
    notices.awaitNotices(1);
    await().atMost(Duration.ofSeconds(20)).until(() -> inbox("bounce").isEmpty());
  }

  @Test
  void looksIntoItsMailboxAgainWhenALookEndedByABug() {
    notices.failOnce(new StackOverflowError("bounce@mail.example.org"));
    GreenMailUser user = server.setUser("bounce@mail.example.org", "bounce", "secret");
    user.deliver(bounce(1));
    try (LogBook log = LogBook.of(BounceMailbox.class)) {
      start(mailbox(true));

      notices.awaitNotices(1);
      await().atMost(Duration.ofSeconds(20)).until(() -> inbox("bounce").isEmpty());
      assertThat(log.lines())
          .containsExactly("WARN relay: bounces cannot be fetched: java.lang.StackOverflowError");
    }
  }

  /// Gmail and Microsoft 365 take no password any more. A token lasts for an hour or so: it is read
  /// from its file whenever a look begins.
  @Test
  void fetchesBouncesByAnAccessTokenAndTakesTheNextOneFromItsFile(@TempDir Path directory)
      throws Exception {
    Path token = Files.writeString(directory.resolve("token"), "ya29.expired\n");
    GreenMailUser user = server.setUser("bounce@mail.example.org", "bounce", "ya29.good");
    user.deliver(bounce(1));
    try (LogBook log = LogBook.of(BounceMailbox.class);
        HeardWire wire = HeardWire.to(server.getImap().getPort())) {
      start(mailbox(wire.port(), new SmtpConfig.Login("bounce", "", token), true));
      await().atMost(Duration.ofSeconds(20)).until(() -> !log.lines().isEmpty());
      assertThat(inbox("bounce")).hasSize(1);

      Files.writeString(token, "ya29.good\n");

      notices.awaitNotices(1);
      await().atMost(Duration.ofSeconds(20)).until(() -> inbox("bounce").isEmpty());
      assertThat(log.lines())
          .singleElement()
          .satisfies(line ->
              assertThat(line)
                  .startsWith("WARN relay: bounces cannot be fetched: ")
                  .doesNotContain("ya29"));
      assertThat(wire.said()).contains("AUTHENTICATE XOAUTH2").doesNotContain("LOGIN");
    }
  }

  @Test
  void readsOfALargeMailWhatStandsAtItsBeginning() {
    GreenMailUser user = server.setUser("bounce@mail.example.org", "bounce", "secret");
    for (int position = 0; position < 5; position++) {
      user.deliver(returningAll(position, ("x".repeat(70) + "\r\n").repeat(30_000)));
    }
    start(mailbox(true));

    assertThat(notices.awaitNotices(5)).hasSize(5);
    await().atMost(Duration.ofSeconds(20)).until(() -> inbox("bounce").isEmpty());
  }

  @Test
  void goesOnSendingWhileItsMailboxCannotBeReached() {
    RecordingHandOver handOver = new RecordingHandOver();
    start(mailbox(true)).submit(mails(1), handOver);

    assertThat(handOver.awaitAnswers(1).getFirst().outcome())
        .isInstanceOf(DispatchOutcome.Accepted.class);
  }

  private SmtpCarrier start(SmtpConfig.@Nullable Mailbox mailbox) {
    SmtpConfig usual = Fixtures.config(server.getSmtp().getPort());
    SmtpConfig config =
        new SmtpConfig(usual.server(), null, usual.limits(), usual.mail(), null, null, mailbox);
    assertThat(config.problems()).isEmpty();
    SmtpCarrier made =
        new SmtpCarrier(Fixtures.CARRIER, config, notices, Fixtures.PLACE, Fixtures.CLOCK);
    made.start();
    carrier = made;
    return made;
  }

  private SmtpConfig.Mailbox mailbox(boolean delete) {
    return mailbox(server.getImap().getPort(), new SmtpConfig.Login("bounce", "secret"), delete);
  }

  private static SmtpConfig.Mailbox mailbox(int port, SmtpConfig.Login login, boolean delete) {
    return new SmtpConfig.Mailbox(
        new SmtpServer("127.0.0.1", port, SmtpServer.Security.NONE, "", null),
        login,
        "INBOX",
        Duration.ofMillis(100),
        delete);
  }

  private static List<OutboundMessage> mails(int count) {
    return IntStream.range(0, count)
        .mapToObj(position ->
            Fixtures.mail(
                "to" + position + "@example.net",
                position,
                new EmailContent(
                    "",
                    "",
                    String.valueOf(position),
                    "",
                    TEXTS.get(position % TEXTS.size()),
                    Map.of())))
        .toList();
  }

  private static MimeMessage bounce(int position) {
    return parsed(report(position));
  }

  private static MimeMessage returningAll(int position, String text) {
    String header = "Subject: Hello\r\n";
    String report = new String(report(position), StandardCharsets.UTF_8);
    return parsed(report.replace(header, header + "\r\n" + text).getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] report(int position) {
    String returnPath =
        new MailTokens(Fixtures.PLACE)
            .returnPath("bounce@mail.example.org", Fixtures.ref(position));
    return Bounces.postfix(returnPath, "5.2.2", "failed", "x@example.org");
  }

  private static MimeMessage parsed(byte[] mail) {
    try {
      return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail));
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }

  private long seen(String user) {
    return inbox(user).stream().filter(mail -> mail.isSet(Flags.Flag.SEEN)).count();
  }

  private List<StoredMessage> inbox(String user) {
    try {
      GreenMailUser known = server.getUserManager().getUser(user);
      return server.getManagers().getImapHostManager().getInbox(known).getMessages();
    } catch (FolderException e) {
      throw new AssertionError(e);
    }
  }

  private static Set<String> ids(RecordingHandOver handOver) {
    return handOver.answers().stream()
        .map(answer -> ((DispatchOutcome.Accepted) answer.outcome()).carrierMessageId())
        .collect(Collectors.toSet());
  }

  private static String id(MimeMessage mail) {
    try {
      String id = mail.getMessageID();
      return id.substring(1, id.length() - 1);
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }
}
