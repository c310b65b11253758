package dev.carillon.persistence;

import static dev.carillon.persistence.StoreClock.fromNow;
import static dev.carillon.persistence.schema.Tables.LEASE_DELIVERIES;
import static dev.carillon.persistence.schema.Tables.WEBHOOK_ENDPOINT;
import static dev.carillon.persistence.schema.Tables.WEBHOOK_QUEUE;
import static dev.carillon.persistence.schema.Tables.WEBHOOK_WAITING;
import static org.jooq.impl.DSL.least;

import dev.carillon.application.port.WebhookDeliveries.Leased;
import dev.carillon.application.port.WebhookDeliveries.Share;
import dev.carillon.domain.webhook.EndpointHealth;
import dev.carillon.domain.webhook.EndpointId;
import dev.carillon.domain.webhook.StoredEvent;
import dev.carillon.persistence.schema.tables.records.EventRecord;
import dev.carillon.persistence.schema.tables.records.LeaseDeliveriesRecord;
import dev.carillon.persistence.schema.tables.records.WebhookEndpointRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.types.YearToSecond;
import org.jspecify.annotations.Nullable;

/// Leases deliveries and reads what is needed to try them.
///
/// @param session of the running transaction
record LeasedRows(Session session) {
  private static final Duration LEFT_FOR = Duration.ofSeconds(5);

  List<Leased> lease(Share share) {
    List<LeaseDeliveriesRecord> rows =
        session
            .sql()
            .selectFrom(
                LEASE_DELIVERIES(
                    share.node(),
                    share.most(),
                    share.perScope(),
                    share.perEndpoint(),
                    YearToSecond.valueOf(share.time()),
                    EndpointHealth.FAILURES_TO_OPEN))
            .fetch();
    if (rows.isEmpty()) {
      return List.of();
    }
    EventUnfolding unfolding = new EventUnfolding(session);
    List<Long> places = rows.stream().map(LeaseDeliveriesRecord::getLeasedNumber).toList();
    Map<Long, EventRecord> kept = unfolding.rows(places);
    Map<Long, StoredEvent> events = unfolding.at(places, kept);
    Map<Long, WebhookEndpointRecord> endpoints =
        session
            .sql()
            .selectFrom(WEBHOOK_ENDPOINT)
            .where(
                WEBHOOK_ENDPOINT.NUMBER.in(
                    rows.stream()
                        .map(LeaseDeliveriesRecord::getLeasedEndpoint)
                        .distinct()
                        .toList()))
            .and(WEBHOOK_ENDPOINT.DELETED_AT.isNull())
            .fetchMap(WEBHOOK_ENDPOINT.NUMBER);
    return rows.stream()
        .flatMap(row ->
            leased(
                row,
                kept.get(EventPlaces.row(row.getLeasedNumber())),
                events.get(row.getLeasedNumber()),
                endpoints.get(row.getLeasedEndpoint()))
                .stream())
        .toList();
  }

  /// Empty when the endpoint was deleted just now, the event is not kept any more, or only a newer
  /// version knows of its type.
  private Optional<Leased> leased(
      LeaseDeliveriesRecord row,
      @Nullable EventRecord kept,
      @Nullable StoredEvent event,
      @Nullable WebhookEndpointRecord endpoint) {
    if (kept != null && endpoint != null && !EventRows.isKnown(kept)) {
      leave(row);
    }
    if (event == null || endpoint == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Leased(
            endpoint.getNumber(),
            new EndpointId(endpoint.getEndpointId()),
            event,
            endpoint.getUrl(),
            EndpointRows.secrets(endpoint),
            row.getLeasedAttempt(),
            row.getLeasedTries(),
            row.getLeasedCreated(),
            row.getLeasedAt()));
  }

  /// Leaves a delivery to nodes of a newer version, as if it had not been leased.
  private void leave(LeaseDeliveriesRecord row) {
    session
        .sql()
        .update(WEBHOOK_WAITING)
        .set(WEBHOOK_WAITING.ATTEMPTS, WEBHOOK_WAITING.ATTEMPTS.minus(1))
        .set(WEBHOOK_WAITING.TRIES, WEBHOOK_WAITING.TRIES.minus(1))
        .set(WEBHOOK_WAITING.NEXT_DUE, fromNow(LEFT_FOR))
        .setNull(WEBHOOK_WAITING.LEASE_OWNER)
        .where(WEBHOOK_WAITING.ENDPOINT.eq(row.getLeasedEndpoint()))
        .and(WEBHOOK_WAITING.EVENT_NUMBER.eq(row.getLeasedNumber()))
        .execute();
    session
        .sql()
        .update(WEBHOOK_QUEUE)
        .set(WEBHOOK_QUEUE.NEXT_LOOK, least(WEBHOOK_QUEUE.NEXT_LOOK, fromNow(LEFT_FOR)))
        .where(WEBHOOK_QUEUE.ENDPOINT.eq(row.getLeasedEndpoint()))
        .execute();
  }
}
