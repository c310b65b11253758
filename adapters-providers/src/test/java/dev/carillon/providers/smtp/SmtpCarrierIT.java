package dev.carillon.providers.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.DispatchOutcome.Accepted;
import dev.carillon.domain.delivery.DispatchOutcome.Rejected;
import dev.carillon.domain.delivery.DispatchOutcome.Throttled;
import dev.carillon.domain.delivery.DispatchOutcome.Unconfirmed;
import dev.carillon.domain.delivery.DispatchOutcome.Unreachable;
import dev.carillon.domain.delivery.DispatchOutcome.Withdrawn;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.recipient.SuppressionCause;
import dev.carillon.providers.RecordingHandOver;
import dev.carillon.providers.RecordingNotices;
import dev.carillon.providers.smtp.ScriptedRelay.Act;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of a mail, whatever the relay does and wherever the connection breaks.
class SmtpCarrierIT {
  @TempDir private Path directory;
  private final RecordingHandOver handOver = new RecordingHandOver();
  private final RecordingNotices notices = new RecordingNotices();
  private ScriptedRelay relay;
  private SmtpCarrier carrier;

  @BeforeEach
  void open() throws IOException {
    relay = new ScriptedRelay();
    carrier = carrier(Fixtures.config(relay.port()));
  }

  @AfterEach
  void close() throws IOException {
    relay.release();
    carrier.close();
    relay.close();
  }

  @Test
  void tellsTheIdThatStandsInTheMail() {
    Accepted accepted = (Accepted) answerTo(Fixtures.mail("bob@example.net", 3));

    ScriptedRelay.Taken taken = relay.taken().getFirst();
    assertThat(taken.to()).isEqualTo("bob@example.net");
    assertThat(taken.text()).contains("Message-ID: <" + accepted.carrierMessageId() + ">\r\n");
    assertThat(accepted.carrierMessageId()).startsWith("7.0.3-").endsWith("@mail.example.org");
  }

  @Test
  void givesEveryMailAReturnPathOfItsOwn() {
    carrier.submit(Fixtures.mails(20), handOver);
    handOver.awaitAnswers(20);

    assertThat(relay.taken().stream().map(ScriptedRelay.Taken::from).distinct())
        .hasSize(20)
        .allMatch(from -> from.matches("bounce\\+7\\.0\\.\\d+-[a-z2-7]{16}@mail\\.example\\.org"));
  }

  @Test
  void asksARelayThatCanForReportsOfFailureOnly() {
    answerTo(Fixtures.mail("bob@example.net", 3));

    assertThat(relay.taken().getFirst().mailArguments()).contains("RET=HDRS", "ENVID=7.0.3-");
    assertThat(relay.taken().getFirst().rcptArguments()).isEqualTo(" NOTIFY=FAILURE");
  }

  @Test
  void doublesDotsAtTheBeginningOfLines() {
    String text = ".\r\n..\r\nend";
    answerTo(
        Fixtures.mail("bob@example.net", 1, new EmailContent("", "", "dots", "", text, Map.of())));

    assertThat(relay.taken().getFirst().text()).endsWith("\r\n\r\n.\r\n..\r\nend\r\n");
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of("RCPT", "550 5.1.1 <bob@example.net>: unknown", Reason.UNKNOWN_DESTINATION),
        Arguments.of("RCPT", "550-5.1.1 no\r\n550 5.1.1 such", Reason.UNKNOWN_DESTINATION),
        Arguments.of("RCPT", "550 no such user", Reason.UNKNOWN_DESTINATION),
        Arguments.of("RCPT", "556 5.1.10 null MX", Reason.UNKNOWN_DESTINATION),
        Arguments.of("RCPT", "553 5.1.3 bad address", Reason.INVALID_DESTINATION),
        Arguments.of("RCPT", "552 5.2.2 mailbox full", Reason.DESTINATION_UNREACHABLE),
        Arguments.of("RCPT", "554 5.7.1 relay access denied", Reason.ROUTE_REFUSED),
        Arguments.of("RCPT", "554 no", Reason.CARRIER_REFUSED),
        Arguments.of("MAIL", "550 not you", Reason.SENDER_REFUSED),
        Arguments.of("MAIL", "553 5.1.8 domain not found", Reason.SENDER_REFUSED),
        Arguments.of("DATA", "554 5.5.1 no valid recipients", Reason.CARRIER_REFUSED),
        Arguments.of(".", "554 5.7.1 spam", Reason.CONTENT_REFUSED),
        Arguments.of(".", "550 5.7.26 no DKIM", Reason.SENDER_REFUSED),
        Arguments.of(".", "552 5.3.4 too big", Reason.CONTENT_REFUSED));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void saysWhyAMailIsRefusedForGood(String at, String reply, Reason reason) {
    relay.at(at, new Act.Say(reply));

    DispatchOutcome outcome = answerTo(Fixtures.mail("bob@example.net", 1));

    assertThat(outcome).isInstanceOf(Rejected.class);
    assertThat(((Rejected) outcome).reason()).isEqualTo(reason);
    assertThat(((Rejected) outcome).detail())
        .startsWith(reply.substring(0, 3))
        .doesNotContain("bob", "@");
    assertThat(relay.taken()).isEmpty();
  }

