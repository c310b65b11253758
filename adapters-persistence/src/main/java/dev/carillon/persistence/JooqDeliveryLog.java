package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.ATTEMPT;

import dev.carillon.application.port.DeliveryLog;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.persistence.ErasedMessages.Place;
import dev.carillon.persistence.ReceiptRows.Said;
import dev.carillon.persistence.ReceiptRows.Told;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Record;

/// Attempts and receipts in PostgreSQL, appended by COPY.
final class JooqDeliveryLog implements DeliveryLog {
  private static final List<Short> OF_CARRIERS =
      Arrays.stream(Reason.values())
          .filter(Reason::isOfCarrier)
          .map(reason -> (short) reason.code())
          .toList();

  private final Session session;
  private final InstantSource clock;

  JooqDeliveryLog(Session session, InstantSource clock) {
    this.session = session;
    this.clock = clock;
  }

  @Override
  public void appendAttempts(ChunkKey chunk, List<Attempt> attempts) {
    if (attempts.isEmpty()) {
      return;
    }
    Set<Place> erased = erasedOf(chunk.job(), attempts);
    BinaryCopy.into(
        session.sql(),
        ATTEMPT.getName(),
        AttemptRows.COLUMNS,
        copy -> {
          for (Attempt attempt : attempts) {
            AttemptRows.write(copy, chunk.job(), attempt, kept(chunk.job(), attempt, erased));
          }
        });
    CarrierParts.append(session.sql(), chunk, attempts);
  }

  @Override
  public void appendMissingAttempts(ChunkKey chunk, List<Attempt> attempts) {
    if (attempts.isEmpty()) {
      return;
    }
    Set<Place> erased = erasedOf(chunk.job(), attempts);
    Set<Row> appended =
        session
            .sql()
            .insertInto(ATTEMPT)
            .columns(ATTEMPT.fields())
            .valuesOfRecords(
                attempts.stream()
                    .map(attempt ->
                        AttemptRows.row(chunk.job(), attempt, kept(chunk.job(), attempt, erased)))
                    .toList())
            .onConflictDoNothing()
            .returningResult(ATTEMPT.POSITION, ATTEMPT.ATTEMPT_NO, ATTEMPT.OUTCOME)
            .fetchSet(Row::of);
    CarrierParts.append(
        session.sql(),
        chunk,
        attempts.stream().filter(attempt -> appended.contains(Row.of(attempt))).toList());
  }

  @Override
  public Map<Integer, Set<CarrierId>> refusedBy(JobId job, int first, int size) {
    Map<Integer, Set<CarrierId>> refused = new HashMap<>();
    session
        .sql()
        .select(ATTEMPT.POSITION, ATTEMPT.CARRIER)
        .from(ATTEMPT)
        .where(ATTEMPT.JOB_ID.eq(job.value()))
        .and(ATTEMPT.POSITION.ge(first))
        .and(ATTEMPT.POSITION.lt(first + size))
        .and(ATTEMPT.OUTCOME.eq((short) OutcomeKind.REJECTED.code()))
        .and(ATTEMPT.REASON.in(OF_CARRIERS))
        .forEach(row ->
            refused
                .computeIfAbsent(row.value1(), _ -> new HashSet<>())
                .add(new CarrierId(row.value2())));
    return refused;
  }

  @Override
  public void appendReceipts(List<Receipt> receipts) {
    if (receipts.isEmpty()) {
      return;
    }
    Set<Place> erased = erasedOf(receipts);
    Set<Said> said =
        ReceiptRows.saidOf(
            session.sql(), receipts.stream().map(ReceiptRows::place).distinct().toList());
    List<Told> news = new ArrayList<>(receipts.size());
    for (Receipt receipt : receipts) {
      Said says = ReceiptRows.said(receipt, kept(receipt, erased));
      if (said.add(says)) {
        news.add(new Told(says, receipt.at()));
      }
    }
    if (!news.isEmpty()) {
      ReceiptRows.append(session.sql(), news, clock.instant());
    }
  }

  /// Their words may name whom the house has forgotten, and nothing would find them again.
  private Set<Place> erasedOf(JobId job, List<Attempt> attempts) {
    return ErasedMessages.erased(
        session.sql(),
        attempts.stream()
            .filter(attempt -> !attempt.detail().isEmpty())
            .map(attempt -> place(job, attempt))
            .toList());
  }

  private Set<Place> erasedOf(List<Receipt> receipts) {
    return ErasedMessages.erased(
        session.sql(),
        receipts.stream()
            .filter(receipt -> !receipt.detail().isEmpty())
            .map(ReceiptRows::place)
            .distinct()
            .toList());
  }

  private static Place place(JobId job, Attempt attempt) {
    return new Place(job.value(), attempt.position());
  }

  private static String kept(JobId job, Attempt attempt, Set<Place> erased) {
    return erased.contains(place(job, attempt)) ? "" : attempt.detail();
  }

  private static String kept(Receipt receipt, Set<Place> erased) {
    return erased.contains(ReceiptRows.place(receipt)) ? "" : receipt.detail();
  }

  /// What tells the attempts of a job apart.
  private record Row(int position, int number, int outcome) {
    static Row of(Attempt attempt) {
      return new Row(attempt.position(), attempt.number(), attempt.kind().code());
    }

    static Row of(Record row) {
      return new Row(
          row.get(ATTEMPT.POSITION), row.get(ATTEMPT.ATTEMPT_NO), row.get(ATTEMPT.OUTCOME));
    }
  }
}
