package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.SUPPRESSION;
import static org.jooq.impl.DSL.any;

import dev.carillon.application.port.Suppressions;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import java.util.Collection;
import java.util.Set;
import org.jooq.Condition;

/// The suppression list in PostgreSQL.
final class JooqSuppressions implements Suppressions {
  private final Session session;

  JooqSuppressions(Session session) {
    this.session = session;
  }

  @Override
  public Set<String> among(Scope scope, Channel channel, Collection<String> addresses) {
    Condition listed =
        SUPPRESSION
            .BUSINESS_ID
            .eq(scope.business().value())
            .and(SUPPRESSION.ENVIRONMENT.eq(scope.environment().name()))
            .and(SUPPRESSION.CHANNEL.eq(channel.name()));
    // Most lists are empty, and a hundred thousand addresses are dear to send for nothing.
    if (addresses.isEmpty() || !session.sql().fetchExists(SUPPRESSION, listed)) {
      return Set.of();
    }
    return session
        .sql()
        .select(SUPPRESSION.ADDRESS)
        .from(SUPPRESSION)
        .where(listed.and(SUPPRESSION.ADDRESS.eq(any(addresses.toArray(String[]::new)))))
        .fetchSet(SUPPRESSION.ADDRESS);
  }
}
