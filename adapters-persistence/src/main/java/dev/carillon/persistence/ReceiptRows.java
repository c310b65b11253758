package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.RECEIPT;

import dev.carillon.domain.delivery.Receipt;
import dev.carillon.persistence.ErasedMessages.Place;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// Between receipts and their rows.
final class ReceiptRows {
  private static final String[] COLUMNS = {
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

  private ReceiptRows() {}

  /// @param detail what is kept of the carrier's words
  static Said said(Receipt receipt, String detail) {
    return new Said(
        place(receipt),
        receipt.kind().code(),
        AttemptRows.code(receipt.reason()),
        receipt.carrier().value(),
        receipt.carrierMessageId(),
        detail);
  }

  static Place place(Receipt receipt) {
    return new Place(receipt.ref().job().value(), receipt.ref().position());
  }

  /// All that receipts have said of these messages.
  static Set<Said> saidOf(DSLContext sql, List<Place> messages) {
    return sql.select(
            RECEIPT.JOB_ID,
            RECEIPT.POSITION,
            RECEIPT.KIND,
            RECEIPT.REASON,
            RECEIPT.CARRIER,
            RECEIPT.CARRIER_MESSAGE_ID,
            RECEIPT.DETAIL)
        .from(ErasedMessages.wanted(messages))
        .join(RECEIPT)
        .on(ErasedMessages.isWanted(RECEIPT.JOB_ID, RECEIPT.POSITION))
        .fetchSet(ReceiptRows::said);
  }

  /// Appends what is said at these times.
  static void append(DSLContext sql, List<Told> told, Instant storedAt) {
    BinaryCopy.into(
        sql,
        RECEIPT.getName(),
        COLUMNS,
        copy -> {
          for (Told one : told) {
            write(copy, one, storedAt);
          }
        });
  }

  private static void write(BinaryCopy copy, Told told, Instant storedAt) throws IOException {
    Said said = told.said();
    copy.row()
        .int8(said.message().job())
        .int4(said.message().position())
        .int2(said.kind())
        .int2OrNull(said.reason())
        .text(said.carrier())
        .textUnlessEmpty(said.carrierMessageId())
        .textUnlessEmpty(said.detail())
        .timestamp(told.at())
        .timestamp(storedAt);
  }

  private static Said said(Record row) {
    Short reason = row.get(RECEIPT.REASON);
    return new Said(
        new Place(row.get(RECEIPT.JOB_ID), row.get(RECEIPT.POSITION)),
        row.get(RECEIPT.KIND),
        reason == null ? null : reason.intValue(),
        row.get(RECEIPT.CARRIER),
        MessageRows.orEmpty(row.get(RECEIPT.CARRIER_MESSAGE_ID)),
        MessageRows.orEmpty(row.get(RECEIPT.DETAIL)));
  }

  /// What a receipt says, whenever it says that: two that are equal are one.
  record Said(
      Place message,
      int kind,
      @Nullable Integer reason,
      String carrier,
      String carrierMessageId,
      String detail) {}

  /// What a receipt says, and when it happened.
  record Told(Said said, Instant at) {}
}
