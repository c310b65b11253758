package dev.carillon.application.billing;

import dev.carillon.application.Idempotency;
import dev.carillon.application.port.AuditTrail;
import dev.carillon.application.port.Ledger;
import dev.carillon.domain.billing.Balance;
import dev.carillon.domain.billing.LedgerEntry;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.AuditEntry;
import dev.carillon.domain.business.AuditEntry.Subject;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Permission;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
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

  private final Idempotency idempotency;
  private final Ledger ledger;
  private final AuditTrail trail;
  private final BillingSettings settings;
  private final InstantSource clock;

  public TopUp(
      Idempotency idempotency,
      Ledger ledger,
      AuditTrail trail,
      BillingSettings settings,
      InstantSource clock) {
    this.idempotency = idempotency;
    this.ledger = ledger;
    this.trail = trail;
    this.settings = settings;
    this.clock = clock;
  }

  /// The entry and the balance, for the first time and for repeats alike. Throws a DomainException:
  /// RoleRequired, ScopeRequired, InvalidFields, CurrencyMismatch, TopUpReused, BalanceTooLow,
  /// RequestIdReused, BillingFailed; then nothing was booked.
  public Result handle(Command command) {
    Caller caller = command.caller();
    // TEST money is play money.
    Rights.require(
        caller,
        caller.scope().environment() == Environment.TEST
            ? Permission.SEND
            : Permission.BILLING_WRITE);
    check(command);
    return idempotency.once(
        request(command), () -> remembered(command), answer -> shown(command, answer));
  }

  private static void check(Command command) {
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
    Amounts.refuse(violations);
    Amounts.requireOwnCurrency("amount", command.amount(), command.caller());
  }

  private Map<String, String> remembered(Command command) {
    Instant now = clock.instant();
    Ledger.TopUp.Done done = book(command, now);
    if (!done.repeated()) {
      trail.append(entry(command, now));
    }
    return Map.of(REPEATED, Boolean.toString(done.repeated()));
  }

  /// The reference is booked by now: asking for it again tells its entry and changes nothing.
  private Result shown(Command command, Map<String, String> answer) {
    Ledger.TopUp.Done done = book(command, clock.instant());
    return new Result(
        done.balance(), done.entry(), Boolean.parseBoolean(answer.getOrDefault(REPEATED, "")));
  }

  private Ledger.TopUp.Done book(Command command, Instant now) {
    Ledger.TopUp booked = tryToBook(command, now);
    if (booked instanceof Ledger.TopUp.NoBooks) {
      Scope scope = command.caller().scope();
      ledger.open(scope, settings.firstCredit(scope, command.caller().currency()), now);
      booked = tryToBook(command, now);
    }
    return switch (booked) {
      case Ledger.TopUp.Done done -> done;
      case Ledger.TopUp.Reused _ ->
          throw new DomainException(new DomainError.TopUpReused(command.reference()));
      case Ledger.TopUp.NotEnough(Money available) ->
          throw new DomainException(
              new DomainError.BalanceTooLow(
                  Money.zero(available.currency()).minus(command.amount()), available));
      case Ledger.TopUp.OtherCurrency(String currency) ->
          throw Amounts.mismatch("amount", currency);
      case Ledger.TopUp.NoBooks() ->
          throw new DomainException(new DomainError.BillingFailed(TRY_AGAIN));
    };
  }

  private Ledger.TopUp tryToBook(Command command, Instant now) {
    Caller caller = command.caller();
    return ledger.topUp(
        caller.scope(), command.reference(), command.amount(), caller.principal(), now);
  }

  private static AuditEntry entry(Command command, Instant now) {
    Money amount = command.amount();
    return AuditEntry.of(
        now,
        command.caller(),
        METHOD,
        Subject.within(command.caller().scope(), "balance"),
        Map.of(),
        Map.of(
            "amount",
            amount.units().toPlainString() + " " + amount.currency(),
            "reference",
            command.reference()));
  }

  private static Idempotency.Request request(Command command) {
    Money amount = command.amount();
    return Idempotency.Request.of(
        command.caller().scope(),
        METHOD,
        command.requestId(),
        command.reference(),
        amount.currency(),
        Long.toString(amount.micros()));
  }

  /// What came in.
  ///
  /// @param requestId may be empty
  /// @param reference what it is known by outside
  /// @param amount less than 0 corrects what came in by mistake
  public record Command(Caller caller, String requestId, String reference, Money amount) {}

  /// What was booked.
  ///
  /// @param balance as it is now
  /// @param repeated whether the reference had been booked before
  public record Result(Balance balance, LedgerEntry entry, boolean repeated) {}
}
