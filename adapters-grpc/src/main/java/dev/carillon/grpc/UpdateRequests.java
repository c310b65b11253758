package dev.carillon.grpc;

import dev.carillon.application.UpdateBulkJob;
import dev.carillon.domain.business.Caller;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.UpdateBulkJobRequest;
import java.util.OptionalInt;
import java.util.Set;

/// Maps UpdateBulkJobRequest to the command of its use case.
final class UpdateRequests {
  private static final String NAME = "name";
  private static final String RATE = "rate_per_second";
  private static final String WINDOW = "send_window";
  private static final FieldMasks MASKS = new FieldMasks(NAME, RATE, WINDOW);

  private UpdateRequests() {}

  /// Throws InvalidFields with all that cannot be mapped.
  static UpdateBulkJob.Command command(Caller caller, UpdateBulkJobRequest request) {
    Violations violations = new Violations();
    BulkJob job = request.getBulkJob();
    if (job.getBulkId().isEmpty()) {
      violations.add("bulk_job.bulk_id", "must be given");
    }
    Set<String> fields =
        request.hasUpdateMask()
            ? MASKS.named(request.getUpdateMask(), violations)
            : MASKS.populated(job);
    UpdateBulkJob.WindowChange window = fields.contains(WINDOW) ? window(job, violations) : null;
    violations.refuse();
    return new UpdateBulkJob.Command(
        caller,
        job.getBulkId(),
        request.getRequestId(),
        new UpdateBulkJob.Changes(
            fields.contains(NAME) ? job.getName() : null,
            fields.contains(RATE) ? OptionalInt.of(job.getRatePerSecond()) : OptionalInt.empty(),
            window));
  }

  private static UpdateBulkJob.WindowChange window(BulkJob job, Violations violations) {
    return new UpdateBulkJob.WindowChange(
        job.hasSendWindow()
            ? PlanRequests.window("bulk_job.send_window", job.getSendWindow(), violations)
            : null);
  }
}
