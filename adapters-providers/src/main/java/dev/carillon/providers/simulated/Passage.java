package dev.carillon.providers.simulated;

import dev.carillon.application.port.Carrier.HandOver;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.providers.simulated.ScriptedAnswers.Pace;
import java.time.Instant;

/// One message in the carrier's hands, and what will be said about it.
///
/// @param taken whether the carrier takes it, answered or not
/// @param pace when it is answered
record Passage(
    OutboundMessage message,
    HandOver handOver,
    SimulatedScript script,
    boolean taken,
    DispatchOutcome outcome,
    Pace pace) {

  /// The carrier's id of a message: the same whenever the same attempt is asked for, and no
  /// other's.
  static String messageId(OutboundMessage message) {
    return messageId(message.ref(), message.attempt());
  }

  static String messageId(MessageRef ref, int attempt) {
    return "sim-" + ref + "-" + attempt;
  }

  /// One of its receipts.
  Receipt receipt(int index, Instant at) {
    return script.receipts().receipt(index, message, SimulatedCarrier.ID, messageId(message), at);
  }
}
