package dev.carillon.grpc;

import dev.carillon.application.admin.AuditBulkJob;
import dev.carillon.application.admin.ConfirmDispatch;
import dev.carillon.application.admin.ListCarriers;
import dev.carillon.application.admin.ListSenderLimits;
import dev.carillon.application.admin.ListStalledJobs;
import dev.carillon.application.admin.SetSenderLimit;
import dev.carillon.application.admin.ShowDispatchSwitch;
import dev.carillon.application.admin.SwitchDispatchOff;
import dev.carillon.application.admin.UpdateCarrier;
import dev.carillon.application.port.FlowLimits.Sender;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import dev.carillon.v1.AuditBulkJobRequest;
import dev.carillon.v1.Carrier;
import dev.carillon.v1.ConfirmDispatchRequest;
import dev.carillon.v1.ListSenderLimitsRequest;
import dev.carillon.v1.ListStalledJobsRequest;
import dev.carillon.v1.SetSenderLimitRequest;
import dev.carillon.v1.SwitchDispatchOffRequest;
import dev.carillon.v1.UpdateCarrierRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Maps requests of operators to the queries and commands of their use cases. Throws InvalidFields
/// with all that cannot be mapped.
final class AdminRequests {
  private static final Duration QUIET_FOR = Duration.ofMinutes(1);
  private static final int STALLED_JOBS = 50;
  private static final String ENABLED = "enabled";
  private static final String RATE = "rate_per_second";
  private static final String WINDOW = "window";
  private static final FieldMasks MASKS = new FieldMasks(ENABLED, RATE, WINDOW);

  private AdminRequests() {}

  static ListCarriers.Query listCarriers(Caller caller) {
    return new ListCarriers.Query(caller);
  }

  static UpdateCarrier.Command updateCarrier(Caller caller, UpdateCarrierRequest request) {
    Violations violations = new Violations();
    Carrier carrier = request.getCarrier();
    if (carrier.getId().isEmpty()) {
      violations.add("carrier.id", "must be given");
    }
    Set<String> fields =
        request.hasUpdateMask()
            ? MASKS.named(request.getUpdateMask(), violations)
            : MASKS.populated(carrier);
    violations.refuse();
    return new UpdateCarrier.Command(
        caller,
        request.getRequestId(),
        carrier.getId(),
        fields.contains(RATE)
            ? OptionalDouble.of(carrier.getRatePerSecond())
            : OptionalDouble.empty(),
        fields.contains(WINDOW) ? OptionalInt.of(carrier.getWindow()) : OptionalInt.empty(),
        fields.contains(ENABLED) ? Optional.of(carrier.getEnabled()) : Optional.empty());
  }

  static ListSenderLimits.Query listSenderLimits(Caller caller, ListSenderLimitsRequest request) {
    return new ListSenderLimits.Query(caller, scope(request));
  }

  static SetSenderLimit.Command setSenderLimit(Caller caller, SetSenderLimitRequest request) {
    Environment environment =
        ProtoEnums.ENVIRONMENT
            .toDomain(request.getEnvironment())
            .orElseThrow(() -> Violations.one("environment", "must be TEST or LIVE"));
    Scope scope = new Scope(new BusinessId(request.getBusinessId()), environment);
    return new SetSenderLimit.Command(
        caller,
        request.getRequestId(),
        new Sender(scope, request.getSender()),
        request.getRatePerSecond());
  }

  static AuditBulkJob.Query audit(Caller caller, AuditBulkJobRequest request) {
    return new AuditBulkJob.Query(caller, request.getBulkId());
  }

  static ListStalledJobs.Query listStalled(Caller caller, ListStalledJobsRequest request) {
    return new ListStalledJobs.Query(
        caller,
        request.hasQuietFor() ? ProtoValues.duration(request.getQuietFor()) : QUIET_FOR,
        request.getLimit() == 0 ? STALLED_JOBS : request.getLimit());
  }

  static ShowDispatchSwitch.Query showSwitch(Caller caller) {
    return new ShowDispatchSwitch.Query(caller);
  }

  static ConfirmDispatch.Command confirm(Caller caller, ConfirmDispatchRequest request) {
    return new ConfirmDispatch.Command(
        caller, request.getRequestId(), HistoryTokens.history(request.getHistoryToken()));
  }

  static SwitchDispatchOff.Command switchOff(Caller caller, SwitchDispatchOffRequest request) {
    return new SwitchDispatchOff.Command(caller, request.getRequestId(), request.getReason());
  }

  private static @Nullable Scope scope(ListSenderLimitsRequest request) {
    Optional<Environment> environment = ProtoEnums.ENVIRONMENT.toDomain(request.getEnvironment());
    boolean all = request.getBusinessId() == 0;
    if (all != environment.isEmpty()) {
      throw Violations.one("environment", "must be given exactly when business_id is");
    }
    return all
        ? null
        : new Scope(new BusinessId(request.getBusinessId()), environment.orElseThrow());
  }
}
