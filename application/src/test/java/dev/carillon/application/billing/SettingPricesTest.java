package dev.carillon.application.billing;

import static dev.carillon.application.billing.Till.as;
import static dev.carillon.application.billing.Till.at;
import static dev.carillon.application.billing.Till.in;
import static dev.carillon.application.billing.Till.usd;
import static dev.carillon.application.fixture.Submission.anSms;
import static dev.carillon.application.fixture.Submission.callerOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.application.EstimateBulkJob;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.billing.Destination;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.Price;
import dev.carillon.domain.billing.PriceUnit;
import dev.carillon.domain.business.AuditEntry;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettingPricesTest {
  private final Till till = new Till().credit("100");
  private final Caller admin = as(Role.ADMIN_USER, till.live);
  private final Caller operator = as(Role.OPERATOR, till.live);

  @Test
  void theNarrowestPriceCountsAndOfThoseTheBusinesssOwn() {
    till.sms("0.05");
    till.price(true, in("ZW"), "0.03");
    till.price(false, in("ZW"), "0.025");
    till.price(true, at("+26377"), "0.02");

    assertThat(cost("+263771234567")).isEqualTo(usd("0.02"));
    assertThat(cost("+263712345678")).isEqualTo(usd("0.025"));
    assertThat(cost("+447911123456")).isEqualTo(usd("0.05"));
  }

  @Test
  void aPriceHoldsFromItsTimeOnAndLeavesWhatWasAccepted() {
    till.sms("0.05");
    Instant tomorrow = till.house.clock.instant().plus(Duration.ofDays(1));
    Price next = set(operator, true, Destination.ANY, usd("0.06"), tomorrow);

    assertThat(next.validFrom()).isEqualTo(tomorrow);
    assertThat(cost("+447911123456")).isEqualTo(usd("0.05"));
    till.house.pass(Duration.ofDays(1));
    assertThat(cost("+447911123456")).isEqualTo(usd("0.06"));
    assertThat(listed(null, true)).extracting(Price::validTo).containsExactly(tomorrow, null);
  }

  @Test
  void anEndedPriceLetsTheWiderOneHold() {
    till.sms("0.05");
    Price narrow = till.price(false, in("ZW"), "0.02");
    assertThat(cost("+263771234567")).isEqualTo(usd("0.02"));
    till.house.pass(Duration.ofMinutes(1));

    Price ended = end(admin, narrow, null);

    assertThat(ended.validTo()).isEqualTo(till.house.clock.instant());
    assertThat(cost("+263771234567")).isEqualTo(usd("0.05"));
    till.house.pass(Duration.ofMinutes(1));
    assertThat(end(admin, narrow, null)).isEqualTo(ended);
  }

  @Test
  void aPriceDoesNotEndBeforeItBeginsOrInThePast() {
    Instant now = till.house.clock.instant();
    Price later = set(admin, false, in("ZW"), usd("0.02"), now.plusSeconds(60));

    assertThat(fields(() -> end(admin, later, null))).containsExactly("end_time");
    assertThat(fields(() -> end(admin, later, now.minusSeconds(1)))).containsExactly("end_time");
    assertThat(end(admin, later, now.plusSeconds(61)).validTo()).isEqualTo(now.plusSeconds(61));
  }

  @Test
  void onlyOperatorsSetAndEndPricesForEverybody() {
    Price general = till.price(true, Destination.ANY, "0.05");

    assertThat(refusal(() -> set(admin, true, Destination.ANY, usd("0.01"), null)))
        .isEqualTo(new DomainError.RoleRequired("operator"));
    assertThat(refusal(() -> end(admin, general, null)))
        .isEqualTo(new DomainError.RoleRequired("operator"));
    assertThat(refusal(() -> set(callerOf(till.live), false, Destination.ANY, usd("0.01"), null)))
        .isEqualTo(new DomainError.RoleRequired("adminuser, operator"));
    assertThat(cost("+447911123456")).isEqualTo(usd("0.05"));
  }

  @Test
  void aStrangersPriceAndOneOfTheOtherEnvironmentAreNone() {
    Price own = till.price(false, in("ZW"), "0.02");
    Caller stranger = as(Role.ADMIN_USER, till.house.store.newScope());

    for (Caller other : List.of(stranger, as(Role.ADMIN_USER, till.test))) {
      assertThat(refusal(() -> end(other, own, null)))
          .isEqualTo(
              new DomainError.NotFound(
                  DomainError.NotFound.Kind.PRICE, Long.toString(own.id().value())));
    }
  }

  @Test
  void oneOfTheBusinessIsInItsCurrencyAndOneForEverybodyInAny() {
    assertThat(refusal(() -> set(admin, false, Destination.ANY, new Money("EUR", 1), null)))
        .isEqualTo(new DomainError.CurrencyMismatch("price.amount", "USD"));

    Price general = set(operator, true, Destination.ANY, new Money("EUR", 1), null);

    assertThat(general.amount().currency()).isEqualTo("EUR");
    assertThat(listed(null, false)).isEmpty();
  }

  @Test
  void refusesWhatIsNoPrice() {
    Instant past = till.house.clock.instant().minusSeconds(1);
    assertThat(fields(() -> set(admin, false, Destination.ANY, usd("-0.000001"), null)))
        .containsExactly("price.amount");
    assertThat(fields(() -> set(admin, false, Destination.ANY, usd("10000.000001"), null)))
        .containsExactly("price.amount");
    assertThat(fields(() -> set(admin, false, Destination.ANY, usd("1"), past)))
        .containsExactly("price.valid_from");
    assertThat(
            fields(() ->
                till.setPrice.handle(
                    new SetPrice.Command(
                        admin,
                        "",
                        false,
                        Channel.EMAIL,
                        in("ZW"),
                        PriceUnit.MESSAGE,
                        usd("1"),
                        null))))
        .containsExactly("price.destination");
  }

  @Test
  void refusesMorePricesThanThereMayBe() {
    SetPrice few = till.setPrice(2);
    few.handle(price(admin, false, in("ZW")));
    few.handle(price(admin, false, in("ZA")));

    assertThat(refusal(() -> few.handle(price(admin, false, in("MZ")))))
        .isEqualTo(new DomainError.TooManyPrices(2));
    assertThat(listed(null, true)).hasSize(2);
    few.handle(price(operator, true, in("MZ")));
    few.handle(price(as(Role.ADMIN_USER, till.test), false, in("MZ")));
    Price again = few.handle(price(admin, false, in("ZA")));
    end(admin, again, null);
    few.handle(price(admin, false, in("MZ")));
  }

  @Test
  void givesTheFirstAnswerAgainForARequestIdEvenWhenAnotherPriceHasTakenItsPlace() {
    SetPrice.Command command =
        new SetPrice.Command(
            admin, "r-1", false, Channel.SMS, in("ZW"), PriceUnit.PART, usd("0.02"), null);
    Price first = till.setPrice.handle(command);
    till.price(false, in("ZW"), "0.03");

    assertThat(till.setPrice.handle(command)).isEqualTo(first);
    assertThat(cost("+263771234567")).isEqualTo(usd("0.03"));
  }

  @Test
  void listsThoseThatHoldByChannelDestinationAndTime() {
    till.sms("0.05");
    till.price(true, in("ZW"), "0.03");
    Price own = till.price(false, in("ZW"), "0.02");

    assertThat(listed(Channel.SMS, false)).contains(own);
    assertThat(listed(Channel.EMAIL, false)).isEmpty();
  }

  @Test
  void tellsTheAuditTrailWhatWasChanged() {
    Price price = till.price(true, in("ZW"), "0.03");
    till.house.pass(Duration.ofMinutes(1));
    end(operator, price, null);

    List<AuditEntry> trail = till.house.store.trail().list(null, null, PageRequest.first()).items();
    assertThat(trail).extracting(AuditEntry::action).startsWith("EndPrice", "SetPrice");
    assertThat(trail.getFirst().after()).containsOnlyKeys("valid_to");
    assertThat(trail.get(1).subject().business()).isNull();
    assertThat(trail.get(1).after())
        .containsEntry("amount", "0.030000 USD")
        .containsEntry("country", "ZW");
  }

  private Money cost(String address) {
    return till.house
        .estimateBulkJob
        .handle(new EstimateBulkJob.Query(anSms("hi").to(address).by(till.live)))
        .cost();
  }

  private List<Price> listed(@Nullable Channel channel, boolean allTimes) {
    return till.listPrices
        .handle(new ListPrices.Query(admin, channel, null, allTimes, PageRequest.first()))
        .items();
  }

  private Price set(
      Caller caller,
      boolean forEverybody,
      Destination destination,
      Money amount,
      @Nullable Instant from) {
    return till.setPrice.handle(
        new SetPrice.Command(
            caller, "", forEverybody, Channel.SMS, destination, PriceUnit.PART, amount, from));
  }

  private Price end(Caller caller, Price price, @Nullable Instant at) {
    return till.endPrice.handle(new EndPrice.Command(caller, "", price.id().value(), at));
  }

  private static SetPrice.Command price(
      Caller caller, boolean forEverybody, Destination destination) {
    return new SetPrice.Command(
        caller, "", forEverybody, Channel.SMS, destination, PriceUnit.PART, usd("0.01"), null);
  }

  private static DomainError refusal(ThrowingCallable call) {
    return catchThrowableOfType(DomainException.class, call).error();
  }

  private static List<String> fields(ThrowingCallable call) {
    return ((DomainError.InvalidFields) refusal(call))
        .violations().stream().map(FieldViolation::path).toList();
  }
}
