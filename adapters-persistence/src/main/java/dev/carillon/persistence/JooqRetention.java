package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.ERASURE;
import static dev.carillon.persistence.schema.Tables.IDEMPOTENCY_KEY;
import static dev.carillon.persistence.schema.Tables.JOB;
import static dev.carillon.persistence.schema.Tables.JOB_QUOTA;
import static dev.carillon.persistence.schema.Tables.RECIPIENT_QUOTA;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import dev.carillon.application.port.Retention;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jooq.impl.SQLDataType;

/// Partitions and old rows of PostgreSQL. Jobs go by the partition, a hundred thousand of them;
/// their rows first, so that they are gone for everybody, then the tables that belonged to them.
final class JooqRetention implements Retention {
  private static final long PARTITION_WIDTH = 100_000;
  private static final int PARTITIONS_AHEAD = 2;

  private final JooqTransactions transactions;
  private final Session session;

  JooqRetention(JooqTransactions transactions) {
    this.transactions = transactions;
    this.session = transactions;
  }

  @Override
  public int prepare() {
    return transactions.inTransaction(() -> {
      long newest =
          session
              .sql()
              .select(coalesce(max(JOB.ID), inline(0L)))
              .from(JOB)
              .fetchSingle(row -> row.value1());
      return session
          .sql()
          .select(
              field(
                  "ensure_partitions({0})",
                  SQLDataType.INTEGER, val(newest + PARTITIONS_AHEAD * PARTITION_WIDTH)))
          .fetchSingle(row -> row.value1());
    });
  }

  @Override
  public int forgetRequests(Instant before, int limit) {
    return transactions.inTransaction(() ->
        session
            .sql()
            .deleteFrom(IDEMPOTENCY_KEY)
            .where(
                row(
                        IDEMPOTENCY_KEY.BUSINESS_ID,
                        IDEMPOTENCY_KEY.ENVIRONMENT,
                        IDEMPOTENCY_KEY.METHOD,
                        IDEMPOTENCY_KEY.REQUEST_ID)
                    .in(
                        select(
                                IDEMPOTENCY_KEY.BUSINESS_ID,
                                IDEMPOTENCY_KEY.ENVIRONMENT,
                                IDEMPOTENCY_KEY.METHOD,
                                IDEMPOTENCY_KEY.REQUEST_ID)
                            .from(IDEMPOTENCY_KEY)
                            .where(IDEMPOTENCY_KEY.CREATED_AT.lt(before))
                            .orderBy(IDEMPOTENCY_KEY.CREATED_AT)
                            .limit(limit)))
            .execute());
  }

  @Override
  public int forgetQuotas(Instant before, int limit) {
    return transactions.inTransaction(() -> forgetKeys(before, limit) + forgetDays(before, limit));
  }

  private int forgetKeys(Instant before, int limit) {
    return session
        .sql()
        .deleteFrom(JOB_QUOTA)
        .where(
            row(JOB_QUOTA.BUSINESS_ID, JOB_QUOTA.ENVIRONMENT, JOB_QUOTA.PRINCIPAL)
                .in(
                    select(JOB_QUOTA.BUSINESS_ID, JOB_QUOTA.ENVIRONMENT, JOB_QUOTA.PRINCIPAL)
                        .from(JOB_QUOTA)
                        .where(
                            val(before, SQLDataType.INSTANT)
                                .gt(
                                    field(
                                        "{0}[cardinality({0})]",
                                        SQLDataType.INSTANT, JOB_QUOTA.MADE_AT)))
                        .limit(limit)
                        .forUpdate()
                        .skipLocked()))
        .execute();
  }

  private int forgetDays(Instant before, int limit) {
    return session
        .sql()
        .deleteFrom(RECIPIENT_QUOTA)
        .where(
            row(RECIPIENT_QUOTA.BUSINESS_ID, RECIPIENT_QUOTA.ENVIRONMENT, RECIPIENT_QUOTA.DAY)
                .in(
                    select(
                            RECIPIENT_QUOTA.BUSINESS_ID,
                            RECIPIENT_QUOTA.ENVIRONMENT,
                            RECIPIENT_QUOTA.DAY)
                        .from(RECIPIENT_QUOTA)
                        .where(RECIPIENT_QUOTA.DAY.lt(LocalDate.ofInstant(before, ZoneOffset.UTC)))
                        .limit(limit)))
        .execute();
  }

  @Override
  public int makeSearchable() {
    return transactions.inTransaction(() ->
        session
            .sql()
            .select(field("summarize_messages()", SQLDataType.INTEGER))
            .fetchSingle(row -> row.value1()));
  }

  @Override
  public int forgetErasures(Instant endedBefore, int limit) {
    return transactions.inTransaction(() ->
        session
            .sql()
            .deleteFrom(ERASURE)
            .where(
                ERASURE.ID.in(
                    select(ERASURE.ID)
                        .from(ERASURE)
                        .where(ERASURE.ENDED_AT.lt(endedBefore))
                        .orderBy(ERASURE.ENDED_AT)
                        .limit(limit)))
            .execute());
  }

  @Override
  public int forgetJobs(Instant settledBefore, int limit) {
    return transactions.inTransaction(() ->
        session
            .sql()
            .select(
                field(
                    "forget_jobs({0}, {1})",
                    SQLDataType.INTEGER, val(settledBefore, SQLDataType.INSTANT), val(limit)))
            .fetchSingle(row -> row.value1()));
  }

  @Override
  public int forgetUploads(int limit) {
    return transactions.inTransaction(() ->
        session
            .sql()
            .select(field("forget_uploads({0})", SQLDataType.INTEGER, val(limit)))
            .fetchSingle(row -> row.value1()));
  }

  @Override
  public boolean free(Instant settledBefore) {
    return transactions.inTransaction(() ->
        session
            .sql()
            .select(
                field(
                    "drop_bygone_table({0})",
                    SQLDataType.BOOLEAN, val(settledBefore, SQLDataType.INSTANT)))
            .fetchSingle(row -> row.value1()));
  }
}
