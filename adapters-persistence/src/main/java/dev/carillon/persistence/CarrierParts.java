package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.CARRIER_PART;
import static org.jooq.impl.DSL.val;

import dev.carillon.application.port.CarrierMessages.Part;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageRef;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Record;

/// Rows of the ids that carriers know parts by: appended with the attempt, found by a hash.
final class CarrierParts {
  private static final String[] COLUMNS = {
    "job_id",
    "chunk_no",
    "position",
    "attempt_no",
    "part_no",
    "parts",
    "carrier",
    "id",
    "hash",
    "at"
  };

  /// One look into the index for each id, whatever the planner thinks of their number.
  private static final String FIND =
      """
      SELECT w.id, p.job_id, p.chunk_no, p.position, p.attempt_no, p.part_no, p.parts
      FROM unnest({0}, {1}) AS w(hash, id)
      CROSS JOIN LATERAL (
        SELECT c.job_id, c.chunk_no, c.position, c.attempt_no, c.part_no, c.parts
        FROM carrier_part c
        WHERE c.hash = w.hash AND c.carrier = {2} AND c.id = w.id
        ORDER BY c.at DESC, c.job_id DESC, c.position DESC, c.attempt_no DESC, c.part_no DESC
        LIMIT 1) AS p\
      """;

  private CarrierParts() {}

  /// Appends the ids that these attempts were answered with; most were with none.
  static void append(DSLContext sql, ChunkKey chunk, List<Attempt> attempts) {
    List<Row> rows = new ArrayList<>();
    for (Attempt attempt : attempts) {
      addTo(rows, chunk, attempt);
    }
    if (!rows.isEmpty()) {
      append(sql, rows);
    }
  }

  /// The parts that have these ids, each as it was given last.
  static Map<String, Part> find(DSLContext sql, CarrierId carrier, Collection<String> ids) {
    String[] wanted = ids.stream().filter(id -> !id.isEmpty()).distinct().toArray(String[]::new);
    if (wanted.length == 0) {
      return Map.of();
    }
    Long[] hashes = new Long[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      hashes[i] = CarrierPartHash.of(carrier.value(), wanted[i]);
    }
    return sql.resultQuery(FIND, val(hashes), val(wanted), val(carrier.value()))
        .fetchMap(row -> row.get("id", String.class), CarrierParts::part);
  }

  /// Appends those ids that their parts do not have yet.
  static void learn(DSLContext sql, CarrierId carrier, Map<String, Part> parts, Instant at) {
    Map<String, Part> known = find(sql, carrier, parts.keySet());
    List<Row> news = new ArrayList<>();
    parts.forEach((id, part) -> {
      if (!id.isEmpty() && !part.equals(known.get(id))) {
        news.add(new Row(part, carrier, id, at));
      }
    });
    if (!news.isEmpty()) {
      append(sql, news);
    }
  }

  private static void addTo(List<Row> rows, ChunkKey chunk, Attempt attempt) {
    List<String> ids = attempt.partIds();
    MessageRef ref = new MessageRef(chunk.job(), chunk.number(), attempt.position());
    for (int i = 0; i < ids.size(); i++) {
      if (!ids.get(i).isEmpty()) {
        Part part = new Part(ref, attempt.number(), i + 1, ids.size());
        rows.add(new Row(part, attempt.carrier(), ids.get(i), attempt.at()));
      }
    }
  }

  private static void append(DSLContext sql, List<Row> rows) {
    BinaryCopy.into(
        sql,
        CARRIER_PART.getName(),
        COLUMNS,
        copy -> {
          for (Row row : rows) {
            row.writeTo(copy);
          }
        });
  }

  static Part part(Record row) {
    return new Part(
        new MessageRef(
            new JobId(row.get("job_id", Long.class)),
            row.get("chunk_no", Integer.class),
            row.get("position", Integer.class)),
        row.get("attempt_no", Integer.class),
        row.get("part_no", Integer.class),
        row.get("parts", Integer.class));
  }

  private record Row(Part part, CarrierId carrier, String id, Instant at) {
    void writeTo(BinaryCopy copy) throws IOException {
      copy.row()
          .int8(part.ref().job().value())
          .int4(part.ref().chunk())
          .int4(part.ref().position())
          .int2(part.attempt())
          .int2(part.number())
          .int2(part.of())
          .text(carrier.value())
          .text(id)
          .int8(CarrierPartHash.of(carrier.value(), id))
          .timestamp(at);
    }
  }
}
