package dev.carillon.providers.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.providers.ConnectedCarrier;
import dev.carillon.providers.RecordingHandOver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every carrier that is reached over HTTP owes the house: whatever the other side does, every
/// message gets exactly one answer in time, none is sent twice, and only what surely was not taken
/// is said not to be.
public abstract class HttpCarrierContract {
  /// What the carrier answers to one message.
  protected enum Fate {
    TAKE,
    REFUSE,
    THROTTLE,
    /// And it asks to wait for 7 s.
    THROTTLE_AND_ASK_TO_WAIT
  }

  private static final Duration ASKED = Duration.ofSeconds(7);

  private static final WireMockServer PEER =
      new WireMockServer(
          wireMockConfig()
              .dynamicPort()
              .bindAddress("127.0.0.1")
              .containerThreads(64)
              .globalTemplating(true));

  private @Nullable ConnectedCarrier open;
  private final RecordingHandOver handOver = new RecordingHandOver();

  /// A carrier that is not started: one message at a time to a request unless it sends in batches,
  /// an answer awaited for a second at most, eight requests at once at least, and at most 65,536
  /// octets of an answer.
  protected abstract ConnectedCarrier carrier(URI api);

  /// The first attempt of some message.
  protected abstract OutboundMessage message(int position);

  /// The request by which one message is sent.
  protected abstract MappingBuilder sending();

  /// The answer to a request with one message, by the carrier's own description. Templates of
  /// WireMock are filled, so that each message can have its own id.
  protected abstract ResponseDefinitionBuilder answer(Fate fate);

  /// Has the peer take messages at even positions and refuse the others.
  protected abstract void takeEvenPositions(WireMockServer peer, List<OutboundMessage> messages);

  @BeforeAll
  static void startPeer() {
    PEER.start();
  }

  @AfterAll
  static void stopPeer() {
    PEER.stop();
  }

  @AfterEach
  void reset() {
    ConnectedCarrier carrier = open;
    if (carrier != null) {
      carrier.close();
    }
    PEER.resetAll();
  }

  @Test
  void tellsItsIdForAMessageThatItTakes() {
    peerAnswers(answer(Fate.TAKE));

    assertThat(outcome())
        .isInstanceOfSatisfying(
            DispatchOutcome.Accepted.class,
            it -> assertThat(it.carrierMessageId()).isNotEmpty().hasSizeLessThanOrEqualTo(255));
  }

  @Test
  void givesEveryMessageItsOwnId() {
    List<OutboundMessage> messages = messages(40);
    takeEvenPositions(PEER, messages);
    start().submit(messages, handOver);

    Set<String> ids = new HashSet<>();
    handOver
        .awaitAnswers(40)
        .forEach(it -> {
          if (it.outcome() instanceof DispatchOutcome.Accepted accepted) {
            ids.add(accepted.carrierMessageId());
          }
        });
    assertThat(ids).hasSize(20);
  }

  @Test
  void saysWhyItRefusesForGood() {
    peerAnswers(answer(Fate.REFUSE));
    String address = message(0).address();

    assertThat(outcome())
        .isInstanceOfSatisfying(
            DispatchOutcome.Rejected.class,
            it ->
                assertThat(it.detail())
                    .isNotEmpty()
                    .hasSizeLessThanOrEqualTo(255)
                    .doesNotContain(address));
  }

  @Test
  void refusesHalfOfThemAndTakesTheOthers() {
    List<OutboundMessage> messages = messages(20);
    takeEvenPositions(PEER, messages);
    start().submit(messages, handOver);

    assertThat(handOver.awaitAnswers(20))
        .hasSize(20)
        .allMatch(it ->
            it.message().ref().position() % 2 == 0
                ? it.outcome() instanceof DispatchOutcome.Accepted
                : it.outcome() instanceof DispatchOutcome.Rejected);
  }

  @Test
  void isThrottledWithoutATimeToWait() {
    peerAnswers(answer(Fate.THROTTLE));

    assertThat(outcome()).isEqualTo(new DispatchOutcome.Throttled(null));
  }

  @Test
  void isThrottledWithTheTimeThatIsAskedFor() {
    peerAnswers(answer(Fate.THROTTLE_AND_ASK_TO_WAIT));

    assertThat(outcome()).isEqualTo(new DispatchOutcome.Throttled(ASKED));
  }

  @Test
  void isUnreachableWhenNobodyListens() throws IOException {
    assertUnreachable(URI.create("http://127.0.0.1:" + closedPort()));
  }

  @Test
  void isUnreachableWhenTheConnectionIsLostBeforeTheRequestLeft() {
    assertUnreachable(URI.create("https://127.0.0.1:" + PEER.port()));
  }

  @Test
  void isUnreachableWhenTheNameIsUnknown() {
    assertUnreachable(URI.create("http://nobody.invalid"));
  }

