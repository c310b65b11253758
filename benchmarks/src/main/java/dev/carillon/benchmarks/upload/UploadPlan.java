package dev.carillon.benchmarks.upload;

import dev.carillon.benchmarks.Numbers;
import dev.carillon.v1.AddBulkJobRecipientsRequest;
import dev.carillon.v1.BulkJobEntry;
import dev.carillon.v1.Message;

/// What is uploaded: all different, each with a reference that tells its place.
///
/// @param recipients at most as many as there are [Numbers]
/// @param chunk of them in a request, but for the last
public record UploadPlan(int recipients, int chunk) {
  public UploadPlan {
    if (recipients < 1 || recipients > Numbers.COUNT || chunk < 1) {
      throw new IllegalArgumentException("so many cannot be uploaded in such chunks");
    }
  }

  int chunks() {
    return Math.ceilDiv(recipients, chunk);
  }

  /// The chunk with this sequence, from 1.
  AddBulkJobRecipientsRequest request(String bulkId, long sequence) {
    int from = Math.toIntExact((sequence - 1) * chunk);
    AddBulkJobRecipientsRequest.Builder request =
        AddBulkJobRecipientsRequest.newBuilder().setBulkId(bulkId).setSequence(sequence);
    for (int n = from; n < Math.min(recipients, from + chunk); n++) {
      request.addEntries(BulkJobEntry.newBuilder().setTo(Numbers.at(n)).setClientRef(reference(n)));
    }
    return request.build();
  }

  /// Whether this is the message of the recipient with this index.
  boolean isMessage(int index, Message message) {
    return message.getPosition() == index
        && message.getClientRef().equals(reference(index))
        && message.getAddress().equals(Numbers.at(index));
  }

  private static String reference(int index) {
    return "row-" + index;
  }
}
