package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.ATTEMPT;
import static dev.carillon.persistence.schema.Tables.MESSAGE;
import static dev.carillon.persistence.schema.Tables.RECEIPT;
import static org.jooq.impl.DSL.arrayAgg;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import dev.carillon.application.port.Erasures.Target;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.recipient.Erasure;
import dev.carillon.domain.recipient.ErasureId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/// The messages of erasures: how they are found, and what is taken out of them.
final class ErasedMessages {
  /// Chunks are numbered in the order of their positions.
  private static final String TARGETS =
      """
      SELECT t.id, t.job_id, t.position, c.chunk_no
      FROM (
        SELECT DISTINCT ON (f.job_id, f.position, e.id) e.id, f.job_id, f.position
        FROM erasure e
        CROSS JOIN LATERAL found_messages(
          e.business_id, e.environment,
          CASE WHEN e.address IS NOT NULL THEN ARRAY[e.address] END, NULL, e.recipient_id
        ) AS f
        WHERE e.id = ANY ({0})
        ORDER BY f.job_id, f.position, e.id LIMIT {1}) AS t
      CROSS JOIN LATERAL (
        SELECT chunk_no FROM chunk
        WHERE chunk.job_id = t.job_id AND chunk.first_position <= t.position
        ORDER BY chunk_no DESC LIMIT 1) AS c
      ORDER BY t.job_id, t.position, t.id\
      """;

  private static final Field<Long> WANTED_JOB = field(name("wanted", "job_id"), SQLDataType.BIGINT);
  private static final Field<Integer> WANTED_POSITION =
      field(name("wanted", "position"), SQLDataType.INTEGER);

  private ErasedMessages() {}

  static List<Target> targets(DSLContext sql, UUID[] erasures, int limit) {
    return sql.resultQuery(TARGETS, val(erasures), inline(limit)).fetch(ErasedMessages::target);
  }

  static Erasure.Counts clear(DSLContext sql, Collection<MessageRef> messages) {
    Table<?> wanted =
        wanted(
            messages.stream()
                .map(message -> new Place(message.job().value(), message.position()))
                .toList());
    parked(sql, wanted);
    int erased = message(sql, wanted).execute();
    return new Erasure.Counts(
        0, erased, attempts(sql, wanted).execute() + (long) receipts(sql, wanted).execute());
  }

  /// Those of the messages that are erased.
  static Set<Place> erased(DSLContext sql, List<Place> messages) {
    return messages.isEmpty()
        ? Set.of()
        : sql.select(MESSAGE.JOB_ID, MESSAGE.POSITION)
            .from(wanted(messages))
            .join(MESSAGE)
            .on(isWanted(MESSAGE.JOB_ID, MESSAGE.POSITION))
            .where(MESSAGE.ADDRESS.eq(""))
            .fetchSet(row -> new Place(row.value1(), row.value2()));
  }

  /// Receipts that wait for their message know people by their addresses.
  private static void parked(DSLContext sql, Table<?> wanted) {
    sql.select(field("forget_parked_addresses({0})", SQLDataType.OTHER, arrayAgg(MESSAGE.ADDRESS)))
        .from(wanted)
        .join(MESSAGE)
        .on(isWanted(MESSAGE.JOB_ID, MESSAGE.POSITION))
        .where(MESSAGE.ADDRESS.ne(""))
        .execute();
  }

  private static Query message(DSLContext sql, Table<?> wanted) {
    return sql.update(MESSAGE)
        .set(MESSAGE.ADDRESS, "")
        .setNull(MESSAGE.TEXT)
        .setNull(MESSAGE.SUBJECT)
        .setNull(MESSAGE.HTML)
        .setNull(MESSAGE.PARAMETERS)
        .setNull(MESSAGE.VARIABLES)
        .setNull(MESSAGE.CLIENT_REF)
        .setNull(MESSAGE.RECIPIENT_ID)
        .from(wanted)
        .where(isWanted(MESSAGE.JOB_ID, MESSAGE.POSITION))
        .and(MESSAGE.ADDRESS.ne("").or(MESSAGE.RECIPIENT_ID.isNotNull()));
  }

  private static Query attempts(DSLContext sql, Table<?> wanted) {
    return sql.update(ATTEMPT)
        .setNull(ATTEMPT.DETAIL)
        .from(wanted)
        .where(isWanted(ATTEMPT.JOB_ID, ATTEMPT.POSITION))
        .and(ATTEMPT.DETAIL.isNotNull());
  }

  private static Query receipts(DSLContext sql, Table<?> wanted) {
    return sql.update(RECEIPT)
        .setNull(RECEIPT.DETAIL)
        .from(wanted)
        .where(isWanted(RECEIPT.JOB_ID, RECEIPT.POSITION))
        .and(RECEIPT.DETAIL.isNotNull());
  }

  /// The messages as a table to be joined by [#isWanted].
  static Table<?> wanted(List<Place> messages) {
    Long[] jobs = messages.stream().map(Place::job).toArray(Long[]::new);
    Integer[] positions = messages.stream().map(Place::position).toArray(Integer[]::new);
    return table("unnest({0}, {1})", val(jobs), val(positions)).as("wanted", "job_id", "position");
  }

  static Condition isWanted(Field<Long> job, Field<Integer> position) {
    return row(job, position).eq(row(WANTED_JOB, WANTED_POSITION));
  }

  /// Where a message stands.
  record Place(long job, int position) {}

  private static Target target(Record row) {
    return new Target(
        new ErasureId(row.get("id", UUID.class)),
        new MessageRef(
            new JobId(row.get("job_id", Long.class)),
            row.get("chunk_no", Integer.class),
            row.get("position", Integer.class)));
  }
}
