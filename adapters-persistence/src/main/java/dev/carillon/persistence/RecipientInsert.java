package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.RECIPIENT;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.list;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import dev.carillon.application.port.NewRecipient;
import dev.carillon.domain.business.Scope;
import dev.carillon.persistence.schema.tables.records.RecipientRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.TableField;

/// Stores many new recipients by one statement, column by column. COPY has no way into a table with
/// row-level security (PostgreSQL manual, COPY, "Notes").
final class RecipientInsert {
  /// An array of arrays would have them all of one length. No tag holds a control character.
  private static final String BETWEEN_TAGS = "\u001F";

  private RecipientInsert() {}

  /// They get their numbers in the order of the list.
  static void write(DSLContext sql, Scope scope, List<NewRecipient> recipients, Instant now) {
    List<RecipientRecord> rows =
        recipients.stream().map(recipient -> RecipientRows.toRow(scope, recipient, now)).toList();
    List<Field<?>> columns = new ArrayList<>(List.of(RECIPIENT.PUBLIC_ID, RECIPIENT.TAGS));
    columns.addAll(RecipientRows.TEXTS);
    List<Field<?>> values = new ArrayList<>(List.of(given(RECIPIENT.PUBLIC_ID), tags()));
    RecipientRows.TEXTS.forEach(column -> values.add(given(column)));
    set(columns, values, RECIPIENT.BUSINESS_ID, scope.business().value());
    set(columns, values, RECIPIENT.ENVIRONMENT, scope.environment().name());
    set(columns, values, RECIPIENT.VERSION, 1L);
    set(columns, values, RECIPIENT.CREATED_AT, now);
    set(columns, values, RECIPIENT.UPDATED_AT, now);
    sql.insertInto(RECIPIENT, columns).select(select(values).from(rowsOf(rows))).execute();
  }

  private static <T> void set(
      List<Field<?>> columns, List<Field<?>> values, TableField<?, T> column, T value) {
    columns.add(column);
    values.add(val(value, column.getDataType()));
  }

  private static Table<?> rowsOf(List<RecipientRecord> rows) {
    List<Field<?>> arrays = new ArrayList<>();
    arrays.add(val(rows.stream().map(RecipientRecord::getPublicId).toArray(UUID[]::new)));
    arrays.add(
        val(
            rows.stream()
                .map(row -> String.join(BETWEEN_TAGS, row.getTags()))
                .toArray(String[]::new)));
    for (TableField<RecipientRecord, String> column : RecipientRows.TEXTS) {
      arrays.add(val(rows.stream().map(row -> row.get(column)).toArray(String[]::new)));
    }
    return table("unnest({0})", list(arrays)).as("given", names());
  }

  private static String[] names() {
    return Stream.concat(
            Stream.of(RECIPIENT.PUBLIC_ID, RECIPIENT.TAGS), RecipientRows.TEXTS.stream())
        .map(Field::getName)
        .toArray(String[]::new);
  }

  private static <T> Field<T> given(Field<T> column) {
    return field(name("given", column.getName()), column.getDataType());
  }

  private static Field<String[]> tags() {
    return field(
        "string_to_array({0}, {1})",
        RECIPIENT.TAGS.getDataType(),
        field(name("given", RECIPIENT.TAGS.getName()), String.class),
        inline(BETWEEN_TAGS));
  }
}
