package dev.carillon.persistence;

import dev.carillon.application.port.CarrierMessages.Part;
import dev.carillon.application.port.CarrierMessages.Parts;
import dev.carillon.domain.delivery.ReceiptKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/// Rows of what became of the parts of messages.
final class PartReceipts {
  private static final List<ReceiptKind> RANKING =
      List.of(ReceiptKind.SENT, ReceiptKind.UNDELIVERED, ReceiptKind.DELIVERED, ReceiptKind.READ);

  /// A statement does not see what it writes itself. It runs for every receipt of a part.
  private static final KeptStatement NOTE =
      new KeptStatement(
          """
          WITH noted AS (
            INSERT INTO part_receipt AS p (job_id, position, attempt_no, part_no, kind)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (job_id, position, attempt_no, part_no) DO UPDATE SET kind = excluded.kind
              WHERE p.kind = ANY (?)
            RETURNING part_no, kind)
          SELECT part_no, kind FROM noted
          UNION ALL
          SELECT part_no, kind FROM part_receipt
          WHERE job_id = ? AND position = ? AND attempt_no = ?
            AND part_no NOT IN (SELECT part_no FROM noted)\
          """);

  private PartReceipts() {}

  /// Notes the furthest of a part, and tells what is known of all parts of the attempt.
  static Parts note(DSLContext sql, Part part, ReceiptKind kind) {
    List<Told> told =
        NOTE.read(
            sql,
            (statement, connection) -> bind(statement, connection, part, kind),
            row -> new Told(row.getInt("part_no"), ReceiptKind.of(row.getInt("kind"))));
    return new Parts(part.of(), told.stream().collect(Collectors.toMap(Told::part, Told::kind)));
  }

  private static void bind(
      PreparedStatement statement, Connection connection, Part part, ReceiptKind kind)
      throws SQLException {
    statement.setLong(1, part.ref().job().value());
    statement.setInt(2, part.ref().position());
    statement.setInt(3, part.attempt());
    statement.setInt(4, part.number());
    statement.setInt(5, kind.code());
    statement.setArray(6, connection.createArrayOf("int2", before(kind)));
    statement.setLong(7, part.ref().job().value());
    statement.setInt(8, part.ref().position());
    statement.setInt(9, part.attempt());
  }

  /// The kinds that are less far.
  private static Short[] before(ReceiptKind kind) {
    return RANKING.stream()
        .takeWhile(other -> other != kind)
        .map(other -> (short) other.code())
        .toArray(Short[]::new);
  }

  private record Told(int part, ReceiptKind kind) {}
}
