package dev.carillon.providers.postmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.DispatchOutcome.Accepted;
import dev.carillon.domain.delivery.DispatchOutcome.Rejected;
import dev.carillon.domain.delivery.DispatchOutcome.Unconfirmed;
import dev.carillon.domain.delivery.DispatchOutcome.Unreachable;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.recipient.SuppressionCause;
import dev.carillon.providers.RecordingHandOver;
import dev.carillon.providers.RecordingNotices;
import dev.carillon.providers.http.HttpResult;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostmarkBatchTest {
  private final Postmark postmark = new Postmark();
  private final RecordingNotices notices = new RecordingNotices();
  private final RecordingHandOver handOver = new RecordingHandOver();
  private final PostmarkCarrier carrier =
      carrier(Fixtures.config(URI.create("https://p.example"), 500));

  @BeforeEach
  void start() {
    carrier.start();
  }

  @AfterEach
  void close() {
    carrier.close();
  }

  @Test
  void sendsManyMailsWithOneRequest() {
    carrier.submit(Fixtures.mails(700), handOver);

    assertThat(handOver.awaitAnswers(700))
        .hasSize(700)
        .allMatch(
            answer -> answer.outcome().equals(new Accepted("id-of-" + answer.message().address())));
    assertThat(postmark.calls())
        .extracting(call -> Postmark.mails(call).size())
        .containsExactlyInAnyOrder(500, 200);
  }

  @Test
  void saysEverythingThatTheMessageSays() {
    EmailContent content =
        new EmailContent(
            "B\u00FCro <office@example.org>",
            "answers@example.org",
            "Gr\u00FC\u00DFe \uD83D\uDE00",
            "<p>\"\u20AC\"</p>",
            "\u0645\u0631\u062D\u0628\u0627",
            Map.of("X-Campaign", "spring"));
    OutboundMessage message =
        new OutboundMessage(Fixtures.ref(3), 1, false, "bob@example.net", content, Instant.MAX);
    carrier.submit(List.of(message), handOver);
    handOver.awaitAnswers(1);

    assertThat(postmark.calls().getFirst().uri())
        .isEqualTo(URI.create("https://p.example/email/batch"));
    assertThat(postmark.calls().getFirst().headers())
        .containsEntry("X-Postmark-Server-Token", "server-token");
    JsonObject mail = Postmark.mails(postmark.calls().getFirst()).getFirst();
    assertThat(text(mail, "From")).isEqualTo(content.from());
    assertThat(text(mail, "To")).isEqualTo("bob@example.net");
    assertThat(text(mail, "ReplyTo")).isEqualTo(content.replyTo());
    assertThat(text(mail, "Subject")).isEqualTo(content.subject());
    assertThat(text(mail, "HtmlBody")).isEqualTo(content.html());
    assertThat(text(mail, "TextBody")).isEqualTo(content.text());
    assertThat(text(mail, "MessageStream")).isEqualTo("outbound");
    assertThat(mail.get("TrackOpens").getAsBoolean()).isFalse();
    assertThat(mail.get("Metadata")).hasToString("{\"carillon-ref\":\"7.0.3\"}");
    assertThat(mail.get("Headers")).hasToString("[{\"Name\":\"X-Campaign\",\"Value\":\"spring\"}]");
  }

  @Test
  void writesForTheHouseWhereTheJobNamesNobody() {
    carrier.submit(Fixtures.mails(1), handOver);
    handOver.awaitAnswers(1);

    JsonObject mail = Postmark.mails(postmark.calls().getFirst()).getFirst();
    assertThat(text(mail, "From")).isEqualTo("Shop <shop@example.org>");
    assertThat(mail.has("ReplyTo")).isFalse();
    assertThat(mail.has("HtmlBody")).isFalse();
  }

  @Test
  void offersToUnsubscribeWhereItIsWanted() {
    PostmarkConfig usual = Fixtures.config(URI.create("https://p.example"), 500);
    PostmarkConfig wanted =
        new PostmarkConfig(
            usual.api(),
            usual.serverToken(),
            new PostmarkConfig.Mail("shop@example.org", "outbound", true, true),
            null,
            false,
            500,
            usual.handOver(),
            usual.http());
    try (PostmarkCarrier other = carrier(wanted)) {
      other.start();
      other.submit(Fixtures.mails(1), handOver);
      handOver.awaitAnswers(1);
    }

    JsonObject mail = Postmark.mails(postmark.calls().getFirst()).getFirst();
    assertThat(mail.get("TrackOpens").getAsBoolean()).isTrue();
    assertThat(mail.get("Headers").toString())
        .contains("\"List-Unsubscribe\"", "<https://hooks.example.org/unsubscribe/7.0.0-")
        .contains("List-Unsubscribe=One-Click");
  }

  @Test
  void tellsEachMailOfABatchItsOwnAnswer() {
    postmark.answersEach(mail ->
        switch (text(mail, "To")) {
          case "to1@example.net" -> 406;
          case "to2@example.net" -> 300;
          case "to3@example.net" -> 400;
          case "to4@example.net" -> 9999;
          default -> 0;
        });
    carrier.submit(Fixtures.mails(6), handOver);
    handOver.awaitAnswers(6);

    assertThat(outcome(0)).isInstanceOf(Accepted.class);
    assertThat(outcome(1))
        .isEqualTo(new Rejected(Reason.DESTINATION_BLOCKED, "406 inactive recipient"));
    assertThat(outcome(2))
        .isEqualTo(new Rejected(Reason.CARRIER_REFUSED, "300 invalid email request"));
    assertThat(outcome(3))
        .isEqualTo(new Rejected(Reason.SENDER_REFUSED, "400 sender signature not found"));
    assertThat(outcome(4)).isEqualTo(new Rejected(Reason.CARRIER_REFUSED, "9999 refused"));
    assertThat(outcome(5)).isInstanceOf(Accepted.class);
  }

  @Test
  void tellsWhomPostmarkWritesToNoMore() {
    postmark.answersEach(mail -> text(mail, "To").equals("to1@example.net") ? 406 : 300);
    carrier.submit(Fixtures.mails(3), handOver);

    assertThat(notices.awaitNotices(1))
        .containsExactly(
            new Notice.OfOptOut(
                new OptOut.OfMessage(
                    Fixtures.CARRIER,
                    Fixtures.ref(1),
                    SuppressionCause.CARRIER_LIST,
                    "406 inactive recipient",
                    Fixtures.NOW)));
  }

  @ParameterizedTest
  @CsvSource({
    "422, 10, ACCOUNT_REFUSED",
    "401, 10, ACCOUNT_REFUSED",
    "422, 405, ACCOUNT_REFUSED",
    "422, 412, ACCOUNT_REFUSED",
    "422, 413, ACCOUNT_REFUSED",
    "503, 100, CARRIER_UNREACHABLE"
  })
  void waitsWhenNothingGetsThrough(int status, int code, Reason reason) {
    postmark.answers(
        _ -> Postmark.json(status, "{\"ErrorCode\": " + code + ", \"Message\": \"no\"}"));
    carrier.submit(Fixtures.mails(5), handOver);

    assertThat(handOver.awaitAnswers(5))
        .hasSize(5)
        .allMatch(answer ->
            answer.outcome() instanceof Unreachable unreachable && unreachable.reason() == reason);
  }

  @ParameterizedTest
  @CsvSource({"500, 300", "500, 10", "500, 406", "502, 405", "503, 412", "504, 9999"})
  void isInDoubtWhereACodeStandsBesideAFailureOfPostmark(int status, int code) {
    postmark.answers(
        _ -> Postmark.json(status, "{\"ErrorCode\": " + code + ", \"Message\": \"no\"}"));
    carrier.submit(Fixtures.mails(5), handOver);

    assertThat(handOver.awaitAnswers(5))
        .hasSize(5)
        .allMatch(answer -> answer.outcome() instanceof Unconfirmed);
    carrier.close();
    assertThat(notices.notices()).as("nobody is suppressed").isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"401, ACCOUNT_REFUSED", "404, ACCOUNT_REFUSED", "403, CARRIER_UNREACHABLE"})
  void waitsWhenItIsNotLetInAtAll(int status, Reason reason) {
    postmark.answers(_ -> Postmark.json(status, "<html></html>"));
    carrier.submit(Fixtures.mails(1), handOver);

    assertThat(handOver.awaitAnswers(1).getFirst().outcome())
        .isEqualTo(new Unreachable(reason, "HTTP " + status, null));
  }

  @Test
  void isInDoubtAboutMailsThatTheAnswerLeavesOut() {
    postmark.answers(_ ->
        Postmark.json(
            200,
            """
            [{"ErrorCode": 0, "MessageID": "a"}, {"ErrorCode": 0}, 17,
             {"MessageID": "b"}, {"ErrorCode": "x"}]\
            """));
    carrier.submit(Fixtures.mails(6), handOver);
    handOver.awaitAnswers(6);

    assertThat(outcome(0)).isEqualTo(new Accepted("a"));
    assertThat(Stream.of(1, 2, 3, 4, 5).map(this::outcome))
        .allMatch(outcome -> outcome instanceof Unconfirmed);
  }

  @Test
  void isInDoubtAboutAnAnswerThatWasCutOff() {
    postmark.answers(_ ->
        new HttpResult.Answered(
            200,
            Map.of(),
            "[{\"ErrorCode\": 0, \"MessageID\": \"a\"}]".getBytes(StandardCharsets.UTF_8),
            true));
    carrier.submit(Fixtures.mails(1), handOver);

    assertThat(handOver.awaitAnswers(1).getFirst().outcome()).isInstanceOf(Unconfirmed.class);
  }

  @Test
  void sendsMoreRequestsWhereMailsAreLarge() {
    assertThat(batches(() -> 0).send(largeMails()))
        .allMatch(result -> result.outcome() instanceof Accepted);
    assertThat(postmark.calls())
        .extracting(call -> Postmark.mails(call).size())
        .containsExactly(8, 8, 4);
  }

  @Test
  void givesBackWhatItMayHaveNoPermissionForAnyMore() {
    AtomicLong time = new AtomicLong();
    List<PostmarkAnswers.Result> results =
        batches(() -> time.getAndAdd(Duration.ofMillis(700).toNanos())).send(largeMails());

    assertThat(results).hasSize(20);
    assertThat(results.subList(0, 16)).allMatch(result -> result.outcome() instanceof Accepted);
    assertThat(results.subList(16, 20))
        .allMatch(result -> result.outcome().equals(new DispatchOutcome.Throttled(null)));
    assertThat(postmark.calls()).hasSize(2);
  }

  @Test
  void refusesWhatIsNoMail() {
    OutboundMessage sms =
        new OutboundMessage(
            Fixtures.ref(1), 1, false, "+263771234567", new SmsContent("hi", ""), Instant.MAX);
    carrier.submit(List.of(Fixtures.mail(0), sms, Fixtures.mail(2)), handOver);
    handOver.awaitAnswers(3);

    assertThat(outcome(0)).isEqualTo(new Accepted("id-of-to0@example.net"));
    assertThat(outcome(1)).isInstanceOf(Rejected.class);
    assertThat(outcome(2)).isEqualTo(new Accepted("id-of-to2@example.net"));
  }

  @Test
  void asksForMailsWhoseAnswerWasLost() {
    postmark.answers(call ->
        Postmark.json(
            200,
            call.uri().getQuery().endsWith("=7.0.1")
                ? """
                {"TotalCount": 1, "Messages": [{"MessageID": "found", "Status": "Sent",
                  "Metadata": {"carillon-ref": "7.0.1"}}]}\
                """
                : """
                {"TotalCount": 1, "Messages": [{"MessageID": "other", "Status": "Sent",
                  "Metadata": {"carillon-ref": "7.0.9"}}]}\
                """));
    Carrier.Inquiry inquiry = carrier.inquiry().orElseThrow();

    assertThat(inquiry.ask(List.of(Fixtures.ref(1), Fixtures.ref(2))))
        .isEqualTo(Map.of(Fixtures.ref(1), new Carrier.Finding.Taken("found")));
    assertThat(postmark.calls().getFirst().uri())
        .hasPath("/messages/outbound")
        .hasParameter("metadata_carillon-ref", "7.0.1")
        .hasParameter("count", "1")
        .hasParameter("offset", "0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"Messages\": 5}", "{\"Messages\": [{}]}", "<html>"})
  void findsNothingInAnAnswerThatSaysNothing(String body) {
    postmark.answers(_ -> Postmark.json(200, body));

    assertThat(carrier.inquiry().orElseThrow().ask(List.of(Fixtures.ref(1)))).isEmpty();
  }

  @Test
  void asksNoMoreWhenItIsNotAnswered() {
    postmark.answers(_ -> new HttpResult.NoAnswer("nothing"));

    assertThat(carrier.inquiry().orElseThrow().ask(List.of(Fixtures.ref(1), Fixtures.ref(2))))
        .isEmpty();
    assertThat(postmark.calls()).hasSize(1);
  }

  private PostmarkCarrier carrier(PostmarkConfig config) {
    assertThat(config.problems()).isEmpty();
    return new PostmarkCarrier(
        Fixtures.CARRIER, config, Fixtures.PLACE, _ -> postmark, notices, Fixtures.CLOCK);
  }

  private Batches batches(LongSupplier nanoTime) {
    PostmarkConfig config = Fixtures.config(URI.create("https://p.example"), 500);
    return new Batches(
        new PostmarkRequests(config, Fixtures.PLACE),
        new PostmarkAnswers(Fixtures.CLOCK),
        postmark,
        nanoTime);
  }

  private static List<OutboundMessage> largeMails() {
    String large = "x".repeat(1_000_000);
    return Stream.iterate(0, position -> position + 1)
        .limit(20)
        .map(position -> Fixtures.mail(position, large))
        .toList();
  }

  private DispatchOutcome outcome(int position) {
    return handOver.answers().stream()
        .filter(answer -> answer.message().ref().position() == position)
        .findFirst()
        .orElseThrow()
        .outcome();
  }

  private static String text(JsonObject mail, String name) {
    return mail.get(name).getAsString();
  }
}
