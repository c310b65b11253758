package dev.carillon.grpc;

import dev.carillon.application.admin.CarrierView;
import dev.carillon.application.admin.ListCarriers;
import dev.carillon.application.admin.SenderLimit;
import dev.carillon.application.keeping.StalledJob;
import dev.carillon.domain.audit.Difference;
import dev.carillon.domain.audit.Recount;
import dev.carillon.v1.AuditBulkJobResponse;
import dev.carillon.v1.AuditDifference;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.Carrier;
import dev.carillon.v1.CarrierCircuit;
import dev.carillon.v1.ConfigurationReload;
import dev.carillon.v1.ListCarriersResponse;
import dev.carillon.v1.ListSenderLimitsResponse;
import dev.carillon.v1.ListStalledJobsResponse;
import dev.carillon.v1.SetSenderLimitResponse;
import dev.carillon.v1.UpdateCarrierResponse;
import java.util.List;

/// Maps what operators are shown to the answers of the API.
final class AdminResponses {
  private AdminResponses() {}

  static ListCarriersResponse listed(ListCarriers.Result result) {
    ListCarriersResponse.Builder listed =
        ListCarriersResponse.newBuilder()
            .addAllCarriers(result.carriers().stream().map(AdminResponses::carrier).toList());
    result
        .lastReload()
        .ifPresent(reload ->
            listed.setLastReload(
                ConfigurationReload.newBuilder()
                    .setTime(ProtoValues.timestamp(reload.at()))
                    .setProblem(reload.problem())));
    return listed.build();
  }

  static UpdateCarrierResponse updated(CarrierView carrier) {
    return UpdateCarrierResponse.newBuilder().setCarrier(carrier(carrier)).build();
  }

  static ListSenderLimitsResponse limits(List<SenderLimit> limits) {
    return ListSenderLimitsResponse.newBuilder()
        .addAllSenderLimits(limits.stream().map(AdminResponses::limit).toList())
        .build();
  }

  static SetSenderLimitResponse set(SenderLimit limit) {
    return SetSenderLimitResponse.newBuilder().setSenderLimit(limit(limit)).build();
  }

  static AuditBulkJobResponse audited(BulkJob job, Recount recount) {
    return AuditBulkJobResponse.newBuilder()
        .setBulkJob(job)
        .setCounted(CounterResponses.counters(recount.counters()))
        .addAllDifferences(recount.differences().stream().map(AdminResponses::difference).toList())
        .setDifferenceCount(recount.total())
        .setChunkCount(recount.chunks())
        .setMessageCount(recount.messages())
        .setAttemptCount(recount.attempts())
        .setAcceptedAttemptCount(recount.accepted())
        .build();
  }

  static ListStalledJobsResponse stalled(List<StalledJob> jobs) {
    return ListStalledJobsResponse.newBuilder()
        .addAllStalledJobs(jobs.stream().map(AdminResponses::stalled).toList())
        .build();
  }

  private static Carrier carrier(CarrierView view) {
    Carrier.Builder carrier =
        Carrier.newBuilder()
            .setId(view.id().value())
            .setType(view.type())
            .addAllChannels(
                view.channels().stream().sorted().map(ProtoEnums.CHANNEL::toProto).toList())
            .setEnabled(view.enabled())
            .setRatePerSecond(view.perSecond())
            .setCurrentRatePerSecond(view.currentPerSecond().orElse(0))
            .setWindow(view.window())
            .setCircuit(CarrierCircuit.valueOf("CARRIER_CIRCUIT_" + view.circuit()));
    if (view.closedUntil() != null) {
      carrier.setClosedUntil(ProtoValues.timestamp(view.closedUntil()));
    }
    return carrier.build();
  }

  private static dev.carillon.v1.SenderLimit limit(SenderLimit limit) {
    return dev.carillon.v1.SenderLimit.newBuilder()
        .setBusinessId(limit.sender().scope().business().value())
        .setEnvironment(ProtoEnums.ENVIRONMENT.toProto(limit.sender().scope().environment()))
        .setSender(limit.sender().value())
        .setRatePerSecond(limit.perSecond())
        .build();
  }

  private static AuditDifference difference(Difference difference) {
    return AuditDifference.newBuilder()
        .setSubject(difference.subject())
        .setDescription(difference.what())
        .build();
  }

  private static dev.carillon.v1.StalledJob stalled(StalledJob job) {
    dev.carillon.v1.StalledJob.Builder stalled =
        dev.carillon.v1.StalledJob.newBuilder()
            .setBulkId(job.bulkId().toString())
            .setStatus(ProtoEnums.JOB_STATUS.toProto(job.status()))
            .setUpdateTime(ProtoValues.timestamp(job.changedAt()))
            .setWithoutRoute(!job.routed());
    if (job.due() != null) {
      stalled.setDueTime(ProtoValues.timestamp(job.due()));
    }
    return stalled.build();
  }
}
