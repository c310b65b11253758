package dev.carillon.grpc;

import dev.carillon.application.AddBulkJobRecipients;
import dev.carillon.application.StartBulkJob;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.error.RejectedEntry;
import dev.carillon.domain.job.UploadReport;
import dev.carillon.v1.AddBulkJobRecipientsRequest;
import dev.carillon.v1.AddBulkJobRecipientsResponse;
import dev.carillon.v1.StartBulkJobRequest;
import java.util.OptionalLong;

/// Maps requests to upload recipients to the commands of their use cases, and what became of them
/// to the answers of the API.
final class UploadMapping {
  private UploadMapping() {}

  /// Throws InvalidFields with all that cannot be mapped.
  static AddBulkJobRecipients.Command add(Caller caller, AddBulkJobRecipientsRequest request) {
    Violations violations = new Violations();
    AddBulkJobRecipients.Command command =
        new AddBulkJobRecipients.Command(
            caller,
            request.getBulkId(),
            request.getSequence(),
            EntryRequests.chunk(request.getEntriesList(), violations));
    violations.refuse();
    return command;
  }

  static AddBulkJobRecipientsResponse added(AddBulkJobRecipients.Result result) {
    UploadReport report = result.report();
    AddBulkJobRecipientsResponse.Builder response =
        AddBulkJobRecipientsResponse.newBuilder()
            .setBulkId(result.bulkId().toString())
            .setSequence(report.sequence())
            .setAccepted(report.accepted())
            .setRejected(report.rejected())
            .setInvalid(report.invalid())
            .setDuplicate(report.duplicate())
            .setSuppressed(report.suppressed())
            .setNoAddress(report.noAddress())
            .setParts(report.parts())
            .setTotal((long) report.first() + report.size());
    for (RejectedEntry entry : result.rejected()) {
      response.addRejectedEntries(
          BulkJobResponses.rejected(
              entry, EntryPaths.ENTRIES.path(entry.position() - report.first(), entry.reason())));
    }
    return response.build();
  }

  static StartBulkJob.Command start(Caller caller, StartBulkJobRequest request) {
    return new StartBulkJob.Command(
        caller,
        request.getBulkId(),
        request.getRequestId(),
        request.hasCount() ? OptionalLong.of(request.getCount()) : OptionalLong.empty());
  }
}
