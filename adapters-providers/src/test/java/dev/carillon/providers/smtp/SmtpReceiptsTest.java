package dev.carillon.providers.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.recipient.SuppressionCause;
import dev.carillon.providers.callback.CallbackPlace;
import dev.carillon.providers.callback.RefTokens;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpReceiptsTest {
  private static final String BOUNCE_ADDRESS = "bounce@mail.example.org";

  private final MailTokens tokens = new MailTokens(Fixtures.PLACE);
  private final SmtpReceipts receipts = new SmtpReceipts(Fixtures.CARRIER, tokens);
  private final String token = tokens.token(Fixtures.ref(3));
  private final String returnPath = tokens.returnPath(BOUNCE_ADDRESS, Fixtures.ref(3));

  @Test
  void readsABounceByTheAddressThatItCameTo() {
    List<Notice> notices = read(Bounces.postfix(returnPath, "5.1.1", "failed", "x@example.org"));

    assertThat(notices)
        .containsExactly(
            new Notice.OfMessage(
                new Receipt(
                    Fixtures.ref(3),
                    ReceiptKind.UNDELIVERED,
                    Reason.UNKNOWN_DESTINATION,
                    "5.1.1 no such mailbox",
                    Fixtures.CARRIER,
                    token,
                    Fixtures.NOW)),
            new Notice.OfOptOut(
                new OptOut.OfMessage(
                    Fixtures.CARRIER,
                    Fixtures.ref(3),
                    SuppressionCause.HARD_BOUNCE,
                    "5.1.1 no such mailbox",
                    Fixtures.NOW)));
  }

  @Test
  void readsABounceByTheMailThatItReturns() {
    byte[] bounce = Bounces.postfix(BOUNCE_ADDRESS, "5.2.2", "failed", token + "@mail.example.org");

    assertThat(receipt(bounce).reason()).isEqualTo(Reason.DESTINATION_UNREACHABLE);
    assertThat(read(bounce)).hasSize(1);
  }

  @Test
  void readsABounceByItsEnvelopeId() {
    Receipt receipt = receipt(Bounces.withEnvelopeId(token));

    assertThat(receipt.kind()).isEqualTo(ReceiptKind.UNDELIVERED);
    assertThat(receipt.at()).isEqualTo(Instant.parse("1994-07-07T21:15:49Z"));
  }

  @Test
  void readsAnAddressThatWasWrittenInCapitalsOnItsWay() {
    String shouted = returnPath.toUpperCase(Locale.ROOT);

    assertThat(read(Bounces.postfix(shouted, "5.1.1", "failed", "x@example.org"))).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "failed, 5.1.1, UNDELIVERED, UNKNOWN_DESTINATION",
    "failed, 5.7.1, UNDELIVERED, NOT_DELIVERED",
    "failed, 5.6.0, UNDELIVERED, CONTENT_REFUSED",
    "failed, 5.0.0, UNDELIVERED, NOT_DELIVERED",
    "failed, 4.4.7, UNDELIVERED, DESTINATION_UNREACHABLE",
    "Failed, 5.1.99 (odd), UNDELIVERED, UNKNOWN_DESTINATION",
    "failed, nonsense, UNDELIVERED, NOT_DELIVERED",
    "delivered, 2.0.0, DELIVERED,",
    "relayed, 2.0.0, SENT,",
    "expanded, 2.0.0, SENT,"
  })
  void tellsWhatWasDone(String action, String status, ReceiptKind kind, @Nullable Reason reason) {
    Receipt receipt = receipt(Bounces.postfix(returnPath, status, action, "x@example.org"));

    assertThat(receipt.kind()).isEqualTo(kind);
    assertThat(receipt.reason()).isEqualTo(reason);
    assertThat(receipt.detail()).doesNotContain("@", "bob");
  }

  @Test
  void makesNothingOfAMailThatIsOnlyDelayed() {
    assertThat(read(Bounces.postfix(returnPath, "4.4.1", "delayed", "x@example.org"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.1.1", "5.2.2", "5.7.1", "5.2.1", "5.4.4"})
  void suppressesNobodyForWhatMayPass(String status) {
    assertThat(read(Bounces.postfix(returnPath, status, "failed", "x@example.org")))
        .noneMatch(notice -> notice instanceof Notice.OfOptOut);
  }

  @Test
  void readsAComplaint() {
    assertThat(read(Bounces.complaint("abuse", token + "@mail.example.org")))
        .containsExactly(
            new Notice.OfOptOut(
                new OptOut.OfMessage(
                    Fixtures.CARRIER,
                    Fixtures.ref(3),
                    SuppressionCause.COMPLAINT,
                    "",
                    Fixtures.NOW)));
  }

  @Test
  void makesNothingOfAReportThatAMailIsNoSpam() {
    assertThat(read(Bounces.complaint("not-spam", token + "@mail.example.org"))).isEmpty();
  }

  @Test
  void believesNoBounceThatSomebodyElseWrote() {
    String other =
        new MailTokens(new CallbackPlace(null, "another secret of a house"))
            .returnPath(BOUNCE_ADDRESS, Fixtures.ref(3));
    String changed = returnPath.replace("7.0.3", "7.0.4");
    String bare = "bounce+7.0.3@mail.example.org";
    String unsubscribing =
        "bounce+"
            + RefTokens.ofUnsubscribe(Fixtures.PLACE.secret()).token(Fixtures.ref(3))
            + "@mail.example.org";

    for (String forged : List.of(other, changed, bare, unsubscribing)) {
      assertThat(read(Bounces.postfix(forged, "5.1.1", "failed", "7.0.3@example.org"))).isEmpty();
    }
  }

  @Test
  void makesNothingOfAnAutomaticAnswer() {
    byte[] answer =
        Bounces.mail(
            """
            From: bob@example.net
            To: %s
            Subject: Out of office
            Auto-Submitted: auto-replied
            Content-Type: text/plain

            5.1.1 Action: failed
            """
                .formatted(returnPath));

    assertThat(read(answer)).isEmpty();
  }

  @Test
  void readsNothingWithoutASecret() {
    SmtpReceipts without = new SmtpReceipts(Fixtures.CARRIER, new MailTokens(CallbackPlace.NONE));

    assertThat(
            without.read(
                Bounces.postfix("bounce+7.0.3@x.org", "5.1.1", "failed", "7.0.3@x.org"),
                Fixtures.NOW))
        .isEmpty();
  }

  @Test
  void neverThrowsOnWhateverComes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] whole = Bounces.postfix(returnPath, "5.1.1", "failed", "x@example.org");
    for (int round = 0; round < 2_000; round++) {
      byte[] broken = whole.clone();
      for (int i = 0; i < 1 + random.nextInt(20); i++) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      }
      byte[] cut = Arrays.copyOf(broken, random.nextInt(broken.length + 1));
      assertThat(read(cut)).as("seed %d, round %d", seed, round).hasSizeLessThanOrEqualTo(2);
    }
  }

  @Test
  void readsABoundedNumberOfRecipients() {
    String recipient =
        "\r\nFinal-Recipient: rfc822; a@b.org\r\nAction: failed\r\nStatus: 5.1.1\r\n";
    String whole =
        new String(
            Bounces.postfix(returnPath, "5.1.1", "failed", "x@example.org"),
            StandardCharsets.UTF_8);
    String many = whole.replace("\r\nFinal-", recipient.repeat(5_000) + "\r\nFinal-");

    assertThat(read(many.getBytes(StandardCharsets.UTF_8))).hasSize(32);
  }

  private List<Notice> read(byte[] mail) {
    return receipts.read(mail, Fixtures.NOW);
  }

  private Receipt receipt(byte[] mail) {
    return ((Notice.OfMessage) read(mail).getFirst()).receipt();
  }
}
