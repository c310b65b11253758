package dev.carillon.application.billing;

import dev.carillon.application.Idempotency;
import dev.carillon.application.credentials.Rights;
import dev.carillon.application.port.AuditTrail;
import dev.carillon.application.port.Prices;
import dev.carillon.domain.billing.Destination;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.Price;
import dev.carillon.domain.billing.PriceId;
import dev.carillon.domain.billing.PriceUnit;
import dev.carillon.domain.business.AuditEntry;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainError.InvalidFields;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Sets what messages cost from a time on: for the caller's business, or for everybody. What was
/// accepted keeps what it costs.
public final class SetPrice {
  private static final String METHOD = "SetPrice";
  private static final String PRICE_ID = "price_id";
  private static final String VALID_FROM = "valid_from";
  private static final String VALID_TO = "valid_to";

  private final Idempotency idempotency;
  private final Prices prices;
  private final AuditTrail trail;
  private final BillingSettings settings;
  private final InstantSource clock;

  public SetPrice(
      Idempotency idempotency,
      Prices prices,
      AuditTrail trail,
      BillingSettings settings,
      InstantSource clock) {
    this.idempotency = idempotency;
    this.prices = prices;
    this.trail = trail;
    this.settings = settings;
    this.clock = clock;
  }

  /// The price, or the same answer as before for a request id that was seen. Throws a
  /// DomainException: RoleRequired, ScopeRequired, InvalidFields, CurrencyMismatch, TooManyPrices,
  /// RequestIdReused.
  public Price handle(Command command) {
    Rights.requirePrices(command.caller(), command.forEverybody());
    check(command);
    return idempotency.once(request(command), () -> set(command), answer -> show(command, answer));
  }

  private static void check(Command command) {
    List<FieldViolation> violations = new ArrayList<>();
    Amounts.checkPrice("price.amount", command.amount(), violations);
    if (command.channel() == Channel.EMAIL && !command.destination().equals(Destination.ANY)) {
      violations.add(new FieldViolation("price.destination", "must be left out for email"));
    }
    InvalidFields.refuse(violations);
    if (!command.forEverybody()) {
      Amounts.requireOwnCurrency("price.amount", command.amount(), command.caller());
    }
  }

  private Map<String, String> set(Command command) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Instant from = Objects.requireNonNullElse(command.validFrom(), now);
    if (from.isBefore(now)) {
      InvalidFields.refuse(List.of(new FieldViolation("price.valid_from", "must not be past")));
    }
    Caller caller = command.caller();
    Price price = prices.set(price(command, PriceId.NONE, from, null), caller.principal(), now);
    requireRoom(price, now);
    trail.append(
        AuditEntry.of(
            now, caller, METHOD, PriceFields.subject(price), Map.of(), PriceFields.of(price)));
    Instant to = price.validTo();
    return Map.of(
        PRICE_ID,
        Long.toString(price.id().value()),
        VALID_FROM,
        from.toString(),
        VALID_TO,
        to == null ? "" : to.toString());
  }

  /// Others who set prices wait for the end of this, so that no two fill the last place.
  private void requireRoom(Price price, Instant now) {
    if (prices.countLike(price, now) > settings.mostPrices()) {
      throw new DomainException(new DomainError.TooManyPrices(settings.mostPrices()));
    }
  }

  private static Price price(Command command, PriceId id, Instant from, @Nullable Instant to) {
    Scope scope = command.caller().scope();
    return new Price(
        id,
        command.forEverybody() ? null : scope.business(),
        scope.environment(),
        command.channel(),
        command.destination(),
        command.unit(),
        command.amount(),
        from,
        to);
  }

  /// As it was set: by now another one may have taken its place.
  private static Price show(Command command, Map<String, String> answer) {
    String to = answer.getOrDefault(VALID_TO, "");
    return price(
        command,
        new PriceId(Long.parseLong(answer.getOrDefault(PRICE_ID, ""))),
        Instant.parse(answer.getOrDefault(VALID_FROM, "")),
        to.isEmpty() ? null : Instant.parse(to));
  }

  private static Idempotency.Request request(Command command) {
    Instant from = command.validFrom();
    return Idempotency.Request.of(
        command.caller().scope(),
        METHOD,
        command.requestId(),
        Boolean.toString(command.forEverybody()),
        command.channel().name(),
        command.destination().country(),
        command.destination().prefix(),
        command.unit().name(),
        command.amount().currency(),
        Long.toString(command.amount().micros()),
        from == null ? "" : from.toString());
  }

  /// What messages are to cost.
  ///
  /// @param requestId may be empty
  /// @param forEverybody whether it is for every business that has none of its own there
  /// @param amount for one unit
  /// @param validFrom null for now
  public record Command(
      Caller caller,
      String requestId,
      boolean forEverybody,
      Channel channel,
      Destination destination,
      PriceUnit unit,
      Money amount,
      @Nullable Instant validFrom) {
    /// Times are kept as exactly as the store keeps them.
    public Command {
      validFrom = validFrom == null ? null : validFrom.truncatedTo(ChronoUnit.MICROS);
    }
  }
}
