package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.MESSAGE;

import dev.carillon.application.port.PreparedMessage;
import dev.carillon.application.port.StoredMessage;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.error.RejectedEntry;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.recipient.RecipientId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// Between message rows and the application.
final class MessageRows {
  static final String[] COLUMNS = {
    "job_id",
    "position",
    "address",
    "text",
    "subject",
    "html",
    "parameters",
    "client_ref",
    "network",
    "parts",
    "rejected",
    "recipient_id",
    "variables",
    "rejected_detail"
  };

  private MessageRows() {}

  static void write(BinaryCopy copy, JobId job, int position, PreparedMessage message)
      throws IOException {
    PersonalContent own = message.own();
    Reason rejected = message.rejected();
    RecipientId recipient = message.recipient();
    copy.row()
        .int8(job.value())
        .int4(position)
        .text(message.address())
        .textOrNull(own.text())
        .textOrNull(own.subject())
        .textOrNull(own.html())
        .jsonbOrNull(own.parameters().isEmpty() ? null : Json.of(own.parameters()))
        .textUnlessEmpty(message.clientRef())
        .textUnlessEmpty(message.network())
        .int2(message.parts())
        .int2OrNull(rejected == null ? null : rejected.code())
        .int8OrNull(recipient == null ? null : recipient.value())
        .jsonbOrNull(own.variables().isEmpty() ? null : Json.of(own.variables()).data())
        .textUnlessEmpty(message.detail());
  }

  static StoredMessage stored(Record row) {
    return new StoredMessage(
        row.get(MESSAGE.POSITION),
        row.get(MESSAGE.ADDRESS),
        own(row),
        orEmpty(row.get(MESSAGE.NETWORK)));
  }

  static RejectedEntry rejected(Record row) {
    return new RejectedEntry(
        row.get(MESSAGE.POSITION),
        row.get(MESSAGE.ADDRESS),
        Reason.of(row.get(MESSAGE.REJECTED)),
        orEmpty(row.get(MESSAGE.REJECTED_DETAIL)));
  }

  static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static PersonalContent own(Record row) {
    String text = row.get(MESSAGE.TEXT);
    String subject = row.get(MESSAGE.SUBJECT);
    String html = row.get(MESSAGE.HTML);
    JSONB parameters = row.get(MESSAGE.PARAMETERS);
    JSONB variables = row.get(MESSAGE.VARIABLES);
    if (text == null
        && subject == null
        && html == null
        && parameters == null
        && variables == null) {
      return PersonalContent.EMPTY;
    }
    return new PersonalContent(
        text,
        subject,
        html,
        parameters == null ? List.of() : Json.list(parameters),
        variables == null ? Map.of() : Json.map(variables));
  }
}
