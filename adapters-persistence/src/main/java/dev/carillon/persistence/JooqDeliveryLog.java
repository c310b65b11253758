package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.ATTEMPT;
import static dev.carillon.persistence.schema.Tables.RECEIPT;

import dev.carillon.application.port.DeliveryLog;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.job.JobId;
import dev.carillon.persistence.ErasedMessages.Place;
import dev.carillon.persistence.schema.tables.records.AttemptRecord;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Attempts and receipts in PostgreSQL, appended by COPY.
final class JooqDeliveryLog implements DeliveryLog {
  private static final String[] ATTEMPT_COLUMNS = {
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
    "resent"
  };
  private static final String[] RECEIPT_COLUMNS = {
    "job_id",
    "position",
    "kind",
    "reason",
    "carrier",
    "carrier_message_id",
    "detail",
    "at",
    "stored_at"
  };
  private static final int ONLY_PART = 1;

  private final Session session;
  private final InstantSource clock;

  JooqDeliveryLog(Session session, InstantSource clock) {
    this.session = session;
    this.clock = clock;
  }

  @Override
  public void appendAttempts(JobId job, List<Attempt> attempts) {
    if (attempts.isEmpty()) {
      return;
    }
    Set<Place> erased = erasedOf(job, attempts);
    BinaryCopy.into(
        session.sql(),
        ATTEMPT.getName(),
        ATTEMPT_COLUMNS,
        copy -> {
          for (Attempt attempt : attempts) {
            write(copy, job, attempt, erased);
          }
        });
  }

  @Override
  public void appendMissingAttempts(JobId job, List<Attempt> attempts) {
    if (attempts.isEmpty()) {
      return;
    }
    Set<Place> erased = erasedOf(job, attempts);
    session
        .sql()
        .insertInto(ATTEMPT)
        .columns(ATTEMPT.fields())
        .valuesOfRecords(attempts.stream().map(attempt -> row(job, attempt, erased)).toList())
        .onConflictDoNothing()
        .execute();
  }

  @Override
  public void appendReceipts(List<Receipt> receipts) {
    if (receipts.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    Set<Place> erased = erasedOf(receipts);
    BinaryCopy.into(
        session.sql(),
        RECEIPT.getName(),
        RECEIPT_COLUMNS,
        copy -> {
          for (Receipt receipt : receipts) {
            write(copy, receipt, now, erased);
          }
        });
  }

  /// Their words may name whom the house has forgotten, and nothing would find them again.
  private Set<Place> erasedOf(JobId job, List<Attempt> attempts) {
    return ErasedMessages.erased(
        session.sql(),
        attempts.stream()
            .filter(attempt -> !attempt.detail().isEmpty())
            .map(attempt -> place(job, attempt))
            .toList());
  }

  private Set<Place> erasedOf(List<Receipt> receipts) {
    return ErasedMessages.erased(
        session.sql(),
        receipts.stream()
            .filter(receipt -> !receipt.detail().isEmpty())
            .map(JooqDeliveryLog::place)
            .toList());
  }

  private static Place place(JobId job, Attempt attempt) {
    return new Place(job.value(), attempt.position());
  }

  private static Place place(Receipt receipt) {
    return new Place(receipt.ref().job().value(), receipt.ref().position());
  }

  private static void write(BinaryCopy copy, JobId job, Attempt attempt, Set<Place> erased)
      throws IOException {
    copy.row()
        .int8(job.value())
        .int4(attempt.position())
        .int2(attempt.number())
        .int2(ONLY_PART)
        .int2(attempt.kind().code())
        .int2OrNull(code(attempt.reason()))
        .text(attempt.carrier().value())
        .textUnlessEmpty(attempt.carrierMessageId())
        .textUnlessEmpty(erased.contains(place(job, attempt)) ? "" : attempt.detail())
        .timestamp(attempt.at())
        .trueOrNull(attempt.resent());
  }

  private static AttemptRecord row(JobId job, Attempt attempt, Set<Place> erased) {
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
        .setDetail(erased.contains(place(job, attempt)) ? null : nullIfEmpty(attempt.detail()))
        .setAt(attempt.at())
        .setResent(attempt.resent() ? true : null);
  }

  private static @Nullable String nullIfEmpty(String text) {
    return text.isEmpty() ? null : text;
  }

  private static void write(BinaryCopy copy, Receipt receipt, Instant now, Set<Place> erased)
      throws IOException {
    copy.row()
        .int8(receipt.ref().job().value())
        .int4(receipt.ref().position())
        .int2(receipt.kind().code())
        .int2OrNull(code(receipt.reason()))
        .text(receipt.carrier().value())
        .textUnlessEmpty(receipt.carrierMessageId())
        .textUnlessEmpty(erased.contains(place(receipt)) ? "" : receipt.detail())
        .timestamp(receipt.at())
        .timestamp(now);
  }

  private static @Nullable Integer code(@Nullable Reason reason) {
    return reason == null ? null : reason.code();
  }
}
