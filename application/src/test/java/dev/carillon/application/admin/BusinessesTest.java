package dev.carillon.application.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.Idempotency;
import dev.carillon.application.admin.UpdateBusiness.Changes;
import dev.carillon.application.fixture.MutableClock;
import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.business.AuditEntry;
import dev.carillon.domain.business.Business;
import dev.carillon.domain.business.Business.Profile;
import dev.carillon.domain.business.Business.Terms;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.QuotaLimits;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainError.NotFound.Kind;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BusinessesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Profile ACME = new Profile("Acme", "ZW");
  private static final Terms PLAIN = new Terms(RefundPlan.DEFAULT, QuotaLimits.CONFIGURED, null);
  private static final Changes NOTHING =
      new Changes(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private final MutableClock clock = new MutableClock(NOW);
  private final InMemoryStore store = new InMemoryStore(clock);
  private final Idempotency idempotency = new Idempotency(store, store.keys(), clock);
  private final Trail trail = new Trail(store.trail(), clock);
  private final CreateBusiness create =
      new CreateBusiness(idempotency, store.businesses(), trail, clock);
  private final GetBusiness get = new GetBusiness(store.businesses());
  private final ListBusinesses list = new ListBusinesses(store.businesses());
  private final UpdateBusiness update =
      new UpdateBusiness(idempotency, store.businesses(), trail, clock);
  private final StopBusiness stop = new StopBusiness(idempotency, store.businesses(), trail, clock);
  private final ResumeBusiness resume =
      new ResumeBusiness(idempotency, store.businesses(), trail, clock);
  private final Caller operator = caller(Role.OPERATOR);

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPERATOR")
  void nobodyButAnOperatorMayDoAnyOfIt(Role role) {
    BusinessId id = create().id();
    Caller other = caller(role);
    List<ThrowingCallable> calls =
        List.of(
            () -> create.handle(new CreateBusiness.Command(other, "", ACME, "USD", PLAIN)),
            () -> get.handle(new GetBusiness.Query(other, id)),
            () -> list.handle(new ListBusinesses.Query(other, false, PageRequest.first())),
            () -> update.handle(update(other, id, OptionalLong.empty(), NOTHING)),
            () -> stop.handle(new StopBusiness.Command(other, "", id, "why")),
            () -> resume.handle(new ResumeBusiness.Command(other, "", id)));

    assertThat(calls)
        .allSatisfy(call -> assertRefused(call, new DomainError.RoleRequired("operator")));
    assertThat(store.businesses().stopped()).isEmpty();
  }

  @Test
  void makesABusinessOncePerRequestId() {
    Business made = create("r-1", ACME, "USD", PLAIN);

    assertThat(create("r-1", ACME, "USD", PLAIN)).isEqualTo(made);
    assertThat(list.handle(new ListBusinesses.Query(operator, false, PageRequest.first())).items())
        .containsExactly(made);
    assertThat(get.handle(new GetBusiness.Query(operator, made.id()))).isEqualTo(made);
    assertRefused(() -> create("r-1", ACME, "EUR", PLAIN), new DomainError.RequestIdReused("r-1"));
  }

  @ParameterizedTest
  @CsvSource({
    "'',ZW,USD,business.name", "' ',ZW,USD,business.name",
    "Acme,zw,USD,business.default_region", "Acme,XX,USD,business.default_region",
    "Acme,'',USD,business.default_region", "Acme,ZW,usd,business.currency",
    "Acme,ZW,AAA,business.currency", "Acme,ZW,'',business.currency"
  })
  void refusesWhatABusinessCannotBe(String name, String region, String currency, String field) {
    assertThatThrownBy(() -> create("", new Profile(name, region), currency, PLAIN))
        .isInstanceOfSatisfying(
            DomainException.class,
            refused ->
                assertThat(((DomainError.InvalidFields) refused.error()).violations())
                    .extracting(FieldViolation::path)
                    .containsExactly(field));
  }

  @Test
  void refusesALowBalanceInAnotherCurrency() {
    for (Money low : List.of(new Money("EUR", 1), new Money("USD", -1))) {
      Terms terms = new Terms(RefundPlan.DEFAULT, QuotaLimits.CONFIGURED, low);
      DomainError refusal =
          new DomainError.InvalidFields(
              List.of(
                  new FieldViolation(
                      "business.low_balance",
                      "must be 0 or more in the currency of the business")));
      Business made = create();

      assertRefused(() -> create("", ACME, "USD", terms), refusal);
      assertRefused(
          () -> update.handle(update(operator, made.id(), OptionalLong.empty(), lowBalance(low))),
          refusal);
    }
  }

  @Test
  void changesOnlyWhatIsNamed() {
    Business made = create();
    clock.advance(Duration.ofMinutes(1));
    Changes changes =
        new Changes(
            Optional.of("Other"),
            Optional.empty(),
            Optional.of(true),
            Optional.of(true),
            Optional.of(Optional.of(new Money("USD", 5))),
            Optional.of(OptionalInt.of(3)),
            Optional.empty(),
            Optional.of(OptionalLong.of(9)));

    Business changed = update.handle(update(operator, made.id(), OptionalLong.of(1), changes));

    assertThat(changed)
        .isEqualTo(
            new Business(
                made.id(),
                new Profile("Other", "ZW"),
                "USD",
                new Terms(
                    new RefundPlan(true, false),
                    new QuotaLimits(OptionalInt.of(3), OptionalInt.empty(), OptionalLong.of(9)),
                    new Money("USD", 5)),
                null,
                NOW,
                NOW.plusSeconds(60),
                2));
    assertThat(lastEntry().before())
        .isEqualTo(
            Map.of("name", "Acme", "refunds_undelivered", "false", "charges_unknown", "false"));
    assertThat(lastEntry().after())
        .isEqualTo(
            Map.of(
                "name", "Other",
                "refunds_undelivered", "true",
                "charges_unknown", "true",
                "low_balance", "0.000005",
                "jobs_per_hour", "3",
                "recipients_per_day", "9"));
  }

  @Test
  void takesAwayWhatIsNamedWithoutAValue() {
    Business made =
        create(
            "",
            ACME,
            "USD",
            new Terms(
                RefundPlan.DEFAULT,
                new QuotaLimits(OptionalInt.of(3), OptionalInt.of(4), OptionalLong.of(5)),
                new Money("USD", 5)));
    Changes changes =
        new Changes(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Optional.empty()),
            Optional.of(OptionalInt.empty()),
            Optional.of(OptionalInt.empty()),
            Optional.of(OptionalLong.empty()));

    assertThat(update.handle(update(operator, made.id(), OptionalLong.empty(), changes)).terms())
        .isEqualTo(PLAIN);
  }

  @Test
  void refusesToChangeWhatWasChangedSince() {
    Business made = create();
    update.handle(update(operator, made.id(), OptionalLong.of(1), NOTHING));

    assertRefused(
        () -> update.handle(update(operator, made.id(), OptionalLong.of(1), NOTHING)),
        new DomainError.EtagMismatch(Kind.BUSINESS, "" + made.id().value()));
  }

  @Test
  void stopsAndResumesOnceEach() {
    Business made = create();
    Business stopped = stop(made.id(), "fraud");
    clock.advance(Duration.ofMinutes(1));

    assertThat(stopped.stop()).isEqualTo(new Business.Stop(NOW, operator.principal(), "fraud"));
    assertThat(stop(made.id(), "other")).isEqualTo(stopped);
    assertThat(list.handle(new ListBusinesses.Query(operator, true, PageRequest.first())).items())
        .containsExactly(stopped);

    Business resumed = resume.handle(new ResumeBusiness.Command(operator, "", made.id()));
    assertThat(resumed.stop()).isNull();
    assertThat(resume.handle(new ResumeBusiness.Command(operator, "", made.id())))
        .isEqualTo(resumed);
    assertThat(entries())
        .extracting(AuditEntry::action)
        .containsExactly("ResumeBusiness", "StopBusiness", "CreateBusiness");
    assertThat(lastEntry().before()).isEqualTo(Map.of("stop_reason", "fraud"));
  }

  @Test
  void refusesToStopWithoutAReason() {
    BusinessId id = create().id();

    for (String reason : List.of("", " ", "x".repeat(201), "a\0")) {
      assertThatThrownBy(() -> stop(id, reason)).isInstanceOf(DomainException.class);
    }
    assertThat(store.businesses().stopped()).isEmpty();
  }

  @Test
  void saysWhatIsMissing() {
    BusinessId none = new BusinessId(99);
    List<ThrowingCallable> calls =
        List.of(
            () -> get.handle(new GetBusiness.Query(operator, none)),
            () -> update.handle(update(operator, none, OptionalLong.empty(), NOTHING)),
            () -> stop(none, "why"),
            () -> resume.handle(new ResumeBusiness.Command(operator, "", none)));

    assertThat(calls)
        .allSatisfy(call -> assertRefused(call, new DomainError.NotFound(Kind.BUSINESS, "99")));
    assertThat(entries()).isEmpty();
  }

  private Business create() {
    return create("", ACME, "USD", PLAIN);
  }

  private Business create(String requestId, Profile profile, String currency, Terms terms) {
    return create.handle(new CreateBusiness.Command(operator, requestId, profile, currency, terms));
  }

  private Business stop(BusinessId id, String reason) {
    return stop.handle(new StopBusiness.Command(operator, "", id, reason));
  }

  private List<AuditEntry> entries() {
    return store.trail().list(null, null, PageRequest.first()).items();
  }

  private AuditEntry lastEntry() {
    return entries().getFirst();
  }

  private static Changes lowBalance(Money low) {
    return new Changes(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(Optional.of(low)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static UpdateBusiness.Command update(
      Caller caller, BusinessId id, OptionalLong version, Changes changes) {
    return new UpdateBusiness.Command(caller, "", id, version, changes);
  }

  private static Caller caller(Role role) {
    return new Caller(
        new Scope(new BusinessId(1_000), Environment.LIVE), role, "key_op", "ZW", "USD");
  }

  private static void assertRefused(ThrowingCallable call, DomainError error) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DomainException.class, refused -> assertThat(refused.error()).isEqualTo(error));
  }
}
