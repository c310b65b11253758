package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.RECIPIENT_GROUP;

import dev.carillon.domain.recipient.GroupDetails;
import dev.carillon.domain.recipient.GroupId;
import dev.carillon.domain.recipient.PublicGroupId;
import dev.carillon.domain.recipient.RecipientGroup;
import dev.carillon.domain.recipient.TagExpression;
import dev.carillon.persistence.schema.tables.records.RecipientGroupRecord;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// Between rows of groups and the domain.
final class GroupRows {
  private GroupRows() {}

  static RecipientGroup group(Record row) {
    String expression = row.get(RECIPIENT_GROUP.TAG_EXPRESSION);
    return new RecipientGroup(
        new GroupId(row.get(RECIPIENT_GROUP.ID)),
        new PublicGroupId(row.get(RECIPIENT_GROUP.PUBLIC_ID)),
        new GroupDetails(
            row.get(RECIPIENT_GROUP.NAME),
            row.get(RECIPIENT_GROUP.DESCRIPTION),
            expression == null ? null : TagExpression.of(expression)),
        row.get(RECIPIENT_GROUP.VERSION),
        row.get(RECIPIENT_GROUP.CREATED_AT),
        row.get(RECIPIENT_GROUP.UPDATED_AT));
  }

  static void write(RecipientGroupRecord row, GroupDetails details) {
    row.setName(details.name());
    row.setDescription(details.description());
    row.setTagExpression(text(details.tags()));
  }

  private static @Nullable String text(@Nullable TagExpression tags) {
    return tags == null ? null : tags.text();
  }
}
