package dev.carillon.grpc;

import dev.carillon.application.billing.EndPrice;
import dev.carillon.application.billing.ListPrices;
import dev.carillon.application.billing.SetPrice;
import dev.carillon.domain.billing.Destination;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.PriceUnit;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.recipient.CountryCode;
import dev.carillon.v1.EndPriceRequest;
import dev.carillon.v1.ListPricesRequest;
import dev.carillon.v1.Price;
import dev.carillon.v1.SetPriceRequest;
import java.time.Instant;
import java.util.Objects;

/// Maps requests about prices to the queries and commands of their use cases. Throws InvalidFields
/// with all that cannot be mapped.
final class PriceRequests {
  private PriceRequests() {}

  static ListPrices.Query list(Caller caller, ListPricesRequest request) {
    Violations violations = new Violations();
    Instant at = BillingRequests.time("time", request.hasTime(), request.getTime(), violations);
    if (request.hasTime() && request.getAllTimes()) {
      violations.add("time", "must be left out where all_times is set");
    }
    violations.refuse();
    return new ListPrices.Query(
        caller,
        ProtoEnums.CHANNEL.toDomain(request.getChannel()).orElse(null),
        at,
        request.getAllTimes(),
        Paging.request(
            request.getPageSize(),
            request.getSkip(),
            request.getPageToken(),
            pageTokens(caller, request)));
  }

  /// The tokens of this list: its filters are part of them.
  static PageTokens pageTokens(Caller caller, ListPricesRequest request) {
    return PageTokens.of(
        caller.scope(), request.toBuilder().clearPageSize().clearPageToken().clearSkip().build());
  }

  static SetPrice.Command set(Caller caller, SetPriceRequest request) {
    Violations violations = new Violations();
    Price price = request.getPrice();
    Channel channel = ProtoEnums.CHANNEL.toDomain(price.getChannel()).orElse(null);
    if (channel == null) {
      violations.add("price.channel", "must be one of SMS, WHATSAPP, EMAIL");
    }
    Destination destination = destination(price, violations);
    Money amount = MoneyProtos.money("price.amount", price.getAmount(), violations);
    Instant from =
        BillingRequests.time(
            "price.valid_from", price.hasValidFrom(), price.getValidFrom(), violations);
    violations.refuse();
    return new SetPrice.Command(
        caller,
        request.getRequestId(),
        price.getForEverybody(),
        Objects.requireNonNull(channel),
        destination,
        ProtoEnums.PRICE_UNIT.toDomain(price.getUnit()).orElse(PriceUnit.PART),
        Objects.requireNonNull(amount),
        from);
  }

  static EndPrice.Command end(Caller caller, EndPriceRequest request) {
    Violations violations = new Violations();
    Instant at =
        BillingRequests.time("end_time", request.hasEndTime(), request.getEndTime(), violations);
    violations.refuse();
    return new EndPrice.Command(caller, request.getRequestId(), request.getPriceId(), at);
  }

  /// What the rules of the request let through is a destination; that the country exists is for
  /// here to see.
  private static Destination destination(Price price, Violations violations) {
    return switch (price.getDestinationCase()) {
      case COUNTRY -> {
        if (CountryCode.parse(price.getCountry()).isEmpty()) {
          violations.add("price.country", "must be a country code of ISO 3166-1 alpha-2");
        }
        yield new Destination(price.getCountry(), "");
      }
      case PREFIX -> new Destination("", price.getPrefix());
      case DESTINATION_NOT_SET -> Destination.ANY;
    };
  }
}
