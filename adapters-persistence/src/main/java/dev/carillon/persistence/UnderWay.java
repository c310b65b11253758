package dev.carillon.persistence;

import static java.util.stream.Collectors.toMap;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.val;

import dev.carillon.application.port.CarrierMessages.Part;
import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.StatusByte;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Record;

/// Messages that were handed over and whose answer is not known, found by whom they went to.
final class UnderWay {
  /// Few messages are under way at any time, so they are gone through, by their chunks; the address
  /// of each is looked up by its key, whatever the planner thinks of their number (OFFSET 0). What
  /// was parked well before the answer was given up is about something else; a minute is for those
  /// that were told while it was still awaited.
  private static final String ONLY =
      """
      WITH wanted AS MATERIALIZED (
        SELECT w.number, w.carrier, w.address, w.parked_at FROM parked_receipt w
        WHERE w.number = ANY ({0}) AND w.address <> '' AND NOT EXISTS (
          SELECT FROM parked_receipt o
          WHERE o.address = w.address AND o.carrier = w.carrier AND o.id <> w.id)),
      under_way AS MATERIALIZED (
        SELECT
          c.job_id, c.chunk_no, c.first_position + place AS position,
          get_byte(c.statuses, place) AS status, j.started_at,
          coalesce(
            (SELECT k.id FROM carrier k WHERE k.number = get_byte(c.routes, place)), j.provider) AS carrier
        FROM chunk c
        JOIN job j ON j.id = c.job_id
        CROSS JOIN LATERAL generate_series(0, c.size - 1) AS place
        WHERE (c.unknown > 0 OR c.open AND c.in_flight > 0)
          AND get_byte(c.statuses, place) & {1} = ANY ({2}) AND EXISTS (SELECT FROM wanted)),
      alone AS MATERIALIZED (
      SELECT
        w.number, min(u.job_id) AS job_id, min(u.chunk_no) AS chunk_no, min(u.position) AS position,
        min(u.status) >> {3} AS attempt, min(w.parked_at) AS parked_at
      FROM under_way u
      CROSS JOIN LATERAL (
        SELECT m.address, m.parts FROM message m
        WHERE m.job_id = u.job_id AND m.position = u.position OFFSET 0) AS m
      JOIN wanted w ON w.address = m.address AND w.carrier = u.carrier AND w.parked_at >= u.started_at
      GROUP BY w.number
      HAVING count(*) = 1 AND min(m.parts) = 1 AND min(u.status) & {1} = {4})
      SELECT a.* FROM alone a
      WHERE NOT EXISTS (
        SELECT FROM attempt t
        WHERE t.job_id = a.job_id AND t.position = a.position AND t.outcome = {5}
          AND t.at > a.parked_at + interval '1 minute')\
      """;

  private static final Integer[] STATES =
      Arrays.stream(MessageState.values())
          .filter(state -> state.isInDoubt() || state.isMarked())
          .map(MessageState::code)
          .toArray(Integer[]::new);

  private UnderWay() {}

  /// For each of these parked receipts whose address nobody else's receipt names: the only message
  /// under way to it through its carrier, if that is one of a single part and in doubt.
  static Map<Long, Part> only(DSLContext sql, List<Long> parked) {
    return parked.isEmpty()
        ? Map.of()
        : sql
            .resultQuery(
                ONLY,
                val(parked.toArray(Long[]::new)),
                inline(StatusByte.STATE_MASK),
                val(STATES),
                inline(StatusByte.ATTEMPT_SHIFT),
                inline(MessageState.UNKNOWN.code()),
                inline(OutcomeKind.UNCONFIRMED.code()))
            .stream()
            .collect(toMap(row -> row.get("number", Long.class), UnderWay::part));
  }

  private static Part part(Record row) {
    return new Part(
        new MessageRef(
            new JobId(row.get("job_id", Long.class)),
            row.get("chunk_no", Integer.class),
            row.get("position", Integer.class)),
        row.get("attempt", Integer.class),
        1,
        1);
  }
}