  @ParameterizedTest
  @EnumSource
  void isInDoubtAndNotSentAgainWhenTheConnectionIsLostAfterTheRequestLeft(Fault fault) {
    peerAnswers(answer(Fate.TAKE).withFault(fault));

    assertThat(outcome()).isInstanceOf(DispatchOutcome.Unconfirmed.class);
    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void isInDoubtWhenTheAnswerComesTooLate() {
    peerAnswers(answer(Fate.TAKE).withFixedDelay(6_000));

    assertInDoubtInTime();
  }

  @Test
  void isInDoubtWhenTheAnswerComesLittleByLittle() {
    peerAnswers(answer(Fate.TAKE).withChunkedDribbleDelay(60, 6_000));

    assertInDoubtInTime();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "[]", "{}", "null", "<html>OK</html>", "\u0000\u0001"})
  void isInDoubtWhenTheAnswerIsMalformed(String body) {
    peerAnswers(aResponse().withStatus(200).withBody(body));

    assertThat(outcome()).isInstanceOf(DispatchOutcome.Unconfirmed.class);
  }

  @Test
  void isInDoubtWhenTheAnswerIsEndless() {
    peerAnswers(aResponse().withStatus(200).withBody("{\"a\": \"" + "x".repeat(1 << 20) + "\"}"));

    assertThat(outcome()).isInstanceOf(DispatchOutcome.Unconfirmed.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void claimsNothingWhenTheOtherSideFails(int status) {
    peerAnswers(aResponse().withStatus(status).withBody("oops"));

    assertThat(outcome())
        .isNotInstanceOf(DispatchOutcome.Accepted.class)
        .isNotInstanceOf(DispatchOutcome.Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void isNeverSentElsewhere(int status) {
    PEER.stubFor(any(anyUrl()).willReturn(answer(Fate.TAKE)));
    peerAnswers(aResponse().withStatus(status).withHeader("Location", "/elsewhere"));

    assertThat(outcome()).isNotInstanceOf(DispatchOutcome.Accepted.class);
    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void withdrawsWhatMayNotGoAnyMore() {
    peerAnswers(answer(Fate.TAKE));
    RecordingHandOver stopped = new RecordingHandOver().lettingGo(0);
    start().submit(messages(20), stopped);

    assertThat(stopped.awaitAnswers(20))
        .hasSize(20)
        .allMatch(it -> it.outcome().equals(new DispatchOutcome.Withdrawn()));
    assertThat(requests()).isZero();
  }

  @Test
  void asksForEveryMessageWhetherItMayGo() {
    takeEvenPositions(PEER, List.of());
    RecordingHandOver stopping = new RecordingHandOver().lettingGo(5);
    start().submit(messages(20), stopping);

    assertThat(stopping.awaitAnswers(20))
        .filteredOn(it -> it.outcome().equals(new DispatchOutcome.Withdrawn()))
        .hasSize(15);
    assertThat(stopping.asked()).isEqualTo(20);
  }

  @Test
  void answersEverythingWhenItIsClosed() {
    peerAnswers(answer(Fate.TAKE).withFixedDelay(300));
    ConnectedCarrier carrier = start();
    carrier.submit(messages(30), handOver);
    carrier.close();

    assertThat(handOver.answers()).hasSize(30);
    carrier.submit(messages(1), handOver);
    assertThat(handOver.awaitAnswers(31).getLast().outcome())
        .isEqualTo(new DispatchOutcome.Withdrawn());
  }

  @Test
  void saysWhatItIs() {
    ConnectedCarrier carrier = start();

    assertThat(carrier.channels()).isNotEmpty();
    assertThat(carrier.window()).isPositive();
    assertThat(carrier.answerTimeout()).isGreaterThan(Duration.ofSeconds(1));
    assertThat(carrier.callbacks()).isPresent();
  }

  private void assertUnreachable(URI api) {
    ConnectedCarrier carrier = start(api);
    carrier.submit(List.of(message(0)), handOver);

    assertThat(handOver.awaitAnswer(message(0)))
        .isInstanceOfSatisfying(
            DispatchOutcome.Unreachable.class,
            it -> assertThat(it.reason()).isEqualTo(Reason.CARRIER_UNREACHABLE));
    assertThat(requests()).isZero();
  }

  private void assertInDoubtInTime() {
    long begin = System.nanoTime();

    assertThat(outcome()).isInstanceOf(DispatchOutcome.Unconfirmed.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    assertThat(requests()).isEqualTo(1);
  }

  private DispatchOutcome outcome() {
    start().submit(List.of(message(0)), handOver);
    DispatchOutcome outcome = handOver.awaitAnswer(message(0));
    assertThat(handOver.answers()).hasSize(1);
    return outcome;
  }

  private ConnectedCarrier start() {
    return start(URI.create(PEER.baseUrl()));
  }

  private ConnectedCarrier start(URI api) {
    ConnectedCarrier carrier = carrier(api);
    carrier.start();
    open = carrier;
    return carrier;
  }

  private void peerAnswers(ResponseDefinitionBuilder answer) {
    PEER.stubFor(sending().willReturn(answer));
  }

  private static int requests() {
    return PEER.getAllServeEvents().size();
  }

  private List<OutboundMessage> messages(int count) {
    return IntStream.range(0, count).mapToObj(this::message).toList();
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
