package dev.carillon.application.billing;

import dev.carillon.application.Idempotency;
import dev.carillon.application.credentials.Rights;
import dev.carillon.application.port.AuditTrail;
import dev.carillon.application.port.Businesses;
import dev.carillon.application.port.Ledger;
import dev.carillon.application.port.Outbox;
import dev.carillon.domain.billing.Balance;
import dev.carillon.domain.billing.LedgerEntry;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.AuditEntry;
import dev.carillon.domain.business.AuditEntry.Subject;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Permission;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainError.InvalidFields;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Books money that came in from outside, once per reference.
public final class TopUp {
  private static final String METHOD = "TopUp";
  private static final String REPEATED = "repeated";
  private static final int LONGEST_REFERENCE = 128;
  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

  private final Desk own;
  private final Desk house;
  private final Businesses businesses;
  private final BillingSettings settings;
  private final InstantSource clock;

  /// @param own sees the caller's business
  /// @param house sees all of them, as `businesses` does
  public TopUp(
      Desk own, Desk house, Businesses businesses, BillingSettings settings, InstantSource clock) {
    this.own = own;
    this.house = house;
    this.businesses = businesses;
    this.settings = settings;
    this.clock = clock;
  }

  /// The entry and the balance, for the first time and for repeats alike. An operator may name any
  /// business, others their own; the environment is the caller's. Throws a DomainException:
  /// RoleRequired, ScopeRequired, NotFound, InvalidFields, CurrencyMismatch, TopUpReused,
  /// BalanceTooLow, RequestIdReused, BillingFailed; then nothing was booked.
  public Result handle(Command command) {
    Caller caller = command.caller();
    boolean forOther = !caller.scope().business().equals(command.business());
    // TEST money is play money, within the own business.
    Rights.require(
        caller,
        caller.scope().environment() == Environment.TEST && !forOther
            ? Permission.SEND
            : Permission.BILLING_WRITE);
    if (forOther && caller.role() != Role.OPERATOR) {
      throw notFound(command.business());
    }
    String currency = forOther ? currencyOf(command.business()) : caller.currency();
    check(command, currency);
    Desk desk = forOther ? house : own;
    return desk.idempotency()
        .once(
            request(command, forOther),
            () -> remembered(desk, command, currency),
            answer -> shown(desk, command, currency, answer));
  }

  private String currencyOf(BusinessId business) {
    return businesses.find(business).orElseThrow(() -> notFound(business)).currency();
  }

  private static DomainException notFound(BusinessId business) {
    return new DomainException(
        new DomainError.NotFound(
            DomainError.NotFound.Kind.BUSINESS, Long.toString(business.value())));
  }

  private static void check(Command command, String currency) {
    List<FieldViolation> violations = new ArrayList<>();
    String reference = command.reference();
    if (reference.isBlank()
        || reference.length() > LONGEST_REFERENCE
        || reference.indexOf('\0') >= 0) {
      violations.add(
          new FieldViolation(
              "reference", "must have 1 to " + LONGEST_REFERENCE + " characters and no NUL"));
    }
    Amounts.checkTopUp(command.amount(), violations);
    InvalidFields.refuse(violations);
    Amounts.requireCurrency("amount", command.amount(), currency);
  }

  private Map<String, String> remembered(Desk desk, Command command, String currency) {
    Instant now = clock.instant();
    Ledger.TopUp.Done done = book(desk, command, currency, now);
    if (!done.repeated()) {
      desk.trail().append(entry(command, now));
      done.fall().ifPresent(fall -> desk.outbox().append(fall.scope(), fall.event(now)));
    }
    return Map.of(REPEATED, Boolean.toString(done.repeated()));
  }

  /// The reference is booked by now: asking for it again tells its entry and changes nothing.
  private Result shown(Desk desk, Command command, String currency, Map<String, String> answer) {
    Ledger.TopUp.Done done = book(desk, command, currency, clock.instant());
    return new Result(
        command.scope(),
        done.balance(),
        done.entry(),
        Boolean.parseBoolean(answer.getOrDefault(REPEATED, "")));
  }

  private Ledger.TopUp.Done book(Desk desk, Command command, String currency, Instant now) {
    Ledger.TopUp booked = tryToBook(desk, command, now);
    if (booked instanceof Ledger.TopUp.NoBooks) {
      Scope scope = command.scope();
      desk.ledger().open(scope, settings.firstCredit(scope, currency), now);
      booked = tryToBook(desk, command, now);
    }
    return switch (booked) {
      case Ledger.TopUp.Done done -> done;
      case Ledger.TopUp.Reused _ ->
          throw new DomainException(new DomainError.TopUpReused(command.reference()));
      case Ledger.TopUp.NotEnough(Money available) ->
          throw new DomainException(
              new DomainError.BalanceTooLow(
                  Money.zero(available.currency()).minus(command.amount()), available));
      case Ledger.TopUp.OtherCurrency(String other) -> throw Amounts.mismatch("amount", other);
      case Ledger.TopUp.NoBooks() ->
          throw new DomainException(new DomainError.BillingFailed(TRY_AGAIN));
    };
  }

  private static Ledger.TopUp tryToBook(Desk desk, Command command, Instant now) {
    return desk.ledger()
        .topUp(
            command.scope(),
            command.reference(),
            command.amount(),
            command.caller().principal(),
            now);
  }

  private static AuditEntry entry(Command command, Instant now) {
    Money amount = command.amount();
    return AuditEntry.of(
        now,
        command.caller(),
        METHOD,
        Subject.within(command.scope(), "balance"),
        Map.of(),
        Map.of(
            "amount",
            amount.units().toPlainString() + " " + amount.currency(),
            "reference",
            command.reference()));
  }

  private static Idempotency.Request request(Command command, boolean forOther) {
    Money amount = command.amount();
    List<String> content = new ArrayList<>();
    content.add(command.reference());
    content.add(amount.currency());
    content.add(Long.toString(amount.micros()));
    if (forOther) {
      content.add(command.business().toString());
    }
    return Idempotency.Request.of(
        command.caller().scope(), METHOD, command.requestId(), content.toArray(String[]::new));
  }

  /// Where it is booked, all of it in one transaction.
  public record Desk(Idempotency idempotency, Ledger ledger, Outbox outbox, AuditTrail trail) {}

  /// What came in.
  ///
  /// @param requestId may be empty
  /// @param reference what it is known by outside
  /// @param amount less than 0 corrects what came in by mistake
  public record Command(
      Caller caller, String requestId, BusinessId business, String reference, Money amount) {
    /// Whose books it is for.
    private Scope scope() {
      return new Scope(business, caller.scope().environment());
    }
  }

  /// What was booked.
  ///
  /// @param scope for whom
  /// @param balance as it is now
  /// @param repeated whether the reference had been booked before
  public record Result(Scope scope, Balance balance, LedgerEntry entry, boolean repeated) {}
}
