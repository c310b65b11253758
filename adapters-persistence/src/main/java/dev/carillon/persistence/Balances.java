package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.ACCOUNT;
import static dev.carillon.persistence.schema.Tables.CHUNK;
import static dev.carillon.persistence.schema.Tables.JOB;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import dev.carillon.domain.billing.Balance;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.Scope;
import java.math.BigDecimal;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.SQLDataType;

/// What businesses have: what is available and owed stands in their accounts; what is still set
/// aside is counted over their jobs that have not settled, so that nobody has to write it.
final class Balances {
  /// What is booked of the open chunks of a job, which the job does not count yet.
  private static final Field<Long> BOOKED_OF_OPEN =
      field(
              select(coalesce(sum(CHUNK.CAPTURED.plus(CHUNK.REFUNDED)), inline(BigDecimal.ZERO)))
                  .from(CHUNK)
                  .where(CHUNK.JOB_ID.eq(JOB.ID))
                  .and(CHUNK.OPEN))
          .cast(SQLDataType.BIGINT);

  private static final Field<BigDecimal> HELD =
      field(
              select(
                      coalesce(
                          sum(
                              JOB.HELD
                                  .minus(JOB.CAPTURED)
                                  .minus(JOB.REFUNDED)
                                  .minus(BOOKED_OF_OPEN)),
                          inline(BigDecimal.ZERO)))
                  .from(JOB)
                  .where(JOB.BUSINESS_ID.eq(ACCOUNT.BUSINESS_ID))
                  .and(JOB.ENVIRONMENT.eq(ACCOUNT.ENVIRONMENT))
                  .and(JOB.SETTLED_AT.isNull())
                  .and(JOB.HELD.gt(inline(0L))))
          .as("held");

  private Balances() {}

  /// What a scope has; empty when it has no books.
  static Optional<Balance> of(DSLContext sql, Scope scope) {
    return sql.select(ACCOUNT.CURRENCY, ACCOUNT.AVAILABLE, ACCOUNT.OWED, HELD)
        .from(ACCOUNT)
        .where(within(scope))
        .fetchOptional(Balances::balance);
  }

  static Condition within(Scope scope) {
    return ScopeRows.is(scope, ACCOUNT.BUSINESS_ID, ACCOUNT.ENVIRONMENT);
  }

  private static Balance balance(Record row) {
    String currency = row.get(ACCOUNT.CURRENCY);
    return new Balance(
        new Money(currency, row.get(ACCOUNT.AVAILABLE)),
        new Money(currency, row.get(HELD).longValueExact()),
        new Money(currency, row.get(ACCOUNT.OWED)));
  }
}
