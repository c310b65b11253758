package dev.carillon.providers.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.content.EmailContent;
import dev.carillon.providers.callback.CallbackPlace;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailComposerTest {
  private static final String EVERYTHING =
      "Gr\u00FC\u00DFe, \u0645\u0631\u062D\u0628\u0627, \uD83D\uDE00 ^{}\\[~]|\u20AC";

  private final SmtpConfig.Mail usual =
      new SmtpConfig.Mail("Shop <shop@example.org>", "bounce@mail.example.org", true, false);

  @Test
  void saysWhatTheMessageSaysInBothForms() throws Exception {
    EmailContent content =
        new EmailContent(
            "B\u00FCro <office@b\u00FCcher.example>",
            "Answers <answers@example.org>",
            "Subject: " + EVERYTHING,
            "<p>" + EVERYTHING + "</p>",
            EVERYTHING + "\nsecond\r\nthird\rfourth",
            Map.of("X-Campaign", "Fr\u00FChling", "List-Id", "<news.example.org>"));

    MimeMessage read = read(compose(content));

    assertThat(read.getSubject()).isEqualTo(content.subject());
    InternetAddress from = (InternetAddress) read.getFrom()[0];
    assertThat(from.getAddress()).isEqualTo("office@xn--bcher-kva.example");
    assertThat(from.getPersonal()).isEqualTo("B\u00FCro");
    assertThat(read.getReplyTo()[0]).hasToString("Answers <answers@example.org>");
    assertThat(read.getAllRecipients()).containsExactly(new InternetAddress("bob@example.net"));
    assertThat(MimeUtility.decodeText(read.getHeader("X-Campaign", null)))
        .isEqualTo("Fr\u00FChling");
    assertThat(read.getHeader("List-Id", null)).isEqualTo("<news.example.org>");
    assertThat(read.getSentDate()).hasTime(Fixtures.NOW.toEpochMilli());
    MimeMultipart parts = new MimeMultipart(read.getDataHandler().getDataSource());
    assertThat(parts.getContentType()).startsWith("multipart/alternative");
    assertThat(text((MimePart) parts.getBodyPart(0)))
        .isEqualTo(EVERYTHING + "\r\nsecond\r\nthird\r\nfourth");
    assertThat(parts.getBodyPart(0).getContentType()).startsWith("text/plain");
    assertThat(text((MimePart) parts.getBodyPart(1))).isEqualTo(content.html());
    assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 998, 999, 5_000})
  void breaksNoLineThatIsTooLongForMail(int length) throws Exception {
    String line = "x".repeat(length);

    Mail mail = compose(new EmailContent("", "", "long", "", line, Map.of()));

    assertThat(text(read(mail))).isEqualTo(line);
    assertThat(new String(mail.octets(), StandardCharsets.UTF_8).lines())
        .allMatch(written -> written.length() <= 998);
  }

  @Test
  void writesNothingButLinesEndedByBothCharacters() {
    Mail mail = compose(new EmailContent("", "", EVERYTHING, "<p>\n\r</p>", "a\nb\rc", Map.of()));

    String text = new String(mail.octets(), StandardCharsets.ISO_8859_1);
    assertThat(text.replace("\r\n", "")).doesNotContain("\r", "\n");
    assertThat(text.chars()).allMatch(octet -> octet < 128);
  }

  @Test
  void hasOneIdOfItsOwnWhateverTheJobSays() throws Exception {
    MimeMessage read =
        read(
            compose(
                new EmailContent(
                    "",
                    "",
                    "s",
                    "",
                    "t",
                    Map.of("Message-ID", "<mine@example.org>", "Date", "yesterday"))));

    assertThat(read.getHeader("Message-ID")).hasSize(1);
    assertThat(read.getMessageID()).startsWith("<7.0.3-").endsWith("@mail.example.org>");
    assertThat(read.getHeader("Date")).hasSize(1);
  }

  @Test
  void namesTheMessageInItsReturnPath() {
    Mail mail = compose(Fixtures.HELLO);

    assertThat(new MailTokens(Fixtures.PLACE).ofReturnPath(mail.from())).contains(Fixtures.ref(3));
    assertThat(mail.from().substring(0, mail.from().indexOf('@'))).hasSizeLessThanOrEqualTo(64);
  }

  @Test
  void bouncesToItsWriterWhereThereIsNoOtherAddress() throws Exception {
    MailComposer composer =
        new MailComposer(
            new SmtpConfig.Mail("Shop <shop@example.org>", "", false, false),
            new MailTokens(CallbackPlace.NONE),
            null,
            Fixtures.CLOCK);

    Mail mail = composer.compose(Fixtures.mail("bob@example.net", 3), Fixtures.HELLO).orElseThrow();

    assertThat(mail.from()).isEqualTo("shop@example.org");
    assertThat(read(mail).getMessageID()).isEqualTo("<7.0.3@example.org>");
  }

  @Test
  void offersToUnsubscribeByOneClick() throws Exception {
    MimeMessage read = read(compose(Fixtures.HELLO));

    assertThat(read.getHeader("List-Unsubscribe", null))
        .matches("<https://hooks\\.example\\.org/unsubscribe/7\\.0\\.3-[a-z2-7]{16}>");
    assertThat(read.getHeader("List-Unsubscribe-Post", null))
        .isEqualTo("List-Unsubscribe=One-Click");
  }

  @Test
  void leavesTheJobsOwnWayToUnsubscribe() throws Exception {
    MimeMessage read =
        read(
            compose(
                new EmailContent(
                    "", "", "s", "", "t", Map.of("List-Unsubscribe", "<mailto:x@example.org>"))));

    assertThat(read.getHeader("List-Unsubscribe")).containsExactly("<mailto:x@example.org>");
    assertThat(read.getHeader("List-Unsubscribe-Post")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nobody",
        "a@example.org, b@example.org",
        "a@localhost",
        "x:a@b.org;",
        "\u00E4@b.org"
      })
  void isNotWrittenByWhoHasNoAddress(String from) {
    assertThat(
            composer()
                .compose(
                    Fixtures.mail("bob@example.net", 3),
                    new EmailContent(from, "", "s", "", "t", Map.of())))
        .isEmpty();
    assertThat(
            composer()
                .compose(
                    Fixtures.mail("bob@example.net", 3),
                    new EmailContent("", from, "s", "", "t", Map.of())))
        .isEmpty();
  }

  @Test
  void keepsAddressesToItself() {
    assertThat(compose(Fixtures.HELLO).toString()).doesNotContain("@");
  }

  private MailComposer composer() {
    return new MailComposer(usual, new MailTokens(Fixtures.PLACE), null, Fixtures.CLOCK);
  }

  private Mail compose(EmailContent content) {
    return composer().compose(Fixtures.mail("bob@example.net", 3), content).orElseThrow();
  }

  private static MimeMessage read(Mail mail) throws Exception {
    return new MimeMessage(
        Session.getInstance(new Properties()), new ByteArrayInputStream(mail.octets()));
  }

  private static String text(MimePart part) throws Exception {
    return new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
