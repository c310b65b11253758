package dev.carillon.persistence;

import static dev.carillon.persistence.MessageFacts.LAST_ATTEMPT;
import static dev.carillon.persistence.MessageFacts.LAST_RECEIPT;
import static dev.carillon.persistence.MessageFacts.TAKEN;
import static dev.carillon.persistence.MessageFacts.attempts;
import static dev.carillon.persistence.MessageFacts.column;
import static dev.carillon.persistence.MessageFacts.markedFor;
import static dev.carillon.persistence.MessageFacts.mayHaveGoneTwice;
import static dev.carillon.persistence.MessageFacts.reason;
import static dev.carillon.persistence.MessageFacts.state;
import static dev.carillon.persistence.schema.Tables.ATTEMPT;
import static dev.carillon.persistence.schema.Tables.CHUNK;
import static dev.carillon.persistence.schema.Tables.JOB;
import static dev.carillon.persistence.schema.Tables.MESSAGE;
import static dev.carillon.persistence.schema.Tables.RECEIPT;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;

import dev.carillon.application.port.MessageFilter;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.message.Message;
import dev.carillon.domain.message.MessageId;
import dev.carillon.domain.message.MessageState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectOnConditionStep;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Messages as callers see them: the row, the byte in its chunk, its last attempt, its last
/// receipt.
final class MessageViews {
  private static final Field<Integer> STATE = state().as("state_code");
  private static final Field<Integer> ATTEMPTS = attempts().as("attempt_count");
  private static final Field<Short> REASON = reason().as("reason_code");
  private static final Field<Boolean> TWICE = field(mayHaveGoneTwice()).as("twice");

  private MessageViews() {}

  /// All that is known of messages; the caller bounds it to a job within a scope.
  static SelectOnConditionStep<Record> all(DSLContext sql) {
    List<Field<?>> fields =
        new ArrayList<>(
            List.of(
                JOB.BULK_ID,
                JOB.CHANNEL,
                JOB.STATUS,
                JOB.STARTED_AT,
                JOB.CREATED_AT,
                MESSAGE.POSITION,
                MESSAGE.CLIENT_REF,
                MESSAGE.ADDRESS,
                MESSAGE.NETWORK,
                MESSAGE.PARTS,
                MESSAGE.REJECTED_DETAIL));
    fields.addAll(
        List.of(
            STATE,
            ATTEMPTS,
            REASON,
            TWICE,
            CHUNK.UPDATED_AT.as("chunk_at"),
            column(LAST_ATTEMPT, ATTEMPT.CARRIER).as("carrier"),
            coalesce(
                    column(TAKEN, ATTEMPT.CARRIER_MESSAGE_ID),
                    column(LAST_ATTEMPT, ATTEMPT.CARRIER_MESSAGE_ID))
                .as("carrier_message_id"),
            column(LAST_ATTEMPT, ATTEMPT.DETAIL).as("attempt_detail"),
            column(LAST_ATTEMPT, ATTEMPT.CHOICE).as("choice"),
            markedFor().as("marked_for"),
            column(LAST_ATTEMPT, ATTEMPT.AT).as("attempt_at"),
            column(LAST_RECEIPT, RECEIPT.DETAIL).as("receipt_detail"),
            column(LAST_RECEIPT, RECEIPT.CARRIER).as("receipt_carrier"),
            column(LAST_RECEIPT, RECEIPT.CARRIER_MESSAGE_ID).as("receipt_message_id"),
            column(LAST_RECEIPT, RECEIPT.STORED_AT).as("receipt_at"),
            column(TAKEN, ATTEMPT.AT).as("taken_at")));
    return sql.select(fields)
        .from(JOB)
        .join(CHUNK)
        .on(CHUNK.JOB_ID.eq(JOB.ID))
        .join(MESSAGE)
        .on(MESSAGE.JOB_ID.eq(CHUNK.JOB_ID))
        .and(MESSAGE.POSITION.ge(CHUNK.FIRST_POSITION))
        .and(MESSAGE.POSITION.lt(CHUNK.FIRST_POSITION.plus(CHUNK.SIZE)))
        .leftJoin(LAST_ATTEMPT)
        .on(noCondition())
        .leftJoin(TAKEN)
        .on(noCondition())
        .leftJoin(LAST_RECEIPT)
        .on(noCondition());
  }

