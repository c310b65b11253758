package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.CHUNK;
import static dev.carillon.persistence.schema.Tables.JOB;
import static dev.carillon.persistence.schema.Tables.MESSAGE;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.val;

import dev.carillon.application.port.Suppressions.Target;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.message.StatusByte;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// Whom an opt-out is meant for: found by the message that it answers, or by its address among
/// those who wrote to it.
///
/// @param session reads as the running transaction sees it
record OptOutScopes(Session session) {
  private static final String WRITERS =
      "SELECT business_id, environment FROM writers_to({0}, {1}, {2}, {3}, {4})";

  /// The carriers that a message was given to, by the mark and the attempts.
  private static final Field<String[]> GIVEN_TO =
      DSL.field(
              """
              array(
                SELECT coalesce(
                  (SELECT k.id FROM carrier k WHERE k.number = get_byte({0}, {1} - {2})), {3})
                WHERE get_byte({4}, {1} - {2}) >> {5} > 0
                UNION
                SELECT a.carrier FROM attempt a WHERE a.job_id = {6} AND a.position = {1})\
              """,
              SQLDataType.CLOB.array(),
              CHUNK.ROUTES,
              MESSAGE.POSITION,
              CHUNK.FIRST_POSITION,
              JOB.PROVIDER,
              CHUNK.STATUSES,
              DSL.inline(StatusByte.ATTEMPT_SHIFT),
              CHUNK.JOB_ID)
          .as("given_to");

  /// See [dev.carillon.application.port.Suppressions#targets].
  Map<MessageRef, Target> targets(Collection<MessageRef> messages) {
    if (messages.isEmpty()) {
      return Map.of();
    }
    Map<MessageRef, Target> targets = new HashMap<>();
    session
        .sql()
        .select(CHUNK.JOB_ID, CHUNK.CHUNK_NO, MESSAGE.POSITION)
        .select(JOB.BUSINESS_ID, JOB.ENVIRONMENT, JOB.CHANNEL, MESSAGE.ADDRESS, GIVEN_TO)
        .from(CHUNK)
        .join(JOB)
        .on(JOB.ID.eq(CHUNK.JOB_ID))
        .join(MESSAGE)
        .on(MESSAGE.JOB_ID.eq(CHUNK.JOB_ID))
        .and(MESSAGE.POSITION.ge(CHUNK.FIRST_POSITION))
        .and(MESSAGE.POSITION.lt(CHUNK.FIRST_POSITION.plus(CHUNK.SIZE)))
        .where(
            row(CHUNK.JOB_ID, CHUNK.CHUNK_NO, MESSAGE.POSITION)
                .in(
                    messages.stream()
                        .map(ref -> row(ref.job().value(), ref.chunk(), ref.position()))
                        .toList()))
        .and(MESSAGE.ADDRESS.ne(""))
        .forEach(row ->
            targets.put(
                new MessageRef(
                    ChunkRows.key(row).job(), row.get(CHUNK.CHUNK_NO), row.get(MESSAGE.POSITION)),
                new Target(
                    ScopeRows.of(row.get(JOB.BUSINESS_ID), row.get(JOB.ENVIRONMENT)),
                    Channel.valueOf(row.get(JOB.CHANNEL)),
                    row.get(MESSAGE.ADDRESS),
                    carriers(row.get(GIVEN_TO)))));
    return targets;
  }

  /// See [dev.carillon.application.port.Suppressions#writersTo].
  Set<Scope> writersTo(OptOut.OfAddress optOut, Instant since) {
    return Set.copyOf(
        session
            .sql()
            .resultQuery(
                WRITERS,
                val(optOut.carrier().value()),
                val(optOut.channel().name()),
                val(optOut.address()),
                val(optOut.sender()),
                val(since, SQLDataType.INSTANT))
            .fetch(row ->
                ScopeRows.of(
                    row.get("business_id", Long.class), row.get("environment", String.class))));
  }

  private static Set<CarrierId> carriers(String[] names) {
    return Arrays.stream(names).map(CarrierId::new).collect(Collectors.toSet());
  }
}
