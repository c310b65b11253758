package dev.carillon.application.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.Prices.PriceFilter;
import dev.carillon.application.port.Prices.Terms;
import dev.carillon.domain.billing.Destination;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.Price;
import dev.carillon.domain.billing.PriceId;
import dev.carillon.domain.billing.PriceUnit;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store of prices keeps. Each test has a currency of its own, so that prices for
/// everybody stay its own, too.
public abstract class PricesContract extends StoreContract {
  private static final AtomicInteger CURRENCIES = new AtomicInteger();
  private static final int LETTERS = 26;
  private static final Destination ZIMBABWE = new Destination("ZW", "");
  private static final Destination ECONET = new Destination("", "+26377");
  private static final String NUMBER = "+263771234567";
  private static final PageRequest ALL = new PageRequest(1_000, 0, OptionalLong.empty());

  private String currency = "";

  /// Says what a business pays in, and what it is given back.
  protected abstract void agree(BusinessId business, String currency, RefundPlan plan);

  @BeforeEach
  void chooseACurrency() {
    int number = CURRENCIES.getAndIncrement();
    currency = "Q" + letter(number / LETTERS) + letter(number % LETTERS);
    agree(scope().business(), currency, RefundPlan.DEFAULT);
  }

  @Test
  void knowsNoPriceAndTheUsualPlanAtFirst() {
    Terms terms = terms(scope());

    assertThat(terms.plan()).isEqualTo(RefundPlan.DEFAULT);
    assertThat(terms.tariff().at(NUMBER, "ZW")).isEmpty();
  }

  @Test
  void knowsThePlanOfABusiness() {
    RefundPlan plan = new RefundPlan(true, false);
    agree(scope().business(), currency, plan);

    assertThat(terms(scope()).plan()).isEqualTo(plan);
  }

  @Test
  void givesBackAPriceAsItWasSet() {
    Price wanted =
        new Price(
            PriceId.NONE,
            scope().business(),
            scope().environment(),
            Channel.WHATSAPP,
            ECONET,
            PriceUnit.MESSAGE,
            new Money(currency, 12_345),
            NOW,
            NOW.plusSeconds(60));

    Price set = set(wanted);

    assertThat(set.id()).isNotEqualTo(PriceId.NONE);
    assertThat(set)
        .isEqualTo(
            new Price(
                set.id(),
                wanted.business(),
                wanted.environment(),
                wanted.channel(),
                wanted.destination(),
                wanted.unit(),
                wanted.amount(),
                wanted.validFrom(),
                wanted.validTo()));
    assertThat(ports().prices().byId(List.of(set.id().value()))).containsExactly(set);
  }

  @Test
  void takesTheOwnPriceBeforeThatForEverybody() {
    Price general = set(general(Destination.ANY, 5));
    assertThat(priceNow()).contains(general);

    Price own = set(own(Destination.ANY, 4));

    assertThat(priceNow()).contains(own);
    Scope other = ports().newScope().get();
    agree(other.business(), currency, RefundPlan.DEFAULT);
    assertThat(terms(other).tariff().at(NUMBER, "ZW")).contains(general);
  }

  @Test
  void takesTheNarrowestDestination() {
    Price any = set(own(Destination.ANY, 5));
    Price country = set(general(ZIMBABWE, 4));
    Price network = set(general(ECONET, 3));

    assertThat(priceNow()).contains(network);
    assertThat(terms(scope()).tariff().at("+263711234567", "ZW")).contains(country);
    assertThat(terms(scope()).tariff().at("+22222345678", "MR")).contains(any);
  }

  @Test
  void keepsPricesOfOthersApart() {
    set(own(Destination.ANY, 5));
    Scope other = ports().newScope().get();
    agree(other.business(), currency, RefundPlan.DEFAULT);

    assertThat(terms(other).tariff().at(NUMBER, "ZW")).isEmpty();
    assertThat(terms(testScope()).tariff().at(NUMBER, "ZW")).isEmpty();
    assertThat(ports().prices().terms(scope(), Channel.EMAIL, NOW).tariff().at("a@b.example", ""))
        .isEmpty();
    agree(scope().business(), "USD", RefundPlan.DEFAULT);
    assertThat(terms(scope()).tariff().at(NUMBER, "ZW")).isEmpty();
  }