  /// What bounds messages to those of the filter, in a job that has started or not.
  static Condition matches(MessageFilter filter, boolean jobHasStarted) {
    Condition matches = noCondition();
    if (!filter.statuses().isEmpty()) {
      List<MessageState> states = states(filter, jobHasStarted);
      Condition inTally = states.isEmpty() ? falseCondition() : counted(states);
      matches = inTally.and(state().in(states.stream().map(MessageState::code).toList()));
    }
    if (!filter.reasons().isEmpty()) {
      matches =
          matches.and(
              reason().in(filter.reasons().stream().map(known -> (short) known.code()).toList()));
    }
    if (!filter.clientRef().isEmpty()) {
      matches = matches.and(MESSAGE.CLIENT_REF.eq(filter.clientRef()));
    }
    return matches;
  }

  /// How many messages of a chunk have the statuses of the filter, by its tally.
  static Field<Integer> counted(MessageFilter filter, boolean jobHasStarted) {
    return filter.statuses().isEmpty()
        ? CHUNK.SIZE
        : states(filter, jobHasStarted).stream()
            .map(ChunkRows::column)
            .distinct()
            .map(column -> column.cast(SQLDataType.INTEGER))
            .reduce(inline(0), Field::add);
  }

  static Message message(Record row) {
    MessageState state = MessageState.of(row.get(STATE));
    boolean started = JobRows.hasStarted(row);
    Short reason = row.get(REASON);
    return new Message(
        new MessageId(new BulkId(row.get(JOB.BULK_ID)), row.get(MESSAGE.POSITION)),
        MessageRows.orEmpty(row.get(MESSAGE.CLIENT_REF)),
        Channel.valueOf(row.get(JOB.CHANNEL)),
        row.get(MESSAGE.ADDRESS),
        state.status(started),
        reason == null ? null : Reason.of(reason),
        detail(row, state),
        last(row, state),
        MessageRows.orEmpty(row.get(MESSAGE.NETWORK)),
        row.get(MESSAGE.PARTS),
        row.get(ATTEMPTS),
        row.get(TWICE),
        row.get(JOB.CREATED_AT),
        sentAt(row, state),
        updatedAt(row, state));
  }

  /// When a carrier took it: when it said so, else when a receipt proved it.
  private static @Nullable Instant sentAt(Record row, MessageState state) {
    Instant taken = time(row, "taken_at");
    boolean proven =
        state == MessageState.SENT
            || state == MessageState.DELIVERED
            || state == MessageState.READ
            || state == MessageState.UNDELIVERED;
    return taken != null || !proven ? taken : time(row, "receipt_at");
  }

  private static String detail(Record row, MessageState state) {
    String rejected = row.get(MESSAGE.REJECTED_DETAIL);
    if (rejected != null) {
      return rejected;
    }
    String told = state == MessageState.UNDELIVERED ? "receipt_detail" : "attempt_detail";
    boolean saysSo = row.get(REASON) != null;
    return saysSo ? MessageRows.orEmpty(row.get(told, String.class)) : "";
  }

  private static Message.@Nullable LastHandOver last(Record row, MessageState state) {
    String carrier = row.get("carrier", String.class);
    String known = carrier == null ? row.get("receipt_carrier", String.class) : carrier;
    if (known == null) {
      return isLost(state)
          ? new Message.LastHandOver(row.get("marked_for", String.class), "", "")
          : null;
    }
    String id = row.get("carrier_message_id", String.class);
    return new Message.LastHandOver(
        known,
        MessageRows.orEmpty(id == null ? row.get("receipt_message_id", String.class) : id),
        MessageRows.orEmpty(row.get("choice", String.class)));
  }

  private static @Nullable Instant updatedAt(Record row, MessageState state) {
    Instant told = later(time(row, "attempt_at"), time(row, "receipt_at"));
    return told == null && isLost(state) ? time(row, "chunk_at") : told;
  }

  /// Whether it was handed over by a worker that may not have lived to say so: without an attempt,
  /// the carrier of its job is the one, and no later than its chunk was it changed.
  private static boolean isLost(MessageState state) {
    return state.isInDoubt() || state == MessageState.FAILED_OUTCOME_UNKNOWN;
  }

  private static List<MessageState> states(MessageFilter filter, boolean jobHasStarted) {
    return Arrays.stream(MessageState.values())
        .filter(state -> filter.statuses().contains(state.status(jobHasStarted)))
        .toList();
  }

  private static Condition counted(List<MessageState> states) {
    return states.stream()
        .map(ChunkRows::column)
        .distinct()
        .map(column -> column.gt((short) 0))
        .reduce(Condition::or)
        .orElseThrow();
  }

  private static @Nullable Instant time(Record row, String name) {
    return row.get(name, Instant.class);
  }

  private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isAfter(other) ? one : other;
  }
}
