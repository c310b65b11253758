package dev.carillon.grpc;

import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.RetrySelection;
import dev.carillon.domain.message.MessageStatus;
import dev.carillon.v1.RetryBulkJobRequest;
import java.util.Optional;
import java.util.Set;

/// Maps which messages a retry takes. Throws InvalidFields with all that cannot be mapped.
final class RetrySelections {
  private RetrySelections() {}

  static RetrySelection of(RetryBulkJobRequest request) {
    Violations violations = new Violations();
    for (int i = 0; i < request.getStatusesCount(); i++) {
      Optional<MessageStatus> status = ProtoEnums.MESSAGE_STATUS.toDomain(request.getStatuses(i));
      if (status.filter(RetrySelection.RETRYABLE::contains).isEmpty()) {
        violations.add(
            "statuses[" + i + "]",
            "must be FAILED, UNDELIVERED, EXPIRED or CANCELLED; for UNKNOWN see include_unknown");
      }
    }
    Set<Reason> reasons =
        Filters.names("reasons", request.getReasonsList(), Reason.class, violations);
    violations.refuse();
    return new RetrySelection(statuses(request), reasons, request.getIncludeUnknown());
  }

  private static Set<MessageStatus> statuses(RetryBulkJobRequest request) {
    return request.getStatusesCount() == 0
        ? RetrySelection.DEFAULT.statuses()
        : Filters.twins(
            "statuses", request.getStatusesList(), ProtoEnums.MESSAGE_STATUS, new Violations());
  }
}