  static Stream<Arguments> delays() {
    return Stream.of(
        Arguments.of("RCPT", "452 4.2.2 full", Reason.DESTINATION_UNREACHABLE, null),
        Arguments.of(
            "RCPT", "450 4.7.1 greylisted", Reason.DESTINATION_UNREACHABLE, Duration.ofMinutes(5)),
        Arguments.of("RCPT", "451 later", Reason.DESTINATION_UNREACHABLE, null),
        Arguments.of("RCPT", "452 4.3.1 disk full", Reason.DESTINATION_UNREACHABLE, null),
        Arguments.of("MAIL", "452 4.3.1 disk full", Reason.CARRIER_UNREACHABLE, null),
        Arguments.of("MAIL", "421 4.3.2 going down", Reason.CARRIER_UNREACHABLE, null),
        Arguments.of("GREETING", "421 busy", Reason.CARRIER_UNREACHABLE, null),
        Arguments.of("GREETING", "554 not you", Reason.CARRIER_UNREACHABLE, null),
        Arguments.of(".", "451 4.3.0 queue error", Reason.DESTINATION_UNREACHABLE, null),
        Arguments.of(".", "421 4.3.2 going down", Reason.CARRIER_UNREACHABLE, null),
        Arguments.of("MAIL", "530 5.7.0 log in first", Reason.ACCOUNT_REFUSED, null));
  }

