package dev.carillon.persistence;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.val;

import dev.carillon.application.port.CarrierMessages.Part;
import dev.carillon.domain.delivery.CarrierReceipt;
import dev.carillon.domain.delivery.ReceiptKind;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Finds the parts that receipts are about, where carriers may give an id again one day: the latest
/// of which the same was not told yet, or of which it was told with the same time.
final class PartMatches {
  /// One look into the index for each id, whatever the planner thinks of their number. What was
  /// told of a part is told under its id.
  private static final String MATCH =
      """
      SELECT w.place, p.job_id, p.chunk_no, p.position, p.attempt_no, p.part_no, p.parts
      FROM unnest({0}, {1}, {2}, {3}, {4}, {5}, {6})
        AS w(place, hash, carrier, id, kind, at, given_by)
      CROSS JOIN LATERAL (
        SELECT c.job_id, c.chunk_no, c.position, c.attempt_no, c.part_no, c.parts
        FROM carrier_part c
        CROSS JOIN LATERAL (
          SELECT count(*) AS told, count(*) FILTER (WHERE r.at = w.at) AS again
          FROM receipt r
          WHERE r.job_id = c.job_id AND r.position = c.position AND r.kind = w.kind
            AND r.carrier_message_id = c.id) AS same
        WHERE c.hash = w.hash AND c.carrier = w.carrier AND c.id = w.id
          AND (w.given_by IS NULL OR c.at <= w.given_by)
          AND (same.told = 0 OR same.again > 0 OR w.kind = {7})
        ORDER BY
          same.again = 0, c.at DESC, c.job_id DESC, c.position DESC, c.attempt_no DESC,
          c.part_no DESC
        LIMIT 1) AS p\
      """;

  private PartMatches() {}

  /// The parts that these are about; those for which there is none are left out.
  static Map<CarrierReceipt, Part> of(DSLContext sql, List<CarrierReceipt> receipts) {
    Map<CarrierReceipt, Part> found = new HashMap<>();
    List<Wanted> wanted = receipts.stream().map(receipt -> new Wanted(receipt, null)).toList();
    match(sql, wanted).forEach((place, part) -> found.put(receipts.get(place), part));
    return found;
  }

  /// The parts that these are about, by their places.
  static Map<Integer, Part> match(DSLContext sql, List<Wanted> wanted) {
    List<Integer> places = new ArrayList<>(wanted.size());
    for (int place = 0; place < wanted.size(); place++) {
      if (!wanted.get(place).receipt().carrierMessageId().isEmpty()) {
        places.add(place);
      }
    }
    if (places.isEmpty()) {
      return Map.of();
    }
    List<Wanted> named = places.stream().map(wanted::get).toList();
    return sql.resultQuery(
            MATCH,
            val(places.toArray(Integer[]::new)),
            val(column(named, PartMatches::hash, Long[]::new)),
            val(column(named, one -> one.receipt().carrier().value(), String[]::new)),
            val(column(named, one -> one.receipt().carrierMessageId(), String[]::new)),
            val(column(named, one -> (short) one.receipt().kind().code(), Short[]::new)),
            val(column(named, one -> time(one.receipt().at()), OffsetDateTime[]::new)),
            val(column(named, Wanted::lastTime, OffsetDateTime[]::new)),
            inline((short) ReceiptKind.SENT.code()))
        .fetchMap(row -> row.get("place", Integer.class), CarrierParts::part);
  }

  private static <T extends @Nullable Object> T[] column(
      List<Wanted> wanted, Function<Wanted, T> value, IntFunction<T[]> array) {
    return wanted.stream().map(value).toArray(array);
  }

  private static long hash(Wanted wanted) {
    CarrierReceipt receipt = wanted.receipt();
    return CarrierPartHash.of(receipt.carrier().value(), receipt.carrierMessageId());
  }

  private static OffsetDateTime time(Instant time) {
    return BinaryCopy.held(time).atOffset(ZoneOffset.UTC);
  }

  /// A receipt whose part is wanted.
  ///
  /// @param givenBy a part that got the id later is not meant; null for any
  record Wanted(CarrierReceipt receipt, @Nullable Instant givenBy) {
    private @Nullable OffsetDateTime lastTime() {
      return givenBy == null ? null : time(givenBy);
    }
  }
}
