package dev.carillon.domain.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.RouteRule.Share;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTableTest {
  private static final CarrierId ECONET = new CarrierId("econet");
  private static final CarrierId NETONE = new CarrierId("netone");
  private static final CarrierId TWILIO = new CarrierId("twilio");
  private static final CarrierId MAIL = new CarrierId("mail");
  private static final BusinessId SOMEBODY = new BusinessId(7);
  private static final BusinessId ANOTHER = new BusinessId(8);

  private static final RoutingTable TABLE =
      new RoutingTable(
          List.of(
              rule("own", Set.of(SOMEBODY), Set.of("MR"), Set.of(), new Share(NETONE, 1)),
              rule(
                  "econet", Set.of(), Set.of("ZW"), Set.of("Econet"), shares(ECONET, 1, TWILIO, 0)),
              rule("zw", Set.of(), Set.of("ZW"), Set.of(), shares(NETONE, 70, TWILIO, 30)),
              rule("rest", Set.of(), Set.of(), Set.of(), new Share(TWILIO, 1)),
              new RouteRule(
                  "mail",
                  Channel.EMAIL,
                  Set.of(),
                  Set.of(),
                  Set.of(),
                  List.of(new Share(MAIL, 1)))));

  @ParameterizedTest
  @CsvSource({
    "7, MR, '', netone",
    "8, MR, '', twilio",
    "8, ZW, Econet, econet",
    "8, ZW, ECONET, econet",
    "8, ZW, NetOne, netone",
    "8, ZW, '', netone",
    "8, '', '', twilio"
  })
  void goesByTheFirstRuleThatIsAboutAMessage(
      long business, String country, String network, String carrier) {
    List<Route> routes = TABLE.of(new BusinessId(business), Channel.SMS).to(country, network, 0);

    assertThat(routes.getFirst().carrier().value()).isEqualTo(carrier);
  }

  @Test
  void leadsNowhereWhereNoRuleDoes() {
    assertThat(TABLE.of(ANOTHER, Channel.WHATSAPP).to("ZW", "", 0)).isEmpty();
    assertThat(RoutingTable.EMPTY.of(ANOTHER, Channel.SMS).to("ZW", "", 0)).isEmpty();
    assertThat(RoutingTable.EMPTY.of(ANOTHER, Channel.SMS).main()).isEmpty();
  }

  @Test
  void givesEachCarrierItsShareAndTheOthersAfterIt() {
    ChannelRoutes routes = TABLE.of(ANOTHER, Channel.SMS);
    Map<CarrierId, Long> first =
        LongStream.range(0, 10_000)
            .mapToObj(draw -> routes.to("ZW", "", draw).getFirst().carrier())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

    assertThat(first).isEqualTo(Map.of(NETONE, 7_000L, TWILIO, 3_000L));
    for (long draw = -100; draw < 100; draw++) {
      assertThat(routes.to("ZW", "", draw))
          .extracting(Route::carrier)
          .containsExactlyInAnyOrder(NETONE, TWILIO);
    }
  }

  @Test
  void fallsOnTheSameCarrierForTheSameDraw() {
    ChannelRoutes routes = TABLE.of(ANOTHER, Channel.SMS);

    assertThat(routes.to("ZW", "", Long.MIN_VALUE)).isEqualTo(routes.to("ZW", "", Long.MIN_VALUE));
  }

  @Test
  void hasACarrierWithoutWeightStandInOnly() {
    for (long draw = 0; draw < 100; draw++) {
      assertThat(TABLE.of(ANOTHER, Channel.SMS).to("ZW", "Econet", draw))
          .extracting(Route::carrier)
          .containsExactly(ECONET, TWILIO);
    }
  }

  @Test
  void takesTheOrderOfTheRuleWhereNobodyHasWeight() {
    RouteRule rule = rule("r", Set.of(), Set.of(), Set.of(), shares(ECONET, 0, NETONE, 0));

    assertThat(rule.order(1)).extracting(Route::carrier).containsExactly(ECONET, NETONE);
  }

  @Test
  void triesTheHeavierFirstAmongThoseThatStandIn() {
    RouteRule rule =
        new RouteRule(
            "r",
            Channel.SMS,
            Set.of(),
            Set.of(),
            Set.of(),
            List.of(new Share(ECONET, 1), new Share(NETONE, 5), new Share(TWILIO, 3)));

    assertThat(rule.order(0)).extracting(Route::carrier).containsExactly(ECONET, NETONE, TWILIO);
  }

  @Test
  void saysWhyACarrierWasChosen() {
    ChannelRoutes routes = TABLE.of(ANOTHER, Channel.SMS);

    assertThat(routes.to("ZW", "", 0).getFirst().reason()).isEqualTo("route zw, weight 70 of 100");
    assertThat(routes.to("DE", "", 0).getFirst().reason()).isEqualTo("route rest");
    assertThat(routes.to("ZW", "", 0).get(1).insteadOf(NETONE, "its circuit is open").reason())
        .isEqualTo("route zw, weight 30 of 100, instead of netone: its circuit is open");
  }

  @Test
  void knowsTheOneCarrierThatGetsEverything() {
    assertThat(TABLE.of(ANOTHER, Channel.EMAIL).only()).contains(MAIL);
    assertThat(TABLE.of(ANOTHER, Channel.SMS).only()).isEmpty();
    assertThat(ChannelRoutes.only(MAIL, Channel.EMAIL).only()).contains(MAIL);
    assertThat(ChannelRoutes.NONE.only()).isEmpty();
  }

  @Test
  void knowsNoneThatGetsEverythingWherePlacesAreLeftOut() {
    ChannelRoutes routes =
        new ChannelRoutes(
            List.of(rule("zw", Set.of(), Set.of("ZW"), Set.of(), new Share(ECONET, 1))));

    assertThat(routes.only()).isEmpty();
  }

  @Test
  void namesTheMainCarrierOfTheMostGeneralRule() {
    assertThat(TABLE.of(ANOTHER, Channel.SMS).main()).contains(TWILIO);
    assertThat(TABLE.of(ANOTHER, Channel.SMS).carriers()).containsExactly(ECONET, TWILIO, NETONE);
  }

  @Test
  void namesTheHeaviestOfSeveralWhateverTheirOrder() {
    List<Share> shares = List.of(new Share(ECONET, 1), new Share(TWILIO, 3), new Share(NETONE, 3));
    ChannelRoutes routes =
        new ChannelRoutes(List.of(rule("all", Set.of(), Set.of(), Set.of(), shares)));

    assertThat(routes.main()).contains(TWILIO);
  }

  @Test
  void leavesOutRulesBehindOneThatLeadsEverywhere() {
    ChannelRoutes routes =
        new ChannelRoutes(
            List.of(
                rule("own", Set.of(), Set.of(), Set.of(), new Share(ECONET, 1)),
                rule("rest", Set.of(), Set.of(), Set.of(), new Share(TWILIO, 1))));

    assertThat(routes.main()).contains(ECONET);
    assertThat(routes.carriers()).containsExactly(ECONET);
    assertThat(routes.only()).contains(ECONET);
  }

  @Test
  void refusesARuleWithoutCarriersOrWithOneTwice() {
    List<Share> twice = shares(ECONET, 1, ECONET, 2);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> rule("r", Set.of(), Set.of(), Set.of(), List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rule("r", Set.of(), Set.of(), Set.of(), twice));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1_001})
  void refusesAWeightOutOfBounds(int weight) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Share(ECONET, weight));
  }

  private static RouteRule rule(
      String name,
      Set<BusinessId> businesses,
      Set<String> countries,
      Set<String> networks,
      Share share) {
    return rule(name, businesses, countries, networks, List.of(share));
  }

  private static RouteRule rule(
      String name,
      Set<BusinessId> businesses,
      Set<String> countries,
      Set<String> networks,
      List<Share> shares) {
    return new RouteRule(name, Channel.SMS, businesses, countries, networks, shares);
  }

  private static List<Share> shares(CarrierId one, int weight, CarrierId other, int otherWeight) {
    return List.of(new Share(one, weight), new Share(other, otherWeight));
  }
}
