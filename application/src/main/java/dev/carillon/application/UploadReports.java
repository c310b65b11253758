package dev.carillon.application;

import dev.carillon.application.port.PreparedMessage;
import dev.carillon.domain.job.UploadReport;
import dev.carillon.domain.message.MessageState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Counts what became of the entries of an uploaded chunk.
final class UploadReports {
  private UploadReports() {}

  static UploadReport of(int sequence, int first, List<PreparedMessage> judged) {
    Map<MessageState, Integer> rejected = new EnumMap<>(MessageState.class);
    int accepted = 0;
    long parts = 0;
    for (PreparedMessage message : judged) {
      if (message.rejected() == null) {
        accepted++;
        parts += message.parts();
      } else {
        rejected.merge(MessageState.rejectedFor(message.rejected()), 1, Integer::sum);
      }
    }
    return new UploadReport(
        sequence,
        first,
        accepted,
        rejected.getOrDefault(MessageState.REJECTED_INVALID, 0),
        rejected.getOrDefault(MessageState.REJECTED_DUPLICATE, 0),
        rejected.getOrDefault(MessageState.REJECTED_SUPPRESSED, 0),
        rejected.getOrDefault(MessageState.REJECTED_NO_ADDRESS, 0),
        parts);
  }
}