  @ParameterizedTest
  @MethodSource("delays")
  void triesAgainWhatWasSurelyNotTaken(
      String at, String reply, Reason reason, @Nullable Duration wait) {
    relay.at(at, new Act.Say(reply));

    DispatchOutcome outcome = answerTo(Fixtures.mail("bob@example.net", 1));

    assertThat(outcome).isInstanceOf(Unreachable.class);
    assertThat(((Unreachable) outcome).reason()).isEqualTo(reason);
    assertThat(((Unreachable) outcome).retryAfter()).isEqualTo(wait);
    assertThat(relay.taken()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "MAIL, 451 4.7.0 too many mails",
    "MAIL, 421 4.7.0 rate limited",
    "RCPT, 421 4.7.28 rate limited",
    "., 421 4.7.0 rate limited"
  })
  void isThrottledWhereTheRelaySaysThatItIsTooMuch(String at, String reply) {
    relay.at(at, new Act.Say(reply));

    assertThat(answerTo(Fixtures.mail("bob@example.net", 1))).isEqualTo(new Throttled(null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GREETING", "EHLO", "MAIL", "RCPT", "DATA"})
  void knowsThatAMailWasNotTakenWhenTheConnectionEndsBeforeItsData(String at) {
    relay.at(at, new Act.Close());

    assertUnreachable(answerTo(Fixtures.mail("bob@example.net", 1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GREETING", "MAIL", "RCPT", "DATA"})
  void knowsThatAMailWasNotTakenWhenItCannotReadTheReply(String at) {
    relay.at(at, new Act.Say("what?"));

    assertUnreachable(answerTo(Fixtures.mail("bob@example.net", 1)));
    assertThat(relay.taken()).isEmpty();
  }

  @Test
  void knowsThatAMailWasNotTakenWhenTheConnectionEndsWithinItsData() {
    relay.at("BODY", new Act.Close());
    String large = "0123456789".repeat(2_000_000);

    assertUnreachable(
        answerTo(
            Fixtures.mail(
                "bob@example.net", 1, new EmailContent("", "", "large", "", large, Map.of()))));
  }

  static Stream<Act> lostAnswers() {
    return Stream.of(
        new Act.Close(),
        new Act.Say("what?"),
        new Act.Say("354 go on"),
        new Act.Wait("250 2.0.0 ok"),
        new Act.Endless(false),
        new Act.Endless(true));
  }

  @ParameterizedTest
  @MethodSource("lostAnswers")
  void staysInDoubtWhenTheAnswerToTheEndOfTheDataIsLost(Act act) {
    carrier.close();
    carrier = carrier(Fixtures.with(Fixtures.config(relay.port()), Fixtures.shortTimes()));
    relay.at(".", new Act.Say("250 2.0.0 ok"));
    relay.at(".", "bob@example.net", act);

    assertThat(answerTo(Fixtures.mail("bob@example.net", 1))).isInstanceOf(Unconfirmed.class);
    assertThat(relay.commands().stream().filter("."::equals)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GREETING", "EHLO", "RCPT", "DATA"})
  void waitsForNoReplyLongerThanItIsAllowedTo(String at) {
    carrier.close();
    carrier = carrier(Fixtures.with(Fixtures.config(relay.port()), Fixtures.shortTimes()));
    for (Act act : List.of(new Act.Wait("250 ok"), new Act.Endless(true), new Act.Endless(false))) {
      relay.at(at, act);

      assertUnreachable(answerTo(Fixtures.mail("bob@example.net", 1)));
    }
    assertThat(relay.taken()).isEmpty();
  }

  @Test
  void isUnreachableWhereNobodyListens() throws IOException {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    carrier.close();
    carrier = carrier(Fixtures.config(port));

    assertUnreachable(answerTo(Fixtures.mail("bob@example.net", 1)));
  }

  @Test
  void tellsEachMailOfABatchItsOwnAnswer() {
    for (int i = 0; i < 40; i += 2) {
      relay.at("RCPT", "to" + i + "@example.net", new Act.Say("550 5.1.1 unknown"));
    }

    carrier.submit(Fixtures.mails(40), handOver);

    assertThat(handOver.awaitAnswers(40))
        .hasSize(40)
        .allMatch(answer ->
            answer.message().ref().position() % 2 == 0
                ? answer.outcome() instanceof Rejected
                : answer.outcome() instanceof Accepted);
    assertThat(relay.taken()).hasSize(20);
  }

  @Test
  void tellsWhomNeverToWriteToAgain() {
    relay.at("RCPT", "gone@example.net", new Act.Say("550 5.1.1 unknown"));
    relay.at("RCPT", "full@example.net", new Act.Say("552 5.2.2 full"));
    relay.at("RCPT", "later@example.net", new Act.Say("450 4.1.1 unknown just now"));
    answerTo(Fixtures.mail("full@example.net", 1));
    answerTo(Fixtures.mail("later@example.net", 2));
    answerTo(Fixtures.mail("gone@example.net", 3));

    assertThat(notices.awaitNotices(1))
        .singleElement()
        .isEqualTo(
            new Notice.OfOptOut(
                new OptOut.OfMessage(
                    Fixtures.CARRIER,
                    Fixtures.ref(3),
                    SuppressionCause.HARD_BOUNCE,
                    "550 5.1.1 no such mailbox (the recipient)",
                    Fixtures.NOW)));
  }

  @Test
  void answersEvenWhenNobodyCanBeToldWhomNotToWriteTo() {
    notices.goDown(true);
    relay.at("RCPT", new Act.Say("550 5.1.1 unknown"));

    assertThat(answerTo(Fixtures.mail("gone@example.net", 3))).isInstanceOf(Rejected.class);
    notices.awaitCalls(1);
  }

  @Test
  void keepsItsConnections() {
    for (int i = 0; i < 10; i++) {
      answerTo(Fixtures.mail("bob@example.net", i));
    }

    assertThat(relay.connections()).isEqualTo(1);
  }

  @Test
  void makesAConnectionAnewAfterSoManyMails() {
    SmtpConfig.Limits limits = Fixtures.config(1).limits();
    carrier.close();
    carrier =
        carrier(
            Fixtures.with(
                Fixtures.config(relay.port()),
                new SmtpConfig.Limits(
                    1,
                    3,
                    100,
                    limits.idle(),
                    limits.connect(),
                    limits.exchange(),
                    limits.confirmation())));

    for (int i = 0; i < 10; i++) {
      answerTo(Fixtures.mail("bob@example.net", i));
    }

    assertThat(relay.taken()).hasSize(10);
    assertThat(relay.connections()).isEqualTo(4);
  }

  @Test
  void opensNoMoreConnectionsThanItMay() {
    relay.at(".", new Act.Wait("250 2.0.0 ok"));
    Thread.ofVirtual().start(() -> carrier.submit(Fixtures.mails(12), handOver));
    relay.told().await(said -> said.stream().filter("."::equals).count() == 4);

    assertThat(relay.connections()).isEqualTo(4);
    relay.release();
    assertThat(handOver.awaitAnswers(12)).allMatch(a -> a.outcome() instanceof Accepted);
    assertThat(relay.connections()).isEqualTo(4);
  }

  @Test
  void sendsOverANewConnectionWhenTheKeptOneIsGone() {
    answerTo(Fixtures.mail("bob@example.net", 1));
    relay.cutAll();

    assertThat(answerTo(Fixtures.mail("bob@example.net", 2))).isInstanceOf(Accepted.class);
    assertThat(relay.taken()).hasSize(2);
  }

  @Test
  void sendsOverANewConnectionWhenTheRelayHasGivenTheKeptOneUp() {
    answerTo(Fixtures.mail("bob@example.net", 1));
    relay.at("MAIL", "bob@example.net", new Act.SayAndClose("421 4.4.2 timeout"));

    assertThat(answerTo(Fixtures.mail("eve@example.net", 2))).isInstanceOf(Accepted.class);
    assertThat(relay.connections()).isEqualTo(2);
  }

  @Test
  void asksAgainBeforeAMailGoesOutOverAnotherConnection() {
    answerTo(Fixtures.mail("bob@example.net", 1));
    relay.cutAll();
    RecordingHandOver stopped = new RecordingHandOver().lettingGo(1);
    OutboundMessage mail = Fixtures.mail("bob@example.net", 2);
    carrier.submit(List.of(mail), stopped);

    assertThat(stopped.awaitAnswer(mail)).isEqualTo(new Withdrawn());
    assertThat(stopped.asked()).isEqualTo(2);
    assertThat(relay.connections()).isEqualTo(2);
    assertThat(relay.taken()).hasSize(1);
  }

  @Test
  void withdrawsWhatMayNotGoAnyMore() {
    RecordingHandOver stopping = new RecordingHandOver().lettingGo(5);
    carrier.submit(Fixtures.mails(20), stopping);

    assertThat(stopping.awaitAnswers(20))
        .filteredOn(answer -> answer.outcome().equals(new Withdrawn()))
        .hasSize(15);
    assertThat(stopping.asked()).isEqualTo(20);
    assertThat(relay.taken()).hasSize(5);
  }

  @Test
  void logsIn() {
    relay.askFor("shop", "let me in");
    carrier.close();
    carrier =
        carrier(
            Fixtures.with(
                Fixtures.config(relay.port()), new SmtpConfig.Login("shop", "let me in")));

    assertThat(answerTo(Fixtures.mail("bob@example.net", 1))).isInstanceOf(Accepted.class);
  }

  @Test
  void waitsForTheOperatorWhenItMayNotLogIn() {
    relay.askFor("shop", "let me in");
    carrier.close();
    carrier =
        carrier(
            Fixtures.with(Fixtures.config(relay.port()), new SmtpConfig.Login("shop", "wrong")));

    Unreachable outcome = (Unreachable) answerTo(Fixtures.mail("bob@example.net", 1));
    assertThat(outcome.reason()).isEqualTo(Reason.ACCOUNT_REFUSED);
    assertThat(outcome.detail()).contains("535").doesNotContain("wrong");
  }

  @Test
  void logsInWithTheTokenThatTheFileHoldsNow() throws IOException {
    Path token = Files.writeString(directory.resolve("token"), "an old one\n");
    relay.askForToken("shop@example.org", "an old one");
    carrier.close();
    carrier = carrier(withToken(token));
    assertThat(answerTo(Fixtures.mail("bob@example.net", 1))).isInstanceOf(Accepted.class);

    relay.askForToken("shop@example.org", "a new one");
    Unreachable refused = (Unreachable) answerTo(Fixtures.mail("bob@example.net", 2));
    assertThat(refused.reason()).isEqualTo(Reason.ACCOUNT_REFUSED);
    assertThat(refused.detail()).isEqualTo("334 the token is refused").doesNotContain("old");

    Files.writeString(token, "a new one");
    assertThat(answerTo(Fixtures.mail("bob@example.net", 3))).isInstanceOf(Accepted.class);
  }

  @Test
  void waitsForTheOperatorWhereThereIsNoToken() throws IOException {
    carrier.close();
    carrier = carrier(withToken(directory.resolve("none")));
    assertThat(answerTo(Fixtures.mail("bob@example.net", 1)))
        .isEqualTo(
            Unreachable.noContact(
                Reason.ACCOUNT_REFUSED, "the token file cannot be read: NoSuchFileException"));

    carrier.close();
    carrier = carrier(withToken(Files.createFile(directory.resolve("empty"))));
    assertThat(answerTo(Fixtures.mail("bob@example.net", 2)))
        .isEqualTo(
            Unreachable.noContact(
                Reason.ACCOUNT_REFUSED, "the token file cannot be read: EOFException"));
    assertThat(relay.connections()).isZero();
  }

  @Test
  void waitsForTheOperatorWhereTheRelayTakesNoTokens() throws IOException {
    relay.askFor("shop@example.org", "let me in");
    carrier.close();
    carrier = carrier(withToken(Files.writeString(directory.resolve("token"), "a token")));

    assertThat(answerTo(Fixtures.mail("bob@example.net", 1)))
        .isEqualTo(
            Unreachable.noContact(
                Reason.ACCOUNT_REFUSED, "the relay offers no way to log in that can be used"));
  }

  @Test
  void greetsByTheNameOfItsMachineOrItsAddressWhereNothingElseIsSaid() {
    carrier.close();
    carrier =
        carrier(
            Fixtures.with(
                Fixtures.config(relay.port()),
                new SmtpServer("localhost", relay.port(), SmtpServer.Security.NONE, "", null)));
    answerTo(Fixtures.mail("bob@example.net", 1));

    assertThat(relay.commands().getFirst())
        .matches("EHLO ([A-Za-z0-9.-]*[A-Za-z][A-Za-z0-9.-]*|\\[[0-9.]+\\]|\\[IPv6:[0-9a-f:]+\\])");
  }

  @Test
  void refusesAMailWithoutAWriter() {
    carrier.close();
    carrier =
        carrier(
            Fixtures.with(
                Fixtures.config(relay.port()), new SmtpConfig.Mail("", "", false, false)));

    Rejected outcome = (Rejected) answerTo(Fixtures.mail("bob@example.net", 1));
    assertThat(outcome.reason()).isEqualTo(Reason.INVALID_CONTENT);
    assertThat(relay.connections()).isZero();
  }

  @Test
  void answersEverythingWhenItIsClosed() {
    carrier.close();
    carrier = carrier(Fixtures.with(Fixtures.config(relay.port()), SmtpConfig.Limits.DEFAULT));
    relay.at(".", new Act.Wait("250 2.0.0 ok"));
    Thread submitting =
        Thread.ofVirtual().start(() -> carrier.submit(Fixtures.mails(10), handOver));
    relay.told().await(said -> said.stream().filter("."::equals).count() == 8);

    carrier.close();

    assertThat(handOver.awaitAnswers(10)).hasSize(10);
    assertThat(handOver.answers())
        .filteredOn(answer -> answer.outcome() instanceof Unconfirmed)
        .hasSize(8);
    assertThat(handOver.answers())
        .filteredOn(answer -> answer.outcome().equals(new Withdrawn()))
        .hasSize(2);
    assertThat(submitting.isAlive()).isFalse();
  }

  private SmtpCarrier carrier(SmtpConfig config) {
    assertThat(config.problems()).isEmpty();
    SmtpCarrier made =
        new SmtpCarrier(Fixtures.CARRIER, config, notices, Fixtures.PLACE, Fixtures.CLOCK);
    made.start();
    return made;
  }

  /// Each mail goes over a connection of its own.
  private SmtpConfig withToken(Path token) {
    SmtpConfig.Limits limits = Fixtures.config(1).limits();
    SmtpConfig.Limits once =
        new SmtpConfig.Limits(
            1, 1, 100, limits.idle(), limits.connect(), limits.exchange(), limits.confirmation());
    return Fixtures.with(
        Fixtures.with(Fixtures.config(relay.port()), once),
        new SmtpConfig.Login("shop@example.org", "", token));
  }

  private DispatchOutcome answerTo(OutboundMessage message) {
    RecordingHandOver own = new RecordingHandOver();
    carrier.submit(List.of(message), own);
    return own.awaitAnswer(message);
  }

  private static void assertUnreachable(DispatchOutcome outcome) {
    assertThat(outcome).isInstanceOf(Unreachable.class);
    assertThat(((Unreachable) outcome).reason()).isEqualTo(Reason.CARRIER_UNREACHABLE);
    assertThat(((Unreachable) outcome).detail()).doesNotContain("@");
  }
}
