package dev.carillon.grpc;

import com.google.rpc.Code;
import dev.carillon.domain.error.DomainError;

/// What callers are told who send numbered chunks.
final class ChunkRefusals {
  private ChunkRefusals() {}

  static Refusal gap(DomainError.SequenceGap gap) {
    return Refusal.of(
            Code.FAILED_PRECONDITION,
            "SEQUENCE_GAP",
            "the next chunk has the sequence " + gap.expected() + ", not " + gap.given())
        .fact("expected", gap.expected())
        .precondition("SEQUENCE_GAP", gap.id(), "comes next: " + gap.expected());
  }

  static Refusal reused(DomainError.SequenceReused reused) {
    return Refusal.of(
            Code.ALREADY_EXISTS,
            "SEQUENCE_REUSED",
            "the chunk " + reused.sequence() + " came before with other content")
        .fact("sequence", reused.sequence())
        .resource("sequence", String.valueOf(reused.sequence()));
  }

  static Refusal tooMany(DomainError.TooManyRecipients tooMany) {
    return Refusal.of(
            Code.FAILED_PRECONDITION,
            "TOO_MANY_RECIPIENTS",
            "a bulk job takes at most " + tooMany.most() + " " + tooMany.what())
        .fact("most", tooMany.most())
        .fact("counted", tooMany.what())
        .precondition("TOO_MANY_RECIPIENTS", tooMany.bulkId(), "takes no more " + tooMany.what());
  }
}
