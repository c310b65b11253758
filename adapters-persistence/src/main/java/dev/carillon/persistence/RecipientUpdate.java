package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.RECIPIENT;
import static org.jooq.impl.DSL.val;

import dev.carillon.persistence.schema.tables.records.RecipientRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.TableField;
import org.jooq.UpdateSetMoreStep;

/// The one statement that writes a recipient back, so that any number of them is one batch of one
/// prepared statement. The rows must have been locked within their scope.
final class RecipientUpdate {
  private static final KeptStatement STATEMENT = new KeptStatement(of(KeptStatement.RENDERING));

  private RecipientUpdate() {}

  /// Writes the rows in one batch.
  static void write(DSLContext sql, List<RecipientRecord> rows) {
    STATEMENT.batch(sql, rows, RecipientUpdate::bind);
  }

  private static Query of(DSLContext sql) {
    UpdateSetMoreStep<RecipientRecord> update =
        sql.update(RECIPIENT).set(RECIPIENT.TAGS, param(RECIPIENT.TAGS));
    for (TableField<RecipientRecord, String> text : RecipientRows.TEXTS) {
      update = update.set(text, param(text));
    }
    return update
        .set(RECIPIENT.VERSION, param(RECIPIENT.VERSION))
        .set(RECIPIENT.UPDATED_AT, param(RECIPIENT.UPDATED_AT))
        .where(RECIPIENT.ID.eq(param(RECIPIENT.ID)));
  }

  private static void bind(PreparedStatement statement, Connection connection, RecipientRecord row)
      throws SQLException {
    int index = 1;
    statement.setArray(index++, connection.createArrayOf("text", row.getTags()));
    for (TableField<RecipientRecord, String> text : RecipientRows.TEXTS) {
      statement.setString(index++, row.get(text));
    }
    statement.setLong(index++, row.getVersion());
    KeptStatement.bind(statement, index++, row.getUpdatedAt());
    statement.setLong(index, row.getId());
  }

  private static <T> Field<T> param(TableField<?, T> column) {
    return val(null, column.getDataType());
  }
}
