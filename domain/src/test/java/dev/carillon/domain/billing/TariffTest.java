package dev.carillon.domain.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.content.Channel;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TariffTest {
  private static final BusinessId OWN = new BusinessId(7);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void takesTheNarrowestDestination() {
    Tariff tariff =
        new Tariff(
            List.of(
                price(1, null, Destination.ANY),
                price(2, null, new Destination("ZW", "")),
                price(3, null, new Destination("", "+2637")),
                price(4, null, new Destination("", "+26377"))));

    assertThat(idAt(tariff, "+263771234567", "ZW")).isEqualTo(4);
    assertThat(idAt(tariff, "+263731234567", "ZW")).isEqualTo(3);
    assertThat(idAt(tariff, "+263421234567", "ZW")).isEqualTo(2);
    assertThat(idAt(tariff, "+22238089336", "MR")).isEqualTo(1);
  }

  @Test
  void takesTheOwnPriceOfTwoThatAreAsNarrow() {
    Tariff tariff =
        new Tariff(List.of(price(1, null, Destination.ANY), price(2, OWN, Destination.ANY)));

    assertThat(idAt(tariff, "+263771234567", "ZW")).isEqualTo(2);
  }

  @Test
  void knowsWhereItHasNoPrice() {
    Tariff tariff = new Tariff(List.of(price(1, null, new Destination("ZW", ""))));

    assertThat(tariff.isComplete()).isFalse();
    assertThat(tariff.asksForCountry()).isTrue();
    assertThat(tariff.at("+22238089336", "MR")).isEmpty();
  }

  @Test
  void billsEachPartOrTheWholeMessage() {
    Price perPart = price(1, null, Destination.ANY);
    Price perMessage =
        new Price(
            new PriceId(2),
            null,
            Environment.LIVE,
            Channel.SMS,
            Destination.ANY,
            PriceUnit.MESSAGE,
            new Money("USD", 20_000),
            START,
            null);

    assertThat(perPart.of(3)).isEqualTo(new Money("USD", 60_000));
    assertThat(perMessage.of(3)).isEqualTo(new Money("USD", 20_000));
  }

  @Test
  void holdsFromItsBeginningUntilItsEnd() {
    Price price =
        new Price(
            new PriceId(1),
            null,
            Environment.LIVE,
            Channel.SMS,
            Destination.ANY,
            PriceUnit.PART,
            new Money("USD", 1),
            START,
            START.plusSeconds(10));

    assertThat(price.holdsAt(START)).isTrue();
    assertThat(price.holdsAt(START.minusNanos(1))).isFalse();
    assertThat(price.holdsAt(START.plusSeconds(10))).isFalse();
  }

  @Test
  void refusesADestinationThatIsNone() {
    assertThatThrownBy(() -> new Destination("ZW", "+263"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Destination("zw", ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Destination("", "263"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static long idAt(Tariff tariff, String address, String country) {
    return tariff.at(address, country).orElseThrow().id().value();
  }

  private static Price price(long id, @Nullable BusinessId business, Destination destination) {
    return new Price(
        new PriceId(id),
        business,
        Environment.LIVE,
        Channel.SMS,
        destination,
        PriceUnit.PART,
        new Money("USD", 20_000),
        START,
        null);
  }
}
