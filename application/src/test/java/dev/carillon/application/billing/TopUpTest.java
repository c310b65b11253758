package dev.carillon.application.billing;

import static dev.carillon.application.billing.Till.as;
import static dev.carillon.application.billing.Till.usd;
import static dev.carillon.application.fixture.Submission.anSms;
import static dev.carillon.application.fixture.Submission.callerOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.application.fixture.Background;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.billing.EntryKind;
import dev.carillon.domain.billing.LedgerEntry;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.business.AuditEntry;
import dev.carillon.domain.business.Business;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Permission;
import dev.carillon.domain.business.QuotaLimits;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopUpTest {
  private final Till till = new Till();
  private final Caller admin = as(Role.ADMIN_USER, till.live);

  @Test
  void addsToTheBalance() {
    TopUp.Result result = till.topUp(admin, "payment 1", "12.345678");

    assertThat(result.balance().available()).isEqualTo(usd("12.345678"));
    assertThat(result.repeated()).isFalse();
    assertThat(result.entry().kind()).isEqualTo(EntryKind.TOP_UP);
    assertThat(result.entry().reference()).isEqualTo("payment 1");
    assertThat(result.entry().createdBy()).isEqualTo(admin.principal());
    assertThat(till.available()).isEqualTo(usd("12.345678"));
  }

  @Test
  void booksAReferenceOnceHoweverOftenItComes() {
    TopUp.Result first = till.topUp(admin, "payment 1", "10");
    TopUp.Result again = till.topUp(admin, "payment 1", "10");

    assertThat(again.entry()).isEqualTo(first.entry());
    assertThat(again.repeated()).isTrue();
    assertThat(till.available()).isEqualTo(usd("10"));
    assertThat(trail()).hasSize(1);
  }

  @Test
  void booksAReferenceOnceForManyAtTheSameTime() {
    List<TopUp.Result> results =
        Background.together(50, () -> till.topUp(admin, "payment 1", "10"));

    assertThat(results).extracting(TopUp.Result::repeated).containsOnlyOnce(false);
    assertThat(till.available()).isEqualTo(usd("10"));
  }

  @Test
  void refusesAReferenceThatCameWithAnotherAmount() {
    till.topUp(admin, "payment 1", "10");

    assertThat(refusal(admin, "payment 1", usd("11")))
        .isEqualTo(new DomainError.TopUpReused("payment 1"));
    assertThat(till.available()).isEqualTo(usd("10"));
  }

  @Test
  void givesTheFirstAnswerAgainForARequestId() {
    TopUp.Command command = command(admin, till.live.business(), usd("10"));
    TopUp.Result first = till.topUp.handle(command);

    assertThat(till.topUp.handle(command)).isEqualTo(first);
    assertThat(first.repeated()).isFalse();
  }

  @Test
  void takesBackWhatCameInByMistakeAsFarAsThereIsMoney() {
    till.topUp(admin, "payment 1", "10");
    TopUp.Result corrected = till.topUp(admin, "mistake 1", "-4");

    assertThat(corrected.entry().kind()).isEqualTo(EntryKind.CORRECTION);
    assertThat(corrected.entry().amount()).isEqualTo(usd("4"));
    assertThat(refusal(admin, "mistake 2", usd("-6.000001")))
        .isEqualTo(new DomainError.BalanceTooLow(usd("6.000001"), usd("6")));
    assertThat(till.available()).isEqualTo(usd("6"));
  }

  @Test
  void keepsLiveMoneyForAdministrators() {
    assertThat(refusal(callerOf(till.live), "x", usd("1")))
        .isEqualTo(new DomainError.RoleRequired("adminuser, operator"));
    assertThat(refusal(as(Role.AGENT, till.live), "x", usd("1")))
        .isEqualTo(new DomainError.RoleRequired("adminuser, operator"));
    assertThat(refusal(narrowed(till.live), "x", usd("1")))
        .isEqualTo(new DomainError.ScopeRequired(Permission.BILLING_WRITE));
    assertThat(till.available()).isEqualTo(usd("0"));
  }

  @Test
  void letsWhoeverSendsTopUpPlayMoneyInBooksOfItsOwn() {
    TopUp.Result result = till.topUp(as(Role.AGENT, till.test), "more", "5");

    assertThat(result.balance().available()).isEqualTo(usd("1000005"));
    assertThat(till.available()).isEqualTo(usd("0"));
  }

  @Test
  void letsAnOperatorTopUpAnyBusinessInItsCurrency() {
    Business euro = business("EUR");
    Caller operator = as(Role.OPERATOR, till.live);
    TopUp.Command command = command(operator, euro.id(), new Money("EUR", 5_000_000));

    TopUp.Result first = till.topUp.handle(command);

    Scope theirs = new Scope(euro.id(), till.live.environment());
    assertThat(first.scope()).isEqualTo(theirs);
    assertThat(first.balance().available()).isEqualTo(new Money("EUR", 5_000_000));
    assertThat(first.entry().createdBy()).isEqualTo(operator.principal());
    assertThat(till.available()).isEqualTo(usd("0"));
    assertThat(trail().getFirst().subject().business()).isEqualTo(euro.id());
    assertThat(trail().getFirst().actor().principal()).isEqualTo(operator.principal());
    assertThat(till.topUp.handle(command)).as("the same again").isEqualTo(first);
    assertThat(refusal(command(operator, euro.id(), usd("1"))))
        .isEqualTo(new DomainError.CurrencyMismatch("amount", "EUR"));
    assertThat(refusal(command(operator, till.live.business(), usd("5"))))
        .as("another business by the same request id")
        .isInstanceOf(DomainError.RequestIdReused.class);
  }

  @Test
  void hidesOtherBusinessesFromWhoeverIsNoOperator() {
    BusinessId theirs = business("USD").id();
    BusinessId none = new BusinessId(Long.MAX_VALUE);

    for (BusinessId other : List.of(theirs, none)) {
      assertThat(refusal(command(admin, other, usd("1"))))
          .isEqualTo(
              new DomainError.NotFound(
                  DomainError.NotFound.Kind.BUSINESS, Long.toString(other.value())));
    }
    assertThat(refusal(command(as(Role.AGENT, till.test), theirs, usd("1"))))
        .as("play money of others")
        .isEqualTo(new DomainError.RoleRequired("adminuser, operator"));
    assertThat(refusal(command(as(Role.OPERATOR, till.live), none, usd("1"))))
        .isInstanceOf(DomainError.NotFound.class);
  }

  @Test
  void tellsOfABalanceThatACorrectionMakesLow() {
    till.topUp(admin, "payment 1", "10");
    till.house.store.ledger().setLowMark(till.live.business(), usd("7"));

    till.topUp(admin, "mistake 1", "-3");
    till.topUp(admin, "mistake 2", "-1");
    till.topUp(admin, "mistake 2", "-1");
    till.topUp(admin, "mistake 3", "-1");

    assertThat(till.house.store.outbox().of(till.live))
        .singleElement()
        .satisfies(event -> assertThat(event.available()).isEqualTo(usd("6")));
  }

  @Test
  void refusesAmountsAndReferencesThatAreNone() {
    assertThat(fields(refusal(admin, " ", usd("0")))).containsExactly("reference", "amount");
    assertThat(fields(refusal(admin, "x", usd("1000000000.000001")))).containsExactly("amount");
    assertThat(fields(refusal(admin, "x", usd("-1000000000.000001")))).containsExactly("amount");
    assertThat(fields(refusal(admin, "x".repeat(129), usd("1")))).containsExactly("reference");
    assertThat(refusal(admin, "x", new Money("EUR", 1)))
        .isEqualTo(new DomainError.CurrencyMismatch("amount", "USD"));
  }

  @Test
  void tellsTheAuditTrail() {
    till.topUp(admin, "payment 1", "10");

    assertThat(trail())
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.action()).isEqualTo("TopUp");
          assertThat(entry.actor().principal()).isEqualTo(admin.principal());
          assertThat(entry.subject().business()).isEqualTo(till.live.business());
          assertThat(entry.after())
              .containsExactlyInAnyOrderEntriesOf(
                  Map.of("amount", "10.000000 USD", "reference", "payment 1"));
        });
  }

  @Test
  void listsEntriesNewestFirstByJobKindAndTime() {
    till.sms("0.02").credit("10");
    String bulkId =
        till.house
            .createBulkJob
            .handle(anSms("hello").to(3).by(till.live))
            .job()
            .bulkId()
            .toString();

    assertThat(entries("", List.of()))
        .extracting(LedgerEntry::kind)
        .containsExactly(EntryKind.HOLD, EntryKind.TOP_UP);
    assertThat(entries(bulkId, List.of()))
        .extracting(LedgerEntry::amount)
        .containsExactly(usd("0.06"));
    assertThat(entries(bulkId, List.of(EntryKind.TOP_UP))).isEmpty();
    assertThat(
            catchThrowableOfType(
                    DomainException.class, () -> entries(bulkId.replace('0', '1'), List.of()))
                .error())
        .isInstanceOf(DomainError.NotFound.class);
  }

  private static TopUp.Command command(Caller caller, BusinessId business, Money amount) {
    return new TopUp.Command(caller, "r-1", business, "payment 1", amount);
  }

  private DomainError refusal(TopUp.Command command) {
    return catchThrowableOfType(DomainException.class, () -> till.topUp.handle(command)).error();
  }

  private Business business(String currency) {
    return till.house.store.inTransaction(() ->
        till.house
            .store
            .businesses()
            .insert(
                new Business.Profile("other", "ZW"),
                currency,
                new Business.Terms(RefundPlan.DEFAULT, QuotaLimits.CONFIGURED, null),
                till.house.clock.instant()));
  }

  private List<LedgerEntry> entries(String bulkId, List<EntryKind> kinds) {
    return till.listLedgerEntries
        .handle(new ListLedgerEntries.Query(admin, bulkId, kinds, null, null, PageRequest.first()))
        .items();
  }

  private List<AuditEntry> trail() {
    return till.house.store.trail().list(null, null, PageRequest.first()).items();
  }

  /// An administrator whose key is not for money.
  private static Caller narrowed(Scope scope) {
    Set<Permission> rest = EnumSet.copyOf(Role.ADMIN_USER.permissions());
    rest.remove(Permission.BILLING_WRITE);
    return new Caller(scope, Role.ADMIN_USER, "key-2", "ZW", "USD", rest);
  }

  private DomainError refusal(Caller caller, String reference, Money amount) {
    return catchThrowableOfType(
            DomainException.class,
            () ->
                till.topUp.handle(
                    new TopUp.Command(caller, "", caller.scope().business(), reference, amount)))
        .error();
  }

  private static List<String> fields(DomainError error) {
    return ((DomainError.InvalidFields) error)
        .violations().stream().map(FieldViolation::path).toList();
  }
}
