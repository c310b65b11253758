package dev.carillon.application.keeping;

import dev.carillon.application.port.Carrier.Finding;
import dev.carillon.application.port.CarrierMessages.Part;
import dev.carillon.application.settling.Answer;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.delivery.Route;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.message.MessageState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What carriers said when they were asked, as what can be settled: that a message was taken is a
/// receipt, that it never was is the answer to its attempt.
///
/// @param parts of what was taken, by the ids that the carrier gave them; most give none
record Findings(List<Receipt> receipts, Map<String, Part> parts, List<Answer> answers) {

  static Findings of(
      Chunk chunk, CarrierId carrier, Map<MessageRef, Finding> findings, Instant now) {
    List<Receipt> receipts = new ArrayList<>();
    Map<String, Part> parts = new LinkedHashMap<>();
    List<Answer> answers = new ArrayList<>();
    findings.forEach((ref, finding) -> {
      switch (finding) {
        case Finding.Taken(String id, List<String> partIds) -> {
          receipts.add(new Receipt(ref, ReceiptKind.SENT, null, "", carrier, id, now));
          parts.putAll(Part.byIds(ref, chunk.attempts(ref.position()), partIds));
        }
        case Finding.NeverTaken _ when chunk.state(ref.position()) == MessageState.UNKNOWN ->
            answers.add(neverTaken(chunk, ref, carrier, now));
        // Handed over more than once: what is still on its way of another attempt is not known.
        case Finding.NeverTaken _ -> {}
      }
    });
    return new Findings(receipts, parts, answers);
  }

  private static Answer neverTaken(Chunk chunk, MessageRef ref, CarrierId carrier, Instant now) {
    DispatchOutcome outcome =
        new DispatchOutcome.Unreachable(
            Reason.CARRIER_UNREACHABLE, "the carrier was asked and never took it", null);
    return new Answer(
        ref.position(),
        chunk.attempts(ref.position()),
        false,
        outcome,
        new Route(carrier, ""),
        chunk.carrier(ref.position()),
        now);
  }
}
