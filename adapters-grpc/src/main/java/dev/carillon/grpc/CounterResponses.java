package dev.carillon.grpc;

import dev.carillon.domain.job.Counters;
import dev.carillon.v1.BulkJobCounters;
import java.math.BigDecimal;

/// Maps what became of a job's messages, and every figure derived from it.
final class CounterResponses {
  private CounterResponses() {}

  static BulkJobCounters counters(Counters counters) {
    BulkJobCounters.Builder response =
        BulkJobCounters.newBuilder()
            .setTotal(counters.total())
            .setAccepted(counters.accepted())
            .setRejected(counters.rejected())
            .setInvalid(counters.invalid())
            .setDuplicate(counters.duplicate())
            .setSuppressed(counters.suppressed())
            .setNoAddress(counters.noAddress())
            .setPending(counters.pending())
            .setQueued(counters.queued())
            .setSent(counters.sent())
            .setDelivered(counters.delivered())
            .setRead(counters.read())
            .setUndelivered(counters.undelivered())
            .setFailed(counters.failed())
            .setExpired(counters.expired())
            .setCancelled(counters.cancelled())
            .setUnknown(counters.unknown())
            .setRetryCount(counters.retries());
    addDerived(response, counters);
    return response.build();
  }

  private static void addDerived(BulkJobCounters.Builder response, Counters counters) {
    response
        .setSentCount(counters.sentCount())
        .setDeliveredCount(counters.deliveredCount())
        .setFailedCount(counters.failedCount())
        .setSuccessCount(counters.successCount())
        .setProcessed(counters.processed())
        .setRemaining(counters.remaining())
        .setProgressPercent(counters.progressPercent());
    counters
        .successRatePercent()
        .map(BigDecimal::toPlainString)
        .ifPresent(response::setSuccessRatePercent);
  }
}
