package dev.carillon.application.billing;

import dev.carillon.application.Idempotency;
import dev.carillon.application.credentials.Rights;
import dev.carillon.application.port.AuditTrail;
import dev.carillon.application.port.Prices;
import dev.carillon.domain.billing.Price;
import dev.carillon.domain.business.AuditEntry;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Ends a price, so that a wider one holds at its destination. What was accepted keeps what it
/// costs.
public final class EndPrice {
  private static final String METHOD = "EndPrice";

  private final Idempotency idempotency;
  private final Prices prices;
  private final AuditTrail trail;
  private final InstantSource clock;

  public EndPrice(Idempotency idempotency, Prices prices, AuditTrail trail, InstantSource clock) {
    this.idempotency = idempotency;
    this.prices = prices;
    this.trail = trail;
    this.clock = clock;
  }

  /// The price with its end; one that has ended by then is left as it is. Throws a DomainException:
  /// RoleRequired, ScopeRequired, NotFound, InvalidFields (it has not begun by then),
  /// RequestIdReused.
  public Price handle(Command command) {
    Price price = find(command);
    Rights.requirePrices(command.caller(), price.business() == null);
    return idempotency.once(
        request(command),
        () -> {
          end(command);
          return Map.of();
        },
        _ -> find(command));
  }

  private void end(Command command) {
    Price price = find(command);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Instant at = Objects.requireNonNullElse(command.at(), now);
    if (at.isBefore(now)) {
      throw refused("must not be past");
    }
    if (at.isBefore(price.validFrom())) {
      throw refused("must not be before the price begins");
    }
    if (price.holdsAt(at)) {
      end(command.caller(), price, at, now);
    }
  }

  private void end(Caller caller, Price price, Instant at, Instant now) {
    Price ended =
        prices
            .end(price.id(), at)
            .orElseThrow(() -> refused("must be within the time of the price"));
    trail.append(
        AuditEntry.of(
            now,
            caller,
            METHOD,
            PriceFields.subject(ended),
            PriceFields.of(price),
            PriceFields.of(ended)));
  }

  /// Another tenant's price, and one of the other environment, is none.
  private Price find(Command command) {
    Scope scope = command.caller().scope();
    return prices.byId(List.of(command.priceId())).stream()
        .filter(price -> price.environment() == scope.environment())
        .filter(price -> price.business() == null || scope.business().equals(price.business()))
        .findFirst()
        .orElseThrow(() ->
            new DomainException(
                new DomainError.NotFound(
                    DomainError.NotFound.Kind.PRICE, Long.toString(command.priceId()))));
  }

  private static DomainException refused(String description) {
    return new DomainException(
        new DomainError.InvalidFields(List.of(new FieldViolation("end_time", description))));
  }

  private static Idempotency.Request request(Command command) {
    Instant at = command.at();
    return Idempotency.Request.of(
        command.caller().scope(),
        METHOD,
        command.requestId(),
        Long.toString(command.priceId()),
        at == null ? "" : at.toString());
  }

  /// Which price.
  ///
  /// @param requestId may be empty
  /// @param at the end of its time; null for now
  public record Command(Caller caller, String requestId, long priceId, @Nullable Instant at) {
    /// Times are kept as exactly as the store keeps them.
    public Command {
      at = at == null ? null : at.truncatedTo(ChronoUnit.MICROS);
    }
  }
}
