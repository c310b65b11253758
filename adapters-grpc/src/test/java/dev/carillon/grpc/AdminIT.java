package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import dev.carillon.application.fixture.JobFixture;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.StoreWitness.History;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.business.Business.Profile;
import dev.carillon.domain.business.Business.Terms;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Permission;
import dev.carillon.domain.business.QuotaLimits;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.v1.AdminServiceGrpc;
import dev.carillon.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import dev.carillon.v1.AuditBulkJobRequest;
import dev.carillon.v1.AuditBulkJobResponse;
import dev.carillon.v1.BulkJobStatus;
import dev.carillon.v1.Carrier;
import dev.carillon.v1.CarrierCircuit;
import dev.carillon.v1.Channel;
import dev.carillon.v1.ConfirmDispatchRequest;
import dev.carillon.v1.DispatchSwitch;
import dev.carillon.v1.Environment;
import dev.carillon.v1.GetDispatchSwitchRequest;
import dev.carillon.v1.ListCarriersRequest;
import dev.carillon.v1.ListSenderLimitsRequest;
import dev.carillon.v1.ListStalledJobsRequest;
import dev.carillon.v1.SenderLimit;
import dev.carillon.v1.SetSenderLimitRequest;
import dev.carillon.v1.StalledJob;
import dev.carillon.v1.SwitchDispatchOffRequest;
import dev.carillon.v1.UpdateCarrierRequest;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AdminIT {
  private static final String UNKNOWN_ID = "0197a1b2-0000-7000-8000-00000000ffff";

  @AutoClose private final House house = House.open();
  private final AdminServiceBlockingStub admin = house.admin();

  @ParameterizedTest
  @EnumSource(value = Role.class, mode = EnumSource.Mode.EXCLUDE, names = "OPERATOR")
  void refusesEveryMethodToEveryOtherRole(Role role) {
    Caller one = House.CALLER;
    house.credentials.grant(
        "sk_test_other",
        new Caller(one.scope(), role, "key-9", one.defaultRegion(), one.currency()));
    Map<String, ThrowingCallable> calls = calls(house.admin("sk_test_other"));

    assertThat(calls.keySet()).isEqualTo(methods());
    calls.forEach((method, call) -> {
      StatusRuntimeException refusal = Refusals.of(call);
      assertThat(refusal.getStatus().getCode()).as(method).isEqualTo(Status.Code.PERMISSION_DENIED);
      assertThat(Refusals.reason(refusal)).isEqualTo("ROLE_REQUIRED");
      assertThat(Refusals.info(refusal).getMetadataOrThrow("role")).isEqualTo("operator");
    });
    assertThat(house.store.witness().read().on()).isTrue();
    assertThat(house.store.limits().carriers()).isEmpty();
    assertThat(house.store.limits().allSenders(null)).isEmpty();
  }

  @Test
  void listsCarriersWithWhatHoldsForThem() {
    Carrier carrier = admin.listCarriers(ListCarriersRequest.getDefaultInstance()).getCarriers(0);

    assertThat(carrier.getId()).isEqualTo("simulated");
    assertThat(carrier.getType()).isEqualTo("simulated");
    assertThat(carrier.getChannelsList())
        .containsExactly(Channel.CHANNEL_SMS, Channel.CHANNEL_WHATSAPP, Channel.CHANNEL_EMAIL);
    assertThat(carrier.getEnabled()).isTrue();
    assertThat(carrier.getRatePerSecond()).isZero();
    assertThat(carrier.getCircuit()).isEqualTo(CarrierCircuit.CARRIER_CIRCUIT_CLOSED);
    assertThat(carrier.hasClosedUntil()).isFalse();
  }

  @Test
  void changesACarrierByTheMaskOrByWhatIsPopulated() {
    Carrier limited =
        update(Carrier.newBuilder().setRatePerSecond(500).setWindow(20).setEnabled(true));
    Carrier masked = update(Carrier.newBuilder().setRatePerSecond(9), "enabled", "window");
    Carrier reset = update(Carrier.newBuilder().setEnabled(true), "*");

    assertThat(limited.getRatePerSecond()).isEqualTo(500);
    assertThat(limited.getCurrentRatePerSecond()).isEqualTo(500);
    assertThat(limited.getWindow()).isEqualTo(20);
    assertThat(masked.getRatePerSecond()).isEqualTo(500);
    assertThat(masked.getWindow()).isZero();
    assertThat(masked.getEnabled()).isFalse();
    assertThat(reset.getRatePerSecond()).isZero();
    assertThat(reset.getEnabled()).isTrue();
    assertThat(admin.listCarriers(ListCarriersRequest.getDefaultInstance()).getCarriers(0))
        .isEqualTo(reset);
  }

  @Test
  void doesAChangeOnceUnderARequestId() {
    UpdateCarrierRequest first =
        request(Carrier.newBuilder().setRatePerSecond(500)).setRequestId("c-1").build();
    admin.updateCarrier(first);
    update(Carrier.newBuilder().setRatePerSecond(200));

    assertThat(admin.updateCarrier(first).getCarrier().getRatePerSecond()).isEqualTo(200);
    assertThat(
            Refusals.reason(
                Refusals.of(() ->
                    admin.updateCarrier(
                        request(Carrier.newBuilder().setRatePerSecond(1))
                            .setRequestId("c-1")
                            .build()))))
        .isEqualTo("REQUEST_ID_REUSED");
  }

  @Test
  void refusesCarriersAndChangesThatCannotBe() {
    assertThat(
            Refusals.reason(
                Refusals.of(() ->
                    admin.updateCarrier(
                        UpdateCarrierRequest.newBuilder()
                            .setCarrier(Carrier.newBuilder().setId("none"))
                            .build()))))
        .isEqualTo("CARRIER_NOT_FOUND");
    assertThat(paths(request(Carrier.newBuilder().setRatePerSecond(-1).setWindow(10_001))))
        .containsExactly("carrier.rate_per_second", "carrier.window");
    assertThat(paths(request(Carrier.newBuilder().setRatePerSecond(Double.NaN))))
        .containsExactly("carrier.rate_per_second");
    assertThat(
            paths(
                request(Carrier.newBuilder())
                    .setUpdateMask(FieldMask.newBuilder().addPaths("circuit"))))
        .containsExactly("update_mask.paths[0]");
    assertThat(paths(UpdateCarrierRequest.newBuilder().setCarrier(Carrier.getDefaultInstance())))
        .containsExactly("carrier.id");
  }

  @Test
  void setsListsAndTakesAwayTheLimitOfASender() {
    long business = business();
    SetSenderLimitRequest.Builder request =
        SetSenderLimitRequest.newBuilder()
            .setBusinessId(business)
            .setEnvironment(Environment.ENVIRONMENT_LIVE)
            .setSender("ACME")
            .setRatePerSecond(0.5);

    SenderLimit set = admin.setSenderLimit(request.build()).getSenderLimit();

    assertThat(set.getRatePerSecond()).isEqualTo(0.5);
    assertThat(limits(ListSenderLimitsRequest.newBuilder())).containsExactly(set);
    assertThat(
            limits(
                ListSenderLimitsRequest.newBuilder()
                    .setBusinessId(business)
                    .setEnvironment(Environment.ENVIRONMENT_LIVE)))
        .containsExactly(set);
    assertThat(
            limits(
                ListSenderLimitsRequest.newBuilder()
                    .setBusinessId(business)
                    .setEnvironment(Environment.ENVIRONMENT_TEST)))
        .isEmpty();
    assertThat(
            admin
                .setSenderLimit(request.setRatePerSecond(0).build())
                .getSenderLimit()
                .getRatePerSecond())
        .isZero();
    assertThat(limits(ListSenderLimitsRequest.newBuilder())).isEmpty();
  }

  @Test
  void refusesLimitsThatCannotBe() {
    assertThat(
            Refusals.paths(
                Refusals.of(() ->
                    admin.setSenderLimit(
                        SetSenderLimitRequest.newBuilder().setRatePerSecond(-1).build()))))
        .containsExactly("business_id", "environment", "sender", "rate_per_second");
    assertThat(
            Refusals.paths(
                Refusals.of(() -> limits(ListSenderLimitsRequest.newBuilder().setBusinessId(7)))))
        .containsExactly("environment");
  }

  @Test
  void auditsTheJobOfAnyBusiness() {
    StoredJob job = JobFixture.anSmsJob().to(6).storeIn(house.store.ports(), House.CALLER.scope());

    AuditBulkJobResponse audit = admin.auditBulkJob(audit(job.bulkId().toString()));

    assertThat(audit.getBulkJob().getBusinessId()).isEqualTo(1);
    assertThat(audit.getCounted().getPending()).isEqualTo(6);
    assertThat(audit.getChunkCount()).isEqualTo(2);
    assertThat(audit.getMessageCount()).isEqualTo(6);
    assertThat(audit.getDifferenceCount()).isZero();
    assertThat(audit.getDifferencesList()).isEmpty();
  }

  @Test
  void namesWhatAnAuditFound() {
    // It says that it has ended, and two chunks are open.
    StoredJob job =
        JobFixture.anSmsJob()
            .to(6)
            .inStatus(JobStatus.COMPLETED)
            .storeIn(house.store.ports(), House.CALLER.scope());

    AuditBulkJobResponse audit = admin.auditBulkJob(audit(job.bulkId().toString()));

    assertThat(audit.getDifferenceCount()).isEqualTo(1);
    assertThat(audit.getDifferences(0).getSubject()).isEqualTo("job");
    assertThat(audit.getDifferences(0).getDescription()).contains("2 open chunks");
  }

  @ParameterizedTest
  @ValueSource(strings = {UNKNOWN_ID, "x"})
  void findsNoJobToAudit(String id) {
    assertThat(Refusals.reason(Refusals.of(() -> admin.auditBulkJob(audit(id)))))
        .isEqualTo("BULK_JOB_NOT_FOUND");
  }

  @Test
  void listsJobsThatStandStill() {
    StoredJob job = JobFixture.anSmsJob().to(1).storeIn(house.store.ports(), House.CALLER.scope());

    assertThat(stalled(ListStalledJobsRequest.newBuilder())).isEmpty();
    house.clock.advance(java.time.Duration.ofSeconds(61));

    assertThat(stalled(ListStalledJobsRequest.newBuilder()))
        .singleElement()
        .satisfies(one -> assertThat(one.getBulkId()).isEqualTo(job.bulkId().toString()))
        .satisfies(
            one -> assertThat(one.getStatus()).isEqualTo(BulkJobStatus.BULK_JOB_STATUS_PENDING))
        .satisfies(one -> assertThat(one.hasUpdateTime()).isTrue());
    assertThat(
            stalled(
                ListStalledJobsRequest.newBuilder()
                    .setQuietFor(Duration.newBuilder().setSeconds(62))))
        .isEmpty();
  }

  @Test
  void switchesDispatchOffAndOnAgainForTheHistoryThatWasShown() {
    DispatchSwitch before = shown();
    DispatchSwitch off =
        admin
            .switchDispatchOff(
                SwitchDispatchOffRequest.newBuilder().setReason("a test of ours").build())
            .getDispatchSwitch();
    DispatchSwitch on = admin.confirmDispatch(confirm(off.getHistoryToken())).getDispatchSwitch();

    assertThat(before.getOn()).isTrue();
    assertThat(before.getHistory()).contains("timeline 1");
    assertThat(off.getOn()).isFalse();
    assertThat(off.getReason()).isEqualTo("a test of ours");
    assertThat(off.hasSwitchTime()).isTrue();
    assertThat(on.getOn()).isTrue();
    assertThat(on.getReason()).isEmpty();
    assertThat(shown()).isEqualTo(on);
  }

  @Test
  void confirmsNoHistoryThatIsNotTheStoresOwn() {
    String before = shown().getHistoryToken();
    house.store.witness().become(new History("memory", 2, 0));

    StatusRuntimeException changed = Refusals.of(() -> admin.confirmDispatch(confirm(before)));
    StatusRuntimeException invented = Refusals.of(() -> admin.confirmDispatch(confirm("MS8x")));

    assertThat(changed.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(Refusals.reason(changed)).isEqualTo("HISTORY_CHANGED");
    assertThat(Refusals.paths(invented)).containsExactly("history_token");
    assertThat(shown().getOn()).isFalse();
    assertThat(
            admin.confirmDispatch(confirm(shown().getHistoryToken())).getDispatchSwitch().getOn())
        .isTrue();
  }

  private DispatchSwitch shown() {
    return admin
        .getDispatchSwitch(GetDispatchSwitchRequest.getDefaultInstance())
        .getDispatchSwitch();
  }

  private Carrier update(Carrier.Builder carrier, String... paths) {
    UpdateCarrierRequest.Builder request = request(carrier);
    if (paths.length > 0) {
      request.setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)));
    }
    return admin.updateCarrier(request.build()).getCarrier();
  }

  private List<String> paths(UpdateCarrierRequest.Builder request) {
    return Refusals.paths(Refusals.of(() -> admin.updateCarrier(request.build())));
  }

  private List<SenderLimit> limits(ListSenderLimitsRequest.Builder request) {
    return admin.listSenderLimits(request.build()).getSenderLimitsList();
  }

  private List<StalledJob> stalled(ListStalledJobsRequest.Builder request) {
    return admin.listStalledJobs(request.build()).getStalledJobsList();
  }

  private static UpdateCarrierRequest.Builder request(Carrier.Builder carrier) {
    return UpdateCarrierRequest.newBuilder().setCarrier(carrier.setId("simulated"));
  }

  private static AuditBulkJobRequest audit(String id) {
    return AuditBulkJobRequest.newBuilder().setBulkId(id).build();
  }

  private static ConfirmDispatchRequest confirm(String token) {
    return ConfirmDispatchRequest.newBuilder().setHistoryToken(token).build();
  }

  private long business() {
    Terms terms = new Terms(RefundPlan.DEFAULT, QuotaLimits.CONFIGURED, null);
    return house.store.inTransaction(() ->
        house
            .store
            .businesses()
            .insert(new Profile("Acme", "ZW"), "USD", terms, House.NOW)
            .id()
            .value());
  }

  /// What is for nobody but those who run the service; businesses and keys have tests of their own.
  private static Set<String> methods() {
    return AdminServiceGrpc.getServiceDescriptor().getMethods().stream()
        .filter(method -> MethodPermissions.of(method).orElseThrow() == Permission.OPERATE)
        .map(MethodDescriptor::getBareMethodName)
        .map(name -> Optional.ofNullable(name).orElseThrow())
        .collect(Collectors.toSet());
  }

  /// Each of them, by name, with a request that has nothing wrong with it.
  private static Map<String, ThrowingCallable> calls(AdminServiceBlockingStub admin) {
    return Map.of(
        "ListCarriers", () -> admin.listCarriers(ListCarriersRequest.getDefaultInstance()),
        "UpdateCarrier",
            () -> admin.updateCarrier(request(Carrier.newBuilder().setRatePerSecond(1)).build()),
        "ListSenderLimits",
            () -> admin.listSenderLimits(ListSenderLimitsRequest.getDefaultInstance()),
        "SetSenderLimit",
            () ->
                admin.setSenderLimit(
                    SetSenderLimitRequest.newBuilder()
                        .setBusinessId(1)
                        .setEnvironment(Environment.ENVIRONMENT_TEST)
                        .setSender("ACME")
                        .setRatePerSecond(1)
                        .build()),
        "AuditBulkJob", () -> admin.auditBulkJob(audit(UNKNOWN_ID)),
        "ListStalledJobs", () -> admin.listStalledJobs(ListStalledJobsRequest.getDefaultInstance()),
        "GetDispatchSwitch",
            () -> admin.getDispatchSwitch(GetDispatchSwitchRequest.getDefaultInstance()),
        "ConfirmDispatch", () -> admin.confirmDispatch(confirm("MS8xLzAvbWVtb3J5")),
        "SwitchDispatchOff",
            () ->
                admin.switchDispatchOff(
                    SwitchDispatchOffRequest.newBuilder().setReason("x").build()));
  }
}
