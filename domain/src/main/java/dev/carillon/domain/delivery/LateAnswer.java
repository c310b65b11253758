package dev.carillon.domain.delivery;

import dev.carillon.domain.message.MessageRef;
import java.time.Instant;
import java.util.List;

/// A carrier's answer that it took an attempt, which came when that was no longer waited for: the
/// message counts as in doubt by then. It makes the carrier's ids of the parts known all the same.
///
/// @param attempt which hand-over of the message was taken; 1 for the first
/// @param carrierMessageId its own id of the message; empty when it gave none
/// @param partIds its ids of the parts, as in [DispatchOutcome.Accepted]
/// @param at when the answer came
public record LateAnswer(
    MessageRef ref,
    int attempt,
    CarrierId carrier,
    String carrierMessageId,
    List<String> partIds,
    Instant at) {
  private static final String WORDS = "late answer";

  public LateAnswer {
    partIds = partIds.stream().map(CarrierWords::fit).toList();
  }

  /// What it proves.
  public Receipt receipt() {
    return new Receipt(ref, ReceiptKind.SENT, null, WORDS, carrier, carrierMessageId, at);
  }
}
