package dev.carillon.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.memory.InMemoryCarrierNumbers;
import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.ChannelRoutes;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.RouteRule;
import dev.carillon.domain.delivery.RoutingTable;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.providers.callback.CallbackAnswer;
import dev.carillon.providers.callback.CallbackRequest;
import dev.carillon.providers.simulated.SimulatedCarrier;
import dev.carillon.providers.simulated.SimulatedConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class CarrierHouseTest {
  private static final CarrierId ECONET = new CarrierId("econet");
  private static final CarrierId TWILIO = new CarrierId("twilio");
  private static final Scope LIVE = new Scope(new BusinessId(7), Environment.LIVE);
  private static final Scope TEST = new Scope(new BusinessId(7), Environment.TEST);
  private static final Duration LONG = Duration.ofSeconds(30);

  private final SimulatedCarrier simulated =
      new SimulatedCarrier(SimulatedConfig.DEFAULT, new RecordingSink(), InstantSource.system());
  private final CarrierRegistry registry = new CarrierRegistry(simulated);
  private final InMemoryCarrierNumbers numbers = new InMemoryCarrierNumbers();
  private final List<FakeCarrier> made = new ArrayList<>();
  private CarrierHouse house = house(LONG);
  private final RecordingHandOver answers = new RecordingHandOver();

  @AfterEach
  void close() {
    made.forEach(FakeCarrier::answerAll);
    house.close();
  }

  @Test
  void startsWhatIsPlannedAndTellsWhatLeadsThere() {
    house.start(plan("one", ECONET));

    assertThat(made).extracting(FakeCarrier::state).containsExactly("started");
    assertThat(registry.all()).extracting(Carrier::id).containsExactly(ECONET, SimulatedCarrier.ID);
    assertThat(registry.byId(ECONET)).isPresent();
    assertThat(registry.byId(TWILIO)).isEmpty();
    assertThat(registry.routes(LIVE, Channel.SMS).carriers()).containsExactly(ECONET);
    assertThat(registry.routes(LIVE, Channel.EMAIL)).isEqualTo(ChannelRoutes.NONE);
  }

  @ParameterizedTest
  @EnumSource(Channel.class)
  void sendsTheTestEnvironmentToTheSimulatedCarrierWhateverIsPlanned(Channel channel) {
    house.start(plan("one", ECONET));

    assertThat(registry.routes(TEST, channel))
        .isEqualTo(ChannelRoutes.only(SimulatedCarrier.ID, channel));
    assertThat(registry.byId(SimulatedCarrier.ID)).containsSame(simulated);
  }

  @Test
  void letsRoutesLeadToTheSimulatedCarrierInLive() {
    house.start(new CarrierPlan(Map.of(), routes(Channel.EMAIL, SimulatedCarrier.ID)));

    assertThat(registry.routes(LIVE, Channel.EMAIL).only()).contains(SimulatedCarrier.ID);
  }

  @Test
  void leavesAloneWhatHasNotChanged() {
    house.start(plan("one", ECONET));
    Carrier before = registry.byId(ECONET).orElseThrow();
    CarrierChanges changes = house.follow(plan("one", ECONET));

    assertThat(changes.areNone()).isTrue();
    assertThat(made).extracting(FakeCarrier::state).containsExactly("started");
    assertThat(registry.byId(ECONET)).containsSame(before);
  }

  @Test
  void answersWhatItWasHandedByTheOneThatWasHandedIt() {
    house.start(plan("one", ECONET));
    Carrier carrier = registry.byId(ECONET).orElseThrow();
    List<OutboundMessage> first = messages(0, 3);
    carrier.submit(first, answers);
    CarrierChanges changes = house.follow(plan("two", ECONET));
    List<OutboundMessage> second = messages(3, 2);
    carrier.submit(second, answers);

    assertThat(changes).isEqualTo(new CarrierChanges(List.of(), List.of(ECONET), List.of()));
    assertThat(registry.byId(ECONET)).containsSame(carrier);
    assertThat(made).extracting(FakeCarrier::state).containsExactly("started", "started");
    assertThat(made).extracting(FakeCarrier::open).containsExactly(3, 2);
    made.forEach(FakeCarrier::answerAll);
    first.forEach(message -> assertAnswer(message, new DispatchOutcome.Accepted("one")));
    second.forEach(message -> assertAnswer(message, new DispatchOutcome.Accepted("two")));
    awaitStates("closed", "started");
  }

  @Test
  void waitsOnlySoLongForTheAnswersOfOneThatIsReplaced() {
    house = house(Duration.ofMillis(20));
    house.start(plan("one", ECONET));
    registry.byId(ECONET).orElseThrow().submit(messages(0, 1), answers);
    house.follow(plan("two", ECONET));

    awaitStates("closed", "started");
    assertThat(answers.answers()).isEmpty();
  }

  @Test
  void givesBackWhatComesToOneThatIsGone() {
    house.start(plan("one", ECONET));
    Carrier carrier = registry.byId(ECONET).orElseThrow();
    CarrierChanges changes = house.follow(CarrierPlan.EMPTY);
    awaitStates("closed");
    OutboundMessage late = messages(0, 1).getFirst();
    carrier.submit(List.of(late), answers);

    assertThat(changes).isEqualTo(new CarrierChanges(List.of(), List.of(), List.of(ECONET)));
    assertAnswer(late, new DispatchOutcome.Throttled(null));
    assertThat(registry.byId(ECONET)).isEmpty();
    assertThat(registry.routes(LIVE, Channel.SMS)).isEqualTo(ChannelRoutes.NONE);
  }

  @Test
  void changesNothingWhenARouteLeadsToACarrierThatDoesNotServeTheChannel() {
    house.start(plan("one", ECONET));
    CarrierPlan wrong =
        new CarrierPlan(Map.of(TWILIO, config("two", Channel.SMS)), routes(Channel.EMAIL, TWILIO));

    assertThatThrownBy(() -> house.follow(wrong))
        .isInstanceOf(CarrierPlanException.class)
        .hasMessageContaining("names twilio, which does not serve EMAIL");
    assertThat(registry.routes(LIVE, Channel.SMS).carriers()).containsExactly(ECONET);
    assertThat(made).extracting(FakeCarrier::state).containsExactly("started", "new");
  }

  @Test
  void changesNothingWhenANewCarrierCannotBeStarted() {
    house.start(plan("one", ECONET));
    CarrierPlan broken =
        new CarrierPlan(
            Map.of(ECONET, config("two", Channel.SMS), TWILIO, config("broken", Channel.SMS)),
            routes(Channel.SMS, TWILIO));

    assertThatThrownBy(() -> house.follow(broken)).isInstanceOf(CarrierPlanException.class);
    assertThat(registry.routes(LIVE, Channel.SMS).carriers()).containsExactly(ECONET);
    assertThat(registry.byId(TWILIO)).isEmpty();
    assertThat(made.getFirst().state()).isEqualTo("started");
    assertThat(made).filteredOn(carrier -> carrier.state().equals("started")).hasSize(1);
  }

  @Test
  void servesWithoutACarrierThatCannotBeStartedAndTriesAgain() {
    house.start(plan("broken", ECONET));
    Carrier carrier = registry.byId(ECONET).orElseThrow();
    OutboundMessage early = messages(0, 1).getFirst();
    carrier.submit(List.of(early), answers);
    house.startMissing();
    made.getFirst().repair();
    house.startMissing();
    OutboundMessage later = messages(1, 1).getFirst();
    carrier.submit(List.of(later), answers);
    made.getFirst().answerAll();

    assertThat(answers.awaitAnswer(early))
        .isInstanceOfSatisfying(
            DispatchOutcome.Unreachable.class,
            answer -> assertThat(answer.reason()).isEqualTo(Reason.CARRIER_UNREACHABLE));
    assertAnswer(later, new DispatchOutcome.Accepted("broken"));
  }

  @Test
  void givesCallsToTheCarrierAsItIsNow() {
    house.start(plan("one", ECONET));
    assertThat(called(ECONET)).isEqualTo("one");
    house.follow(plan("two", ECONET));

    assertThat(called(ECONET)).isEqualTo("two");
    assertThat(called(TWILIO)).isNull();
    assertThat(called(SimulatedCarrier.ID)).isNull();
  }

  @Test
  void closesAllOfThemWithoutWaitingForThoseThatAreBeingReplaced() {
    house.start(plan("one", ECONET));
    registry.byId(ECONET).orElseThrow().submit(messages(0, 1), answers);
    house.follow(plan("two", ECONET));
    house.close();
    house.close();

    assertThat(made).extracting(FakeCarrier::state).containsExactly("closed", "closed");
  }

  @Test
  void givesEachCarrierItsNumberBeforeItIsStarted() {
    house.start(plan("one", ECONET));

    assertThat(numbers.named(1)).contains(ECONET);
  }

  @Test
  void refusesACarrierForWhichNoNumberIsLeft() {
    house.start(plan("one", ECONET));
    for (int number = 2; number <= 255; number++) {
      numbers.of(new CarrierId("used-" + number));
    }

    assertThatThrownBy(() -> house.follow(plan("two", TWILIO)))
        .isInstanceOf(CarrierPlanException.class)
        .hasMessage(
            "the carrier twilio is one too many: 255 names have been used by now, and none is free"
                + " again");
    assertThat(registry.byId(ECONET)).isPresent();
    assertThat(registry.byId(TWILIO)).isEmpty();
    assertThat(made.getLast().state()).isEqualTo("new");
    house.follow(plan("three", ECONET));
  }

  @Test
  void saysWhyACarrierCannotBeStartedWithoutWhatMustNotBeSaid() {
    try (LogBook log = LogBook.of(CarrierInUse.class)) {
      house.start(plan("broken", ECONET));

      assertThat(log.lines())
          .containsExactly(
              "ERROR the carrier econet cannot be started: java.lang.IllegalStateException: it"
                  + " cannot be started for *** of *** with ***");
      assertThat(log.everything())
          .contains("FakeCarrier.start")
          .doesNotContain("bob", "7712", "hunter2");
    }
  }

  @Test
  void asksForTheMakerOfEachKind() {
    CarrierHouse without =
        new CarrierHouse(simulated, new CarrierMakers(Map.of()), registry, numbers, LONG);

    assertThatThrownBy(() -> without.start(plan("one", ECONET)))
        .isInstanceOf(IllegalStateException.class);
  }

  private CarrierHouse house(Duration drain) {
    CarrierMaker<FakeCarrier.Config> maker =
        (id, config) -> {
          FakeCarrier carrier = new FakeCarrier(id, config);
          made.add(carrier);
          return carrier;
        };
    return new CarrierHouse(
        simulated,
        new CarrierMakers(Map.of(FakeCarrier.Config.class, maker)),
        registry,
        numbers,
        drain);
  }

  private @Nullable String called(CarrierId id) {
    CallbackRequest request = new CallbackRequest("GET", "", "", Map.of(), Map.of(), new byte[0]);
    return registry
        .callbacks(id)
        .map(callbacks -> ((CallbackAnswer.Answered) callbacks.answer(request)).body())
        .orElse(null);
  }

  private void assertAnswer(OutboundMessage message, DispatchOutcome outcome) {
    assertThat(answers.awaitAnswer(message)).isEqualTo(outcome);
  }

  private void awaitStates(String... states) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(made).extracting(FakeCarrier::state).containsExactly(states));
  }

  private static CarrierPlan plan(String name, CarrierId id) {
    return new CarrierPlan(Map.of(id, config(name, Channel.SMS)), routes(Channel.SMS, id));
  }

  private static FakeCarrier.Config config(String name, Channel channel) {
    return new FakeCarrier.Config(name, channel);
  }

  private static RoutingTable routes(Channel channel, CarrierId carrier) {
    return new RoutingTable(
        List.of(
            new RouteRule(
                "all",
                channel,
                Set.of(),
                Set.of(),
                Set.of(),
                List.of(new RouteRule.Share(carrier, 1)))));
  }

  private static List<OutboundMessage> messages(int from, int count) {
    List<OutboundMessage> messages = new ArrayList<>();
    for (int position = from; position < from + count; position++) {
      messages.add(
          new OutboundMessage(
              new MessageRef(new JobId(7), 0, position),
              1,
              false,
              "+263771234567",
              new SmsContent("hello", ""),
              Instant.MAX));
    }
    return messages;
  }
}
