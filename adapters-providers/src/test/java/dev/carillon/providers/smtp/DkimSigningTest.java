package dev.carillon.providers.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.domain.content.EmailContent;
import dev.carillon.providers.TestCertificate;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.api.SignatureRecord;
import org.apache.james.jdkim.exceptions.FailException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DkimSigningTest {
  private static final EmailContent CONTENT =
      new EmailContent(
          "",
          "",
          "Gr\u00FC\u00DFe  an alle",
          "<p>\u20AC</p>\n\n\n",
          ".\n\tfolded text \n\n",
          Map.of());

  @TempDir private static Path directory;
  private static Path key;
  private static String record;

  @BeforeAll
  static void makeKey() throws Exception {
    TestCertificate certificate = TestCertificate.in(directory, "RSA");
    key = certificate.key();
    byte[] publicKey =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(Files.newInputStream(certificate.certificate()))
            .getPublicKey()
            .getEncoded();
    record = "v=DKIM1; k=rsa; p=" + Base64.getEncoder().encodeToString(publicKey);
  }

  @Test
  void isBelievedByAVerifier() throws Exception {
    SignatureRecord signature = verify(signed()).getFirst();

    assertThat(signature.getDToken()).hasToString("example.org");
    assertThat(signature.getSelector()).hasToString("s1");
    assertThat(signature.getSignatureTimestamp()).isEqualTo(Fixtures.NOW.getEpochSecond());
  }

  @Test
  void signsHowToUnsubscribe() throws Exception {
    assertThat(verify(signed()).getFirst().getHeaders().stream().map(CharSequence::toString))
        .contains("from", "to", "subject", "date", "message-id", "content-type")
        .contains("list-unsubscribe", "list-unsubscribe-post");
  }

  @Test
  void isNotBelievedWhenAnythingWasChanged() {
    String mail = new String(signed(), StandardCharsets.ISO_8859_1);

    for (String changed :
        List.of(
            mail.replace("folded", "forged"),
            mail.replace("From: Shop <shop@", "From: Shop <sh0p@"),
            mail.replace("/unsubscribe/7.0.3-", "/unsubscribe/7.0.4-"),
            mail.replace("=One-Click", "=One-Clack"),
            "From: Evil <evil@example.org>\r\n" + mail,
            "Subject: something else\r\n" + mail)) {
      assertThat(changed).isNotEqualTo(mail);
      assertThatThrownBy(() -> verify(changed.getBytes(StandardCharsets.ISO_8859_1)))
          .isInstanceOf(FailException.class);
    }
  }

  @Test
  void writesNoLongLines() {
    String mail = new String(signed(), StandardCharsets.ISO_8859_1);

    assertThat(mail.substring(0, mail.indexOf("\r\nDate:")).lines())
        .allMatch(line -> line.length() <= 200);
  }

  @Test
  void takesNoFileThatIsNoKey() throws Exception {
    Path nothing = Files.writeString(directory.resolve("nothing.pem"), "nothing");

    assertThat(DkimKey.problem(nothing)).isPresent();
    assertThat(DkimKey.problem(directory.resolve("missing.pem"))).isPresent();
    assertThat(DkimKey.problem(key)).isEmpty();
  }

  private static byte[] signed() {
    DkimSigning signing =
        new DkimSigning(new SmtpConfig.Dkim("example.org", "s1", key), Fixtures.CLOCK);
    return new MailComposer(
            new SmtpConfig.Mail("Shop <shop@example.org>", "bounce@example.org", true, false),
            new MailTokens(Fixtures.PLACE),
            signing,
            Fixtures.CLOCK)
        .compose(Fixtures.mail("bob@example.net", 3), CONTENT)
        .orElseThrow()
        .octets();
  }

  private static List<SignatureRecord> verify(byte[] mail) throws Exception {
    DKIMVerifier verifier = new DKIMVerifier((_, _, _) -> List.of(record));
    return verifier.verify(new ByteArrayInputStream(mail));
  }
}
