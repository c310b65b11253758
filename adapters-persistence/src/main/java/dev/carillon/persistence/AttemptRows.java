package dev.carillon.persistence;

import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.JobId;
import dev.carillon.persistence.schema.tables.records.AttemptRecord;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Between attempts and their rows.
final class AttemptRows {
  static final String[] COLUMNS = {
    "job_id",
    "position",
    "attempt_no",
    "part_no",
    "outcome",
    "reason",
    "carrier",
    "carrier_message_id",
    "detail",
    "at",
    "resent",
    "choice"
  };

  /// Carriers answer for a message as a whole.
  private static final int ONLY_PART = 1;

  private AttemptRows() {}

  /// @param detail what is kept of the carrier's words
  static void write(BinaryCopy copy, JobId job, Attempt attempt, String detail) throws IOException {
    copy.row()
        .int8(job.value())
        .int4(attempt.position())
        .int2(attempt.number())
        .int2(ONLY_PART)
        .int2(attempt.kind().code())
        .int2OrNull(code(attempt.reason()))
        .text(attempt.carrier().value())
        .textUnlessEmpty(attempt.carrierMessageId())
        .textUnlessEmpty(detail)
        .timestamp(attempt.at())
        .trueOrNull(attempt.resent())
        .textUnlessEmpty(attempt.choice());
  }

  /// @param detail what is kept of the carrier's words
  static AttemptRecord row(JobId job, Attempt attempt, String detail) {
    Integer reason = code(attempt.reason());
    return new AttemptRecord()
        .setJobId(job.value())
        .setPosition(attempt.position())
        .setAttemptNo((short) attempt.number())
        .setPartNo((short) ONLY_PART)
        .setOutcome((short) attempt.kind().code())
        .setReason(reason == null ? null : reason.shortValue())
        .setCarrier(attempt.carrier().value())
        .setCarrierMessageId(nullIfEmpty(attempt.carrierMessageId()))
        .setDetail(nullIfEmpty(detail))
        .setAt(attempt.at())
        .setResent(attempt.resent() ? true : null)
        .setChoice(nullIfEmpty(attempt.choice()));
  }

  static @Nullable Integer code(@Nullable Reason reason) {
    return reason == null ? null : reason.code();
  }

  private static @Nullable String nullIfEmpty(String text) {
    return text.isEmpty() ? null : text;
  }
}
