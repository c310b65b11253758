package dev.carillon.grpc;

import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.EstimateBulkJobRequest;

/// Decodes submissions, after a look at how many recipients there are.
final class SubmissionMarshaller {
  private SubmissionMarshaller() {}

  /// Of submissions that are to be accepted.
  static LookingMarshaller<CreateBulkJobRequest> accepting(int mostRecipients) {
    return new LookingMarshaller<>(
        CreateBulkJobRequest.getDefaultInstance(),
        fields -> {
          ListedRecipients listed = new ListedRecipients();
          listed.count(fields);
          listed.refuseMoreThan(mostRecipients, "");
        });
  }

  /// Of submissions that are to be estimated.
  static LookingMarshaller<EstimateBulkJobRequest> estimating(int mostRecipients) {
    return new LookingMarshaller<>(
        EstimateBulkJobRequest.getDefaultInstance(),
        fields -> {
          ListedRecipients listed = new ListedRecipients();
          listed.countWithin(EstimateBulkJobRequest.SUBMISSION_FIELD_NUMBER, fields);
          listed.refuseMoreThan(mostRecipients, EstimateMapping.SUBMISSION + ".");
        });
  }
}
