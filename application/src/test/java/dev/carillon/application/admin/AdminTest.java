package dev.carillon.application.admin;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.Idempotency;
import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.NoLimits;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.keeping.StalledJob;
import dev.carillon.application.keeping.StalledJobs;
import dev.carillon.application.memory.InMemoryWitness;
import dev.carillon.application.port.FlowLimits.Sender;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.Reloads;
import dev.carillon.application.port.StoreWitness.History;
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
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.delivery.Route;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.job.BulkId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminTest {
  private static final String CARRIER = ScriptedCarrier.ID.value();
  private static final Reloads.Reload RELOAD =
      new Reloads.Reload(Instant.parse("2026-11-22T08:00:00Z"), "a reason");
  private static final History HISTORY = new History("7001", 2, 900);

  private final House house = new House(ScriptedCarrier.withWindow(10));
  private final Caller operator = caller(Role.OPERATOR);
  private final NoLimits flow = new NoLimits();
  private final Idempotency idempotency =
      new Idempotency(house.store, house.store.keys(), house.clock);
  private final Trail trail = new Trail(house.store.trail(), house.clock);
  private final ListCarriers listCarriers =
      new ListCarriers(
          house.carriers, house.store.limits(), flow, () -> Optional.of(RELOAD), house.clock);
  private final UpdateCarrier updateCarrier =
      new UpdateCarrier(
          idempotency, house.carriers, house.store.limits(), flow, trail, house.clock);
  private final ListSenderLimits listSenderLimits = new ListSenderLimits(house.store.limits());
  private final SetSenderLimit setSenderLimit =
      new SetSenderLimit(
          idempotency, house.store.limits(), house.store.businesses(), trail, house.clock);
  private final AuditBulkJob auditBulkJob = new AuditBulkJob(house.store, house.store.records());
  private final ListStalledJobs listStalledJobs =
      new ListStalledJobs(
          new StalledJobs(
              house.store.jobs(), house.store.witness(), flow, house.carriers, house.clock));
  private final InMemoryWitness witness = house.store.witness();
  private final ShowDispatchSwitch showDispatchSwitch = new ShowDispatchSwitch(witness);
  private final ConfirmDispatch confirmDispatch =
      new ConfirmDispatch(idempotency, witness, house.store.events(), trail, house.clock);
  private final SwitchDispatchOff switchDispatchOff =
      new SwitchDispatchOff(idempotency, witness, trail, house.clock);

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPERATOR")
  void nobodyButAnOperatorMayDoAnyOfIt(Role role) {
    Caller other = caller(role);
    Sender sender = new Sender(house.scope, "ACME");
    List<ThrowingCallable> calls =
        List.of(
            () -> listCarriers.handle(new ListCarriers.Query(other)),
            () -> updateCarrier.handle(update(other, "", OptionalDouble.of(1))),
            () -> listSenderLimits.handle(new ListSenderLimits.Query(other, null)),
            () -> setSenderLimit.handle(new SetSenderLimit.Command(other, "", sender, 1)),
            () -> auditBulkJob.handle(new AuditBulkJob.Query(other, "")),
            () -> listStalledJobs.handle(new ListStalledJobs.Query(other, Duration.ofHours(1), 1)),
            () -> showDispatchSwitch.handle(new ShowDispatchSwitch.Query(other)),
            () -> confirmDispatch.handle(new ConfirmDispatch.Command(other, "", HISTORY)),
            () -> switchDispatchOff.handle(new SwitchDispatchOff.Command(other, "", "why")));

    assertThat(calls)
        .allSatisfy(call -> assertRefused(call, new DomainError.RoleRequired("operator")));
    assertThat(house.store.limits().carriers()).isEmpty();
    assertThat(witness.read().on()).isTrue();
  }

  @Test
  void showsCarriersWithoutLimits() {
    ListCarriers.Result listed = listCarriers.handle(new ListCarriers.Query(operator));
    List<CarrierView> carriers = listed.carriers();

    assertThat(listed.lastReload()).contains(RELOAD);
    assertThat(carriers).hasSize(1);
    assertThat(carriers.getFirst().id()).isEqualTo(ScriptedCarrier.ID);
    assertThat(carriers.getFirst().enabled()).isTrue();
    assertThat(carriers.getFirst().perSecond()).isZero();
    assertThat(carriers.getFirst().currentPerSecond()).isEmpty();
    assertThat(carriers.getFirst().closedUntil()).isNull();
  }

  @Test
  void changesOnlyWhatIsNamed() {
    updateCarrier.handle(
        new UpdateCarrier.Command(
            operator, "", CARRIER, OptionalDouble.of(500), OptionalInt.of(20), Optional.of(false)));

    CarrierView view = updateCarrier.handle(update(operator, "", OptionalDouble.of(200)));

    assertThat(view.perSecond()).isEqualTo(200);
    assertThat(view.currentPerSecond()).hasValue(200);
    assertThat(view.window()).isEqualTo(20);
    assertThat(view.enabled()).isFalse();
    assertThat(listCarriers.handle(new ListCarriers.Query(operator)).carriers())
        .containsExactly(view);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 1_000_001, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesRatesBeyondTheBounds(double rate) {
    assertRefused(
        () -> updateCarrier.handle(update(operator, "", OptionalDouble.of(rate))),
        new DomainError.InvalidFields(
            List.of(new FieldViolation("carrier.rate_per_second", "must be 0 to 1000000"))));
    assertRefused(
        () ->
            setSenderLimit.handle(
                new SetSenderLimit.Command(operator, "", new Sender(house.scope, "ACME"), rate)),
        new DomainError.InvalidFields(
            List.of(new FieldViolation("rate_per_second", "must be 0 to 1000000"))));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 10_001})
  void refusesWindowsBeyondTheBounds(int window) {
    assertRefused(
        () ->
            updateCarrier.handle(
                new UpdateCarrier.Command(
                    operator,
                    "",
                    CARRIER,
                    OptionalDouble.empty(),
                    OptionalInt.of(window),
                    Optional.empty())),
        new DomainError.InvalidFields(
            List.of(new FieldViolation("carrier.window", "must be 0 to 10000"))));
  }

  @Test
  void doesNotKnowACarrierThatIsNotThere() {
    assertRefused(
        () ->
            updateCarrier.handle(
                new UpdateCarrier.Command(
                    operator,
                    "",
                    "elsewhere",
                    OptionalDouble.of(1),
                    OptionalInt.empty(),
                    Optional.empty())),
        new DomainError.NotFound(DomainError.NotFound.Kind.CARRIER, "elsewhere"));
  }

  @Test
  void aRepeatedRequestChangesNothingAndAnotherUnderTheSameIdIsRefused() {
    updateCarrier.handle(update(operator, "r-1", OptionalDouble.of(100)));
    updateCarrier.handle(update(operator, "", OptionalDouble.of(300)));

    assertThat(updateCarrier.handle(update(operator, "r-1", OptionalDouble.of(100))).perSecond())
        .isEqualTo(300);
    assertRefused(
        () -> updateCarrier.handle(update(operator, "r-1", OptionalDouble.of(101))),
        new DomainError.RequestIdReused("r-1"));
  }

  @Test
  void setsListsAndTakesAwayLimitsOfSenders() {
    Scope one = business();
    Scope other = business();
    Sender acme = new Sender(one, "ACME");
    set(acme, 5);
    set(new Sender(other, "ZED"), 7);
    set(new Sender(one, "ABC"), 6);

    assertThat(senders(null)).containsExactly("ABC", "ACME", "ZED");
    assertThat(senders(other)).containsExactly("ZED");
    assertThat(set(acme, 0)).isEqualTo(new SenderLimit(acme, 0));
    assertThat(senders(null)).containsExactly("ABC", "ZED");
  }

  @Test
  void doesNotKnowABusinessThatIsNotThere() {
    Sender nobodys = new Sender(new Scope(new BusinessId(99), Environment.TEST), "ACME");

    assertRefused(
        () -> set(nobodys, 1), new DomainError.NotFound(DomainError.NotFound.Kind.BUSINESS, "99"));
    assertThat(senders(null)).isEmpty();
    assertThat(house.store.trail().list(null, null, PageRequest.first()).items()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\0b"})
  void refusesSendersThatCannotBe(String sender) {
    assertThatThrownBy(() -> set(new Sender(house.scope, sender), 1))
        .isInstanceOf(DomainException.class);
  }

  @Test
  void anAuditOfAnHonestJobFindsNothing() {
    StoredJob job = house.stored(anSmsJob().to(9));
    house.workAll();
    house.receipt(job.ref(3), ReceiptKind.DELIVERED);

    AuditBulkJob.Result result = audit(job);

    assertThat(result.recount().differences()).isEmpty();
    assertThat(result.recount().chunks()).isEqualTo(3);
    assertThat(result.recount().messages()).isEqualTo(9);
    assertThat(result.recount().accepted()).isEqualTo(9);
    assertThat(result.recount().counters()).isEqualTo(house.job(job).counters());
  }

  @Test
  void anAuditNamesAnAttemptThatNobodyCounted() {
    StoredJob job = house.stored(anSmsJob().to(2));
    house.workAll();
    house.store.run(() ->
        house
            .store
            .log()
            .appendAttempts(
                job.chunk(0),
                List.of(
                    Attempt.of(
                        1,
                        2,
                        false,
                        new DispatchOutcome.Accepted("twice"),
                        new Route(ScriptedCarrier.ID, ""),
                        house.clock.instant()))));

    assertThat(audit(job).recount().differences())
        .extracting(found -> found.subject() + ": " + found.what())
        .containsExactly(
            "message 1: attempt 2 is stored, but only 1 are counted",
            "message 1: accepted 2 times, of which only 0 were flagged as a possible duplicate");
  }

  @Test
  void anAuditIsOfAnyonesJobButOfOneThatIsThere() {
    StoredJob job = anSmsJob().to(1).storeIn(house.store.ports(), house.store.newScope());
    String unknown = new BulkId(new UUID(1, 2)).toString();

    assertThat(audit(job).recount().messages()).isEqualTo(1);
    assertRefused(
        () -> auditBulkJob.handle(new AuditBulkJob.Query(operator, unknown)),
        new DomainError.NotFound(DomainError.NotFound.Kind.BULK_JOB, unknown));
    assertRefused(
        () -> auditBulkJob.handle(new AuditBulkJob.Query(operator, "nonsense")),
        new DomainError.NotFound(DomainError.NotFound.Kind.BULK_JOB, "nonsense"));
  }

  @Test
  void listsJobsThatStandStill() {
    StoredJob job = house.stored(anSmsJob().to(1));
    house.pass(Duration.ofMinutes(2));

    assertThat(
            listStalledJobs.handle(new ListStalledJobs.Query(operator, Duration.ofMinutes(1), 10)))
        .extracting(StalledJob::bulkId)
        .containsExactly(job.bulkId());
    assertThat(
            listStalledJobs.handle(new ListStalledJobs.Query(operator, Duration.ofMinutes(3), 10)))
        .isEmpty();
  }

  @Test
  void dispatchStaysOffUntilTheHistoryThatWasShownIsConfirmed() {
    switchDispatchOff.handle(new SwitchDispatchOff.Command(operator, "", "moving house"));
    witness.become(HISTORY);

    DispatchSwitch shown = showDispatchSwitch.handle(new ShowDispatchSwitch.Query(operator));
    assertThat(shown.on()).isFalse();
    assertThat(shown.reason()).isEqualTo("moving house");
    assertThat(shown.history()).isEqualTo(HISTORY);
    assertRefused(
        () ->
            confirmDispatch.handle(
                new ConfirmDispatch.Command(operator, "", new History("7001", 1, 900))),
        new DomainError.HistoryChanged());
    assertThat(witness.read().on()).isFalse();
    long numbered = house.store.events().newest();

    DispatchSwitch confirmed =
        confirmDispatch.handle(new ConfirmDispatch.Command(operator, "r-1", shown.history()));
    assertThat(confirmed.on()).isTrue();
    assertThat(house.store.events().newest()).isGreaterThan(numbered + 100_000_000);
    assertThat(confirmed.confirmed()).isEqualTo(HISTORY);
  }

  @Test
  void aSwitchThatIsOnForATimelineThatTheStoreHasLeftShowsAsOff() {
    witness.become(HISTORY);

    DispatchSwitch shown = showDispatchSwitch.handle(new ShowDispatchSwitch.Query(operator));

    assertThat(shown.on()).isFalse();
    assertThat(shown.reason()).isEqualTo("the database is on another timeline");
  }

  @Test
  void switchingOffNeedsAReason() {
    assertThatThrownBy(
            () -> switchDispatchOff.handle(new SwitchDispatchOff.Command(operator, "", " ")))
        .isInstanceOf(DomainException.class);
    assertThat(witness.read().on()).isTrue();
  }

  private Scope business() {
    Terms terms = new Terms(RefundPlan.DEFAULT, QuotaLimits.CONFIGURED, null);
    Business made =
        house.store.inTransaction(() ->
            house
                .store
                .businesses()
                .insert(new Profile("Acme", "ZW"), "USD", terms, house.clock.instant()));
    return new Scope(made.id(), Environment.TEST);
  }

  private SenderLimit set(Sender sender, double perSecond) {
    return setSenderLimit.handle(new SetSenderLimit.Command(operator, "", sender, perSecond));
  }

  private List<String> senders(@Nullable Scope scope) {
    return listSenderLimits.handle(new ListSenderLimits.Query(operator, scope)).stream()
        .map(limit -> limit.sender().value())
        .toList();
  }

  private AuditBulkJob.Result audit(StoredJob job) {
    return auditBulkJob.handle(new AuditBulkJob.Query(operator, job.bulkId().toString()));
  }

  private static UpdateCarrier.Command update(
      Caller caller, String requestId, OptionalDouble perSecond) {
    return new UpdateCarrier.Command(
        caller, requestId, CARRIER, perSecond, OptionalInt.empty(), Optional.empty());
  }

  private Caller caller(Role role) {
    return new Caller(house.scope, role, "key-1", "ZW", "USD");
  }

  @Test
  void notesWhoChangedWhatOfTheHouse() {
    Sender sender = new Sender(business(), "ACME");
    updateCarrier.handle(update(operator, "r-1", OptionalDouble.of(200)));
    updateCarrier.handle(update(operator, "r-1", OptionalDouble.of(200)));
    setSenderLimit.handle(new SetSenderLimit.Command(operator, "", sender, 5));
    switchDispatchOff.handle(new SwitchDispatchOff.Command(operator, "", "fire"));

    List<AuditEntry> entries = house.store.trail().list(null, null, PageRequest.first()).items();
    assertThat(entries)
        .extracting(AuditEntry::action)
        .containsExactly("SwitchDispatchOff", "SetSenderLimit", "UpdateCarrier");
    assertThat(entries).allMatch(entry -> entry.actor().principal().equals(operator.principal()));
    assertThat(entries.get(2).before()).isEqualTo(Map.of("rate_per_second", "0.0"));
    assertThat(entries.get(2).after()).isEqualTo(Map.of("rate_per_second", "200.0"));
    assertThat(entries.get(1).subject().business()).isEqualTo(sender.scope().business());
    assertThat(entries.get(1).after()).isEqualTo(Map.of("rate_per_second", "5.0"));
    assertThat(entries.getFirst().after()).containsEntry("on", "false");
  }

  private static void assertRefused(ThrowingCallable call, DomainError error) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DomainException.class, refused -> assertThat(refused.error()).isEqualTo(error));
  }
}