  @Test
  void endsWhatHeldWhenAnotherPriceBegins() {
    Price first = set(own(Destination.ANY, 5));
    Price second = set(since(own(Destination.ANY, 6), NOW.plusSeconds(60)));

    assertThat(priceAt(NOW)).map(Price::id).contains(first.id());
    assertThat(priceAt(NOW.plusSeconds(59))).map(Price::id).contains(first.id());
    assertThat(priceAt(NOW.plusSeconds(60))).contains(second);
    assertThat(priceAt(NOW.minusSeconds(1))).isEmpty();
    assertThat(ports().prices().byId(List.of(first.id().value())))
        .containsExactly(until(first, NOW.plusSeconds(60)));
  }

  @Test
  void holdsUntilTheNextThatWasSetBefore() {
    Price now = set(own(Destination.ANY, 5));
    Price later = set(since(own(Destination.ANY, 6), NOW.plusSeconds(60)));
    Price sooner = set(since(own(Destination.ANY, 7), NOW.plusSeconds(30)));

    assertThat(sooner.validTo()).isEqualTo(NOW.plusSeconds(60));
    assertThat(priceAt(NOW.plusSeconds(29))).map(Price::id).contains(now.id());
    assertThat(priceAt(NOW.plusSeconds(59))).contains(sooner);
    assertThat(priceAt(NOW.plusSeconds(3_600))).contains(later);
    assertThat(listed(null)).containsExactly(until(now, NOW.plusSeconds(30)), sooner, later);
  }

  @Test
  void takesAnotherPriceAtTheSameTime() {
    set(own(Destination.ANY, 5));
    Price corrected = set(own(Destination.ANY, 6));
    Price again = set(own(Destination.ANY, 7));

    assertThat(again.id()).isNotEqualTo(corrected.id());
    assertThat(priceNow()).contains(again);
    assertThat(listed(null)).containsExactly(again);
  }

  @Test
  void letsPricesOfOtherPlacesStand() {
    Price any = set(own(Destination.ANY, 5));
    Price country = set(own(ZIMBABWE, 6));
    Price network = set(own(ECONET, 7));
    Price general = set(general(ZIMBABWE, 8));
    set(since(own(ZIMBABWE, 9), NOW.plusSeconds(60)));

    assertThat(
            ports()
                .prices()
                .byId(List.of(any.id().value(), network.id().value(), general.id().value())))
        .containsExactlyInAnyOrder(any, network, general);
    assertThat(ports().prices().byId(List.of(country.id().value())))
        .containsExactly(until(country, NOW.plusSeconds(60)));
  }

  @Test
  void fallsBackToTheWiderPriceWhenOneEnds() {
    Price general = set(general(Destination.ANY, 5));
    Price own = set(own(Destination.ANY, 4));
    Instant end = NOW.plusSeconds(60);

    assertThat(end(own, end)).contains(until(own, end));

    assertThat(priceAt(end.minusSeconds(1))).map(Price::id).contains(own.id());
    assertThat(priceAt(end)).contains(general);
    assertThat(end(own, end)).isEmpty();
    assertThat(end(general, end)).contains(until(general, end));
    assertThat(priceAt(end)).isEmpty();
  }

  @Test
  void countsThoseThatHoldOrAreGoingTo() {
    Price own = set(own(Destination.ANY, 5));
    Price corrected = set(own(Destination.ANY, 6));
    set(since(own(ZIMBABWE, 7), NOW.plusSeconds(60)));
    set(own(ECONET, 8));
    set(general(ZIMBABWE, 9));

    assertThat(ports().prices().countLike(own, NOW)).isEqualTo(3);
    end(corrected, NOW.plusSeconds(30));
    assertThat(ports().prices().countLike(own, NOW)).isEqualTo(3);
    assertThat(ports().prices().countLike(own, NOW.plusSeconds(30))).isEqualTo(2);
  }

  @Test
  void mayEndAPriceInTheMomentInWhichItBegins() {
    Price price = set(own(Destination.ANY, 4));

    assertThat(end(price, NOW)).isPresent();

    assertThat(priceNow()).isEmpty();
    assertThat(set(own(Destination.ANY, 5)).amount()).isEqualTo(new Money(currency, 5));
  }

  @Test
  void leavesOutNumbersThatNoPriceHas() {
    Price price = set(own(Destination.ANY, 4));

    assertThat(ports().prices().byId(List.of(Long.MAX_VALUE, 0L, price.id().value())))
        .containsExactly(price);
    assertThat(ports().prices().byId(List.of())).isEmpty();
  }

  @Test
  void forgetsAPriceWhoseTransactionFailed() {
    Price before = set(own(Destination.ANY, 4));

    assertThatThrownBy(() ->
            ports()
                .transactions()
                .run(() -> {
                  ports().prices().set(own(Destination.ANY, 5), "admin", NOW);
                  throw new IllegalStateException("on purpose");
                }))
        .hasMessage("on purpose");

    assertThat(priceNow()).contains(before);
  }

