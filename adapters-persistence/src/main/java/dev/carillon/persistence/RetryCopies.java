package dev.carillon.persistence;

import static dev.carillon.persistence.MessageFacts.LAST_ATTEMPT;
import static dev.carillon.persistence.MessageFacts.LAST_RECEIPT;
import static dev.carillon.persistence.MessageFacts.reason;
import static dev.carillon.persistence.MessageFacts.state;
import static dev.carillon.persistence.schema.Tables.CHUNK;
import static dev.carillon.persistence.schema.Tables.JOB;
import static dev.carillon.persistence.schema.Tables.MESSAGE;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import dev.carillon.application.port.MessageRepository.Retryable;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.RetrySelection;
import dev.carillon.domain.message.MessageState;
import dev.carillon.persistence.schema.tables.Job;
import dev.carillon.persistence.schema.tables.Message;
import java.util.Arrays;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectJoinStep;
import org.jooq.impl.SQLDataType;

/// What a retry takes of a job, and how it gets it: from row to row, without passing the service.
final class RetryCopies {
  private static final Job CHILD = JOB.as("child");
  private static final Message TAKEN = MESSAGE.as("taken_before");
  private static final Field<Integer> WANTED_POSITION =
      field(name("wanted", "position"), SQLDataType.INTEGER);
  private static final Field<Integer> WANTED_PLACE =
      field(name("wanted", "place"), SQLDataType.INTEGER);

  /// The same as [dev.carillon.domain.billing.LineNumbers#at]; -1 where nothing costs anything.
  private static final Field<Integer> LINE =
      field(
              "coalesce(get_byte({0}, {1}) * 256 + get_byte({0}, {1} + 1), -1)",
              SQLDataType.INTEGER,
              CHUNK.LINES,
              field(
                  "CASE WHEN length({0}) > 2 THEN 2 * ({1}) ELSE 0 END",
                  SQLDataType.INTEGER, CHUNK.LINES, MESSAGE.POSITION.minus(CHUNK.FIRST_POSITION)))
          .as("line");

  private RetryCopies() {}

  static List<Retryable> retryable(
      DSLContext sql, JobId job, RetrySelection selection, int afterPosition, int limit) {
    return withReasons(sql, selection)
        .where(CHUNK.JOB_ID.eq(job.value()))
        .and(CHUNK.FIRST_POSITION.plus(CHUNK.SIZE).gt(afterPosition))
        .and(MESSAGE.POSITION.gt(afterPosition))
        .and(takes(selection))
        .and(MESSAGE.ADDRESS.ne(""))
        .and(notTakenBefore(job))
        .orderBy(CHUNK.CHUNK_NO, MESSAGE.POSITION)
        .limit(limit)
        // An erasure waits until the copies are there to be found, or is awaited and seen here.
        .forShare()
        .of(MESSAGE)
        .fetch(
            row -> new Retryable(row.get(MESSAGE.POSITION), row.get(MESSAGE.PARTS), row.get(LINE)));
  }

  static void copy(DSLContext sql, JobId parent, List<Integer> positions, JobId job, int first) {
    Field<Integer> position = WANTED_PLACE.plus(first - 1);
    sql.insertInto(
            MESSAGE,
            MESSAGE.JOB_ID,
            MESSAGE.POSITION,
            MESSAGE.ADDRESS,
            MESSAGE.TEXT,
            MESSAGE.SUBJECT,
            MESSAGE.HTML,
            MESSAGE.PARAMETERS,
            MESSAGE.VARIABLES,
            MESSAGE.CLIENT_REF,
            MESSAGE.NETWORK,
            MESSAGE.PARTS,
            MESSAGE.RECIPIENT_ID,
            MESSAGE.PARENT_POSITION)
        .select(
            select(
                    val(job.value()),
                    position,
                    MESSAGE.ADDRESS,
                    MESSAGE.TEXT,
                    MESSAGE.SUBJECT,
                    MESSAGE.HTML,
                    MESSAGE.PARAMETERS,
                    MESSAGE.VARIABLES,
                    MESSAGE.CLIENT_REF,
                    MESSAGE.NETWORK,
                    MESSAGE.PARTS,
                    MESSAGE.RECIPIENT_ID,
                    MESSAGE.POSITION)
                .from(
                    table("unnest({0}) WITH ORDINALITY", val(positions.toArray(Integer[]::new)))
                        .as("wanted", "position", "place"))
                .join(MESSAGE)
                .on(MESSAGE.POSITION.eq(WANTED_POSITION))
                .where(MESSAGE.JOB_ID.eq(parent.value())))
        .execute();
  }

  private static SelectJoinStep<? extends Record> withReasons(
      DSLContext sql, RetrySelection selection) {
    var messages =
        sql.select(MESSAGE.POSITION, MESSAGE.PARTS, LINE)
            .from(CHUNK)
            .join(MESSAGE)
            .on(MESSAGE.JOB_ID.eq(CHUNK.JOB_ID))
            .and(MESSAGE.POSITION.ge(CHUNK.FIRST_POSITION))
            .and(MESSAGE.POSITION.lt(CHUNK.FIRST_POSITION.plus(CHUNK.SIZE)));
    return selection.reasons().isEmpty()
        ? messages
        : messages
            .leftJoin(LAST_ATTEMPT)
            .on(noCondition())
            .leftJoin(LAST_RECEIPT)
            .on(noCondition());
  }

  /// The same as [RetrySelection#takes]: states that it takes for some reason, and those reasons.
  private static Condition takes(RetrySelection selection) {
    List<MessageState> states =
        Arrays.stream(MessageState.values()).filter(state -> isTaken(state, selection)).toList();
    Condition counted =
        states.stream()
            .map(ChunkRows::column)
            .distinct()
            .map(column -> column.gt(inline((short) 0)))
            .reduce(Condition::or)
            .orElse(falseCondition());
    Condition standsThere = state().in(states.stream().map(MessageState::code).toList());
    Condition forReason =
        selection.reasons().isEmpty()
            ? noCondition()
            : reason()
                .in(selection.reasons().stream().map(reason -> (short) reason.code()).toList());
    return counted.and(standsThere).and(forReason);
  }

  private static boolean isTaken(MessageState state, RetrySelection selection) {
    return selection.takes(state, null)
        || Arrays.stream(Reason.values()).anyMatch(reason -> selection.takes(state, reason));
  }

  private static Condition notTakenBefore(JobId job) {
    return notExists(
        selectOne()
            .from(CHILD)
            .join(TAKEN)
            .on(TAKEN.JOB_ID.eq(CHILD.ID))
            .where(
                CHILD.PARENT_BULK_ID.eq(
                    select(JOB.BULK_ID).from(JOB).where(JOB.ID.eq(job.value()))))
            .and(TAKEN.PARENT_POSITION.eq(MESSAGE.POSITION)));
  }
}
