package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.PARKED_RECEIPT;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.CarrierReceipt;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.persistence.schema.tables.records.ParkedReceiptRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Row11;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// Rows of receipts whose message nobody knows yet. Each is looked for ever more seldom, so that
/// many that are nobody's cost little.
final class ParkedReceipts {
  /// One order for all writers, so that none waits for another in a circle.
  private static final Comparator<CarrierReceipt> ORDER =
      Comparator.<CarrierReceipt, String>comparing(receipt -> receipt.carrier().value())
          .thenComparing(CarrierReceipt::carrierMessageId)
          .thenComparing(CarrierReceipt::kind)
          .thenComparing(CarrierReceipt::address);

  private ParkedReceipts() {}

  static void park(DSLContext sql, List<CarrierReceipt> receipts, Instant now) {
    sql.insertInto(PARKED_RECEIPT)
        .columns(
            PARKED_RECEIPT.CARRIER,
            PARKED_RECEIPT.ID,
            PARKED_RECEIPT.RAW_ID,
            PARKED_RECEIPT.ADDRESS,
            PARKED_RECEIPT.KIND,
            PARKED_RECEIPT.REASON,
            PARKED_RECEIPT.DETAIL,
            PARKED_RECEIPT.AT,
            PARKED_RECEIPT.PARKED_AT,
            PARKED_RECEIPT.LOOK_AT,
            PARKED_RECEIPT.LOOK_BY_ADDRESS_AT)
        .valuesOfRows(receipts.stream().sorted(ORDER).map(one -> row(one, now)).toList())
        .onConflictDoNothing()
        .execute();
  }

  /// Locks those that are to be looked for by their ids, the longest due first.
  static List<Waiting> due(DSLContext sql, Instant now, int limit) {
    return locked(sql, PARKED_RECEIPT.LOOK_AT.le(now), PARKED_RECEIPT.LOOK_AT, limit);
  }

  /// Locks those that are to be looked for by their addresses, the longest due first.
  static List<Waiting> dueByAddress(DSLContext sql, Instant before, int limit) {
    return locked(
        sql,
        PARKED_RECEIPT.LOOK_BY_ADDRESS_AT.lt(before),
        PARKED_RECEIPT.LOOK_BY_ADDRESS_AT,
        limit);
  }

  /// Has them looked for again when they have been parked half as long again.
  static void lookAgain(DSLContext sql, Collection<Long> numbers, Instant now) {
    sql.update(PARKED_RECEIPT)
        .set(
            PARKED_RECEIPT.LOOK_AT,
            field(
                "{0} + greatest({0} - {1}, interval '500 ms') / 2",
                SQLDataType.INSTANT, val(now, SQLDataType.INSTANT), PARKED_RECEIPT.PARKED_AT))
        .where(isOneOf(numbers))
        .execute();
  }

  /// The same by their addresses, when they have been parked twice as long.
  static void lookAgainByAddress(DSLContext sql, Collection<Long> numbers, Instant before) {
    sql.update(PARKED_RECEIPT)
        .set(
            PARKED_RECEIPT.LOOK_BY_ADDRESS_AT,
            field(
                "{0} + greatest({0} - {1}, interval '1 s')",
                SQLDataType.INSTANT, val(before, SQLDataType.INSTANT), PARKED_RECEIPT.PARKED_AT))
        .where(isOneOf(numbers))
        .execute();
  }

  /// Forgets the addresses of those that were parked before; who names nothing else is forgotten.
  static void forgetAddresses(DSLContext sql, Collection<Long> numbers, Instant parkedBefore) {
    Condition old = isOneOf(numbers).and(PARKED_RECEIPT.PARKED_AT.lt(parkedBefore));
    sql.deleteFrom(PARKED_RECEIPT).where(old).and(PARKED_RECEIPT.ID.eq("")).execute();
    sql.update(PARKED_RECEIPT)
        .set(PARKED_RECEIPT.ADDRESS, "")
        .setNull(PARKED_RECEIPT.LOOK_BY_ADDRESS_AT)
        .where(old)
        .execute();
  }

  static void delete(DSLContext sql, Collection<Long> numbers) {
    sql.deleteFrom(PARKED_RECEIPT).where(isOneOf(numbers)).execute();
  }

  /// Numbers are given in the order of parking.
  static int forget(DSLContext sql, Instant parkedBefore, int limit) {
    return sql.deleteFrom(PARKED_RECEIPT)
        .where(
            PARKED_RECEIPT.NUMBER.in(
                select(PARKED_RECEIPT.NUMBER)
                    .from(PARKED_RECEIPT)
                    .orderBy(PARKED_RECEIPT.NUMBER)
                    .limit(limit)
                    .forUpdate()
                    .skipLocked()))
        .and(PARKED_RECEIPT.PARKED_AT.lt(parkedBefore))
        .execute();
  }

  private static List<Waiting> locked(
      DSLContext sql, Condition due, TableField<?, Instant> since, int limit) {
    return sql.selectFrom(PARKED_RECEIPT)
        .where(due)
        .orderBy(since, PARKED_RECEIPT.NUMBER)
        .limit(limit)
        .forUpdate()
        .skipLocked()
        .fetch(Waiting::of);
  }

  private static Condition isOneOf(Collection<Long> numbers) {
    return PARKED_RECEIPT.NUMBER.eq(any(numbers.toArray(Long[]::new)));
  }

  private static Row11<
          String, String, String, String, Short, Short, String, Instant, Instant, Instant, Instant>
      row(CarrierReceipt receipt, Instant now) {
    Integer reason = AttemptRows.code(receipt.reason());
    boolean named = !receipt.carrierMessageId().isEmpty();
    boolean addressed = !receipt.address().isEmpty();
    return DSL.row(
        val(receipt.carrier().value()),
        val(receipt.carrierMessageId()),
        val(receipt.rawId()),
        val(receipt.address()),
        val((short) receipt.kind().code()),
        val(reason == null ? null : reason.shortValue(), PARKED_RECEIPT.REASON),
        val(receipt.detail()),
        val(BinaryCopy.held(receipt.at()), PARKED_RECEIPT.AT),
        val(now, PARKED_RECEIPT.PARKED_AT),
        val(named ? now : null, PARKED_RECEIPT.LOOK_AT),
        val(addressed ? now : null, PARKED_RECEIPT.LOOK_BY_ADDRESS_AT));
  }

  /// One that waits.
  record Waiting(long number, CarrierReceipt receipt, Instant parkedAt) {
    static Waiting of(ParkedReceiptRecord row) {
      Short reason = row.getReason();
      return new Waiting(
          row.getNumber(),
          new CarrierReceipt(
              new CarrierId(row.getCarrier()),
              row.getId(),
              row.getRawId(),
              row.getAddress(),
              ReceiptKind.of(row.getKind()),
              reason == null ? null : Reason.of(reason),
              row.getDetail(),
              row.getAt()),
          row.getParkedAt());
    }
  }
}