  @Test
  void listsPricesByChannelDestinationAndTime() {
    List<Price> expected = severalPrices();

    assertThat(listed(null)).containsExactlyElementsOf(expected);
    assertThat(list(new PriceFilter(scope(), currency, Channel.EMAIL, null), ALL).items())
        .containsExactly(expected.getLast());
    assertThat(list(new PriceFilter(testScope(), currency, null, null), ALL).items()).isEmpty();
    assertThat(list(new PriceFilter(scope(), "USX", null, null), ALL).items()).isEmpty();
  }

  @Test
  void listsPricesInPages() {
    List<Price> expected = severalPrices();
    PriceFilter filter = new PriceFilter(scope(), currency, null, null);

    List<Price> read = new ArrayList<>();
    OptionalLong next = OptionalLong.empty();
    do {
      Page<Price> page = list(filter, new PageRequest(2, 0, next));
      assertThat(page.totalSize()).isEqualTo(expected.size());
      read.addAll(page.items());
      next = page.next();
    } while (next.isPresent());

    assertThat(read).containsExactlyElementsOf(expected);
    assertThat(list(filter, new PageRequest(2, 3, OptionalLong.empty())).items())
        .containsExactlyElementsOf(expected.subList(3, 5));
  }

  @Test
  void listsWhatHoldsAtATimeAndTheOwnInPlaceOfThatForEverybody() {
    Price general = set(general(ZIMBABWE, 5));
    Price elsewhere = set(general(ECONET, 5));
    Price own = set(since(own(ZIMBABWE, 4), NOW.plusSeconds(60)));

    assertThat(listed(NOW)).containsExactly(elsewhere, general);
    assertThat(listed(NOW.plusSeconds(60))).containsExactly(elsewhere, own);
    assertThat(listed(NOW.minusSeconds(1))).isEmpty();
  }

  private List<Price> severalPrices() {
    Price mail = set(price(null, Channel.EMAIL, Destination.ANY, 1, NOW));
    Price later = set(since(own(ZIMBABWE, 4), NOW.plusSeconds(60)));
    Price chat = set(price(null, Channel.WHATSAPP, Destination.ANY, 2, NOW));
    Price network = set(own(ECONET, 3));
    Price country = set(general(ZIMBABWE, 5));
    Price any = set(own(Destination.ANY, 6));
    return List.of(any, network, country, later, chat, mail);
  }

  private Price own(Destination destination, long micros) {
    return price(scope().business(), Channel.SMS, destination, micros, NOW);
  }

  private Price general(Destination destination, long micros) {
    return price(null, Channel.SMS, destination, micros, NOW);
  }

  private Price price(
      @Nullable BusinessId business,
      Channel channel,
      Destination destination,
      long micros,
      Instant since) {
    return new Price(
        PriceId.NONE,
        business,
        Environment.LIVE,
        channel,
        destination,
        PriceUnit.PART,
        new Money(currency, micros),
        since,
        null);
  }

  private static Price since(Price price, Instant time) {
    return new Price(
        price.id(),
        price.business(),
        price.environment(),
        price.channel(),
        price.destination(),
        price.unit(),
        price.amount(),
        time,
        price.validTo());
  }

  private static Price until(Price price, Instant time) {
    return new Price(
        price.id(),
        price.business(),
        price.environment(),
        price.channel(),
        price.destination(),
        price.unit(),
        price.amount(),
        price.validFrom(),
        time);
  }

  private Price set(Price price) {
    return ports().transactions().inTransaction(() -> ports().prices().set(price, "admin", NOW));
  }

  private Optional<Price> end(Price price, Instant at) {
    return ports().transactions().inTransaction(() -> ports().prices().end(price.id(), at));
  }

  private Terms terms(Scope scope) {
    return ports().prices().terms(scope, Channel.SMS, NOW);
  }

  private Optional<Price> priceNow() {
    return priceAt(NOW);
  }

  private Optional<Price> priceAt(Instant time) {
    return ports().prices().terms(scope(), Channel.SMS, time).tariff().at(NUMBER, "ZW");
  }

  private List<Price> listed(@Nullable Instant at) {
    return list(new PriceFilter(scope(), currency, null, at), ALL).items();
  }

  private Page<Price> list(PriceFilter filter, PageRequest page) {
    return ports().prices().list(filter, page);
  }

  private static char letter(int number) {
    return (char) ('A' + number);
  }
}
