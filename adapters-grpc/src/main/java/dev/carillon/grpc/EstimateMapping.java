package dev.carillon.grpc;

import dev.carillon.application.Estimate;
import dev.carillon.application.EstimateBulkJob;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.error.RejectedEntry;
import dev.carillon.v1.EstimateBulkJobRequest;
import dev.carillon.v1.EstimateBulkJobResponse;
import dev.carillon.v1.EstimatedCost;
import dev.carillon.v1.ForcingCharacterUse;

/// Maps the question what a submission would come to, and its answer. Both name fields as the
/// request does.
final class EstimateMapping {
  /// Where the submission is in the request.
  static final String SUBMISSION = "submission";

  private static final int MOST_FORCING = 100;

  private EstimateMapping() {}

  static EstimateBulkJob.Query query(Caller caller, EstimateBulkJobRequest request) {
    return new EstimateBulkJob.Query(SubmissionRequests.command(caller, request.getSubmission()));
  }

  static EstimateBulkJobResponse estimated(Estimate estimate, EntryPaths paths) {
    EstimateBulkJobResponse.Builder response =
        EstimateBulkJobResponse.newBuilder()
            .setTotal(estimate.counters().total())
            .setValid(estimate.counters().accepted())
            .setRejected(estimate.counters().rejected())
            .setInvalid(estimate.counters().invalid())
            .setDuplicate(estimate.counters().duplicate())
            .setSuppressed(estimate.counters().suppressed())
            .setNoAddress(estimate.counters().noAddress())
            .setParts(estimate.parts())
            .addAllCosts(estimate.costs().stream().map(EstimateMapping::cost).toList())
            .setCost(ProtoValues.money(estimate.cost()))
            .setBalance(ProtoValues.money(estimate.available()))
            .setCovered(estimate.covered())
            .setExceedsMaxCost(estimate.tooDear())
            .setChannel(ProtoEnums.CHANNEL.toProto(estimate.channel()))
            .setProvider(estimate.provider());
    for (RejectedEntry entry : estimate.rejected()) {
      String path = SUBMISSION + "." + paths.path(entry.position(), entry.reason());
      response.addRejectedEntries(BulkJobResponses.rejected(entry, path));
    }
    addCoding(response, estimate.coding());
    return response.build();
  }

  private static void addCoding(EstimateBulkJobResponse.Builder response, Estimate.Coding coding) {
    response
        .setGsm7BitMessages(coding.gsm())
        .setUcs2Messages(coding.ucs2())
        .setUcs2ExtraParts(coding.extraParts())
        .setUcs2ExtraCost(ProtoValues.money(coding.extraCost()))
        .addAllForcingCharacters(
            coding.forcing().stream().limit(MOST_FORCING).map(EstimateMapping::use).toList());
  }

  private static ForcingCharacterUse use(Estimate.CharacterUse use) {
    return ForcingCharacterUse.newBuilder()
        .setCharacter(use.character())
        .setMessageCount(use.messages())
        .build();
  }

  private static EstimatedCost cost(Estimate.Cost cost) {
    return EstimatedCost.newBuilder()
        .setPrice(BillingResponses.price(cost.price()))
        .setMessages(cost.messages())
        .setParts(cost.parts())
        .setAmount(ProtoValues.money(cost.amount()))
        .build();
  }
}
