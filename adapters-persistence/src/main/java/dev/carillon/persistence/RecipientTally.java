package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.RECIPIENT_TALLY;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.sum;

import dev.carillon.domain.business.Scope;
import java.math.BigDecimal;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/// How many recipients a scope has, kept beside them: written in the transaction that stores or
/// deletes them, as its last step, since the row is locked from then on.
final class RecipientTally {
  private static final Field<Short> SLOT =
      field("(pg_backend_pid() % 16)::smallint", SQLDataType.SMALLINT);

  private final Session session;

  RecipientTally(Session session) {
    this.session = session;
  }

  long total(Scope scope) {
    return session
        .sql()
        .select(coalesce(sum(RECIPIENT_TALLY.TOTAL), inline(BigDecimal.ZERO)))
        .from(RECIPIENT_TALLY)
        .where(ScopeRows.is(scope, RECIPIENT_TALLY.BUSINESS_ID, RECIPIENT_TALLY.ENVIRONMENT))
        .fetchSingle(row -> row.value1().longValue());
  }

  void add(Scope scope, long change) {
    session
        .sql()
        .insertInto(RECIPIENT_TALLY)
        .set(RECIPIENT_TALLY.BUSINESS_ID, scope.business().value())
        .set(RECIPIENT_TALLY.ENVIRONMENT, scope.environment().name())
        .set(RECIPIENT_TALLY.SLOT, SLOT)
        .set(RECIPIENT_TALLY.TOTAL, change)
        .onDuplicateKeyUpdate()
        .set(RECIPIENT_TALLY.TOTAL, RECIPIENT_TALLY.TOTAL.plus(excluded(RECIPIENT_TALLY.TOTAL)))
        .execute();
  }
}
