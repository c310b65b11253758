package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.CHUNK;
import static dev.carillon.persistence.schema.Tables.JOB;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import dev.carillon.domain.billing.ChunkMoney.Movement;
import dev.carillon.domain.job.Counters;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectField;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// The counters of jobs and what is booked of them, summed over their chunks.
final class JobCounts {
  private static final List<TableField<?, Short>> TALLY =
      List.of(
          CHUNK.QUEUED,
          CHUNK.IN_FLIGHT,
          CHUNK.SENT,
          CHUNK.DELIVERED,
          CHUNK.READ,
          CHUNK.UNDELIVERED,
          CHUNK.FAILED,
          CHUNK.EXPIRED,
          CHUNK.CANCELLED,
          CHUNK.UNKNOWN,
          CHUNK.REJECTED_INVALID,
          CHUNK.REJECTED_DUPLICATE,
          CHUNK.REJECTED_SUPPRESSED,
          CHUNK.REJECTED_NO_ADDRESS);

  private static final String COUNTS = "counts";
  private static final Field<Long> RETRIES = count("retries");
  private static final Field<Long> VERSIONS = count("versions");
  private static final Field<Long> CAPTURED = count("booked_captured");
  private static final Field<Long> REFUNDED = count("booked_refunded");
  private static final Field<Instant> MOVED =
      DSL.field(DSL.name(COUNTS, "moved"), SQLDataType.INSTANT);

  private JobCounts() {}

  /// The sums over the chunks of the row of `job` in the same statement.
  static Table<?> lateral() {
    return DSL.lateral(select(sums()).from(CHUNK).where(CHUNK.JOB_ID.eq(JOB.ID))).as(COUNTS);
  }

  /// The sums over the chunks of one job.
  static List<SelectField<?>> sums() {
    List<SelectField<?>> sums = new ArrayList<>();
    for (TableField<?, Short> column : TALLY) {
      sums.add(total(column).as(column.getName()));
    }
    sums.add(total(CHUNK.RETRIES).as("retries"));
    sums.add(total(CHUNK.VERSION).as("versions"));
    sums.add(total(CHUNK.CAPTURED).as(CAPTURED.getName()));
    sums.add(total(CHUNK.REFUNDED).as(REFUNDED.getName()));
    sums.add(max(CHUNK.UPDATED_AT).as("moved"));
    return sums;
  }

  /// What [#lateral] adds to a row.
  static List<Field<?>> fields() {
    List<Field<?>> fields = new ArrayList<>();
    TALLY.forEach(column -> fields.add(count(column.getName())));
    fields.addAll(List.of(RETRIES, VERSIONS, CAPTURED, REFUNDED, MOVED));
    return fields;
  }

  static long versions(Record row) {
    return row.get(VERSIONS);
  }

  /// What is booked of all chunks.
  static Movement booked(Record row) {
    return new Movement(row.get(CAPTURED), row.get(REFUNDED));
  }

  static @Nullable Instant moved(Record row) {
    return row.get(MOVED);
  }

  /// The counters in a row; what waits is pending until the job has started.
  static Counters counters(Record row, boolean jobHasStarted) {
    long waiting = value(row, CHUNK.QUEUED) + value(row, CHUNK.IN_FLIGHT);
    return new Counters(
        value(row, CHUNK.REJECTED_INVALID),
        value(row, CHUNK.REJECTED_DUPLICATE),
        value(row, CHUNK.REJECTED_SUPPRESSED),
        value(row, CHUNK.REJECTED_NO_ADDRESS),
        jobHasStarted ? 0 : waiting,
        jobHasStarted ? waiting : 0,
        value(row, CHUNK.SENT),
        value(row, CHUNK.DELIVERED),
        value(row, CHUNK.READ),
        value(row, CHUNK.UNDELIVERED),
        value(row, CHUNK.FAILED),
        value(row, CHUNK.EXPIRED),
        value(row, CHUNK.CANCELLED),
        value(row, CHUNK.UNKNOWN),
        row.get("retries", Long.class));
  }

  private static long value(Record row, Field<?> column) {
    return row.get(column.getName(), Long.class);
  }

  private static Field<Long> count(String name) {
    return DSL.field(DSL.name(COUNTS, name), SQLDataType.BIGINT);
  }

  private static Field<BigDecimal> total(Field<? extends Number> column) {
    return coalesce(sum(column), inline(BigDecimal.ZERO));
  }
}
