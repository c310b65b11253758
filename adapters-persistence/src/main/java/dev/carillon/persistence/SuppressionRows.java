package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.SUPPRESSION;

import dev.carillon.domain.content.Channel;
import dev.carillon.domain.recipient.Suppression;
import dev.carillon.domain.recipient.SuppressionCause;
import org.jooq.Field;
import org.jooq.Record;

/// Between rows of the suppression lists and the domain.
final class SuppressionRows {
  /// What [#suppression] reads, and the number by which pages go.
  static final Field<?>[] COLUMNS = {
    SUPPRESSION.NUMBER,
    SUPPRESSION.BUSINESS_ID,
    SUPPRESSION.ENVIRONMENT,
    SUPPRESSION.CHANNEL,
    SUPPRESSION.ADDRESS,
    SUPPRESSION.REASON,
    SUPPRESSION.DETAIL,
    SUPPRESSION.CREATED_BY,
    SUPPRESSION.CREATED_AT
  };

  private SuppressionRows() {}

  static Suppression suppression(Record row) {
    return new Suppression(
        ScopeRows.of(row.get(SUPPRESSION.BUSINESS_ID), row.get(SUPPRESSION.ENVIRONMENT)),
        Channel.valueOf(row.get(SUPPRESSION.CHANNEL)),
        row.get(SUPPRESSION.ADDRESS),
        SuppressionCause.valueOf(row.get(SUPPRESSION.REASON)),
        row.get(SUPPRESSION.DETAIL),
        row.get(SUPPRESSION.CREATED_BY),
        row.get(SUPPRESSION.CREATED_AT));
  }
}
