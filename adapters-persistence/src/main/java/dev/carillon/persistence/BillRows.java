package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.CHUNK;
import static dev.carillon.persistence.schema.Tables.JOB;

import dev.carillon.domain.billing.Bill;
import dev.carillon.domain.billing.BillLine;
import dev.carillon.domain.billing.ChunkMoney;
import dev.carillon.domain.billing.Costs;
import dev.carillon.domain.billing.LineNumbers;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.PriceId;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.persistence.schema.tables.records.JobRecord;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// Between the columns of jobs and chunks that say what their messages cost, and the domain.
final class BillRows {
  /// What a job says of the cost of its messages.
  static final List<Field<?>> OF_JOB =
      List.of(
          JOB.CURRENCY,
          JOB.HELD,
          JOB.LINE_PRICES,
          JOB.LINE_PARTS,
          JOB.LINE_COSTS,
          JOB.REFUNDS_UNDELIVERED,
          JOB.REFUNDS_LOST);

  /// What it has to say for the money of its chunks.
  static final List<Field<?>> FOR_CHUNKS =
      List.of(JOB.LINE_COSTS, JOB.REFUNDS_UNDELIVERED, JOB.REFUNDS_LOST);

  /// What a chunk says of its money.
  static final List<Field<?>> OF_CHUNK = List.of(CHUNK.CAPTURED, CHUNK.REFUNDED, CHUNK.LINES);

  private BillRows() {}

  static void write(JobRecord row, Bill bill) {
    List<BillLine> lines = bill.lines();
    boolean free = lines.isEmpty();
    row.setLinePrices(
        free ? null : lines.stream().map(line -> line.price().value()).toArray(Long[]::new));
    row.setLineParts(free ? null : lines.stream().map(BillLine::parts).toArray(Integer[]::new));
    row.setLineCosts(free ? null : lines.stream().map(BillLine::costMicros).toArray(Long[]::new));
    row.setRefundsUndelivered(bill.plan().undelivered());
    row.setRefundsLost(bill.plan().lostAnswer());
  }

  static Bill bill(Record row) {
    String currency = row.get(JOB.CURRENCY);
    Money total = new Money(currency, row.get(JOB.HELD));
    return new Bill(currency, lines(row), plan(row), total);
  }

  /// The money of a chunk, from a row that has both.
  static ChunkMoney money(Record row) {
    LineNumbers lines = LineNumbers.stored(row.get(CHUNK.LINES.getName(), byte[].class));
    return lines.isEmpty()
        ? ChunkMoney.FREE
        : new ChunkMoney(
            lines,
            costs(row.get(JOB.LINE_COSTS)),
            plan(row),
            row.get(CHUNK.CAPTURED.getName(), Long.class),
            row.get(CHUNK.REFUNDED.getName(), Long.class));
  }

  /// The same of a row that comes without jOOQ.
  static ChunkMoney money(ResultSet row) throws SQLException {
    LineNumbers lines = LineNumbers.stored(row.getBytes("lines"));
    return lines.isEmpty()
        ? ChunkMoney.FREE
        : new ChunkMoney(
            lines,
            costs(row.getArray("line_costs")),
            new RefundPlan(row.getBoolean("refunds_undelivered"), row.getBoolean("refunds_lost")),
            row.getLong("captured"),
            row.getLong("refunded"));
  }

  private static Costs costs(@Nullable Array stored) throws SQLException {
    return stored == null ? Costs.NONE : costs((Long[]) stored.getArray());
  }

  private static Costs costs(Long @Nullable [] stored) {
    return stored == null
        ? Costs.NONE
        : Costs.of(Arrays.stream(stored).mapToLong(Long::longValue).toArray());
  }

  private static RefundPlan plan(Record row) {
    return new RefundPlan(row.get(JOB.REFUNDS_UNDELIVERED), row.get(JOB.REFUNDS_LOST));
  }

  private static List<BillLine> lines(Record row) {
    Long[] prices = row.get(JOB.LINE_PRICES);
    Integer[] parts = row.get(JOB.LINE_PARTS);
    Long[] costs = row.get(JOB.LINE_COSTS);
    if (prices == null || parts == null || costs == null) {
      return List.of();
    }
    List<BillLine> lines = new ArrayList<>(prices.length);
    for (int line = 0; line < prices.length; line++) {
      lines.add(new BillLine(new PriceId(prices[line]), parts[line], costs[line]));
    }
    return lines;
  }
}
