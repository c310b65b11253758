package dev.carillon.application.memory;

import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.WebhookDeliveries;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.MessageId;
import dev.carillon.domain.webhook.Delivery;
import dev.carillon.domain.webhook.DeliveryAttempt;
import dev.carillon.domain.webhook.DeliveryState;
import dev.carillon.domain.webhook.DisableReason;
import dev.carillon.domain.webhook.Endpoint;
import dev.carillon.domain.webhook.EndpointDetails;
import dev.carillon.domain.webhook.EndpointEvent;
import dev.carillon.domain.webhook.EndpointId;
import dev.carillon.domain.webhook.EventType;
import dev.carillon.domain.webhook.MessageEvent;
import dev.carillon.domain.webhook.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Deliveries in memory.
public final class InMemoryDeliveries implements WebhookDeliveries {
  private final InMemoryStore store;
  private final InMemoryEndpoints endpoints;
  private final InMemoryOutbox outbox;
  private final InstantSource clock;
  private final Map<Key, Row> rows =
      new TreeMap<>(Comparator.comparingLong(Key::endpoint).thenComparingLong(Key::event));

  InMemoryDeliveries(
      InMemoryStore store,
      InMemoryEndpoints endpoints,
      InMemoryOutbox outbox,
      InstantSource clock) {
    this.store = store;
    this.endpoints = endpoints;
    this.outbox = outbox;
    this.clock = clock;
    endpoints.tellBeginningsTo(this::beginAnew);
  }

  @Override
  public List<Leased> lease(Share share) {
    return store.inTransaction(() -> {
      List<Leased> leased = new ArrayList<>();
      for (InMemoryEndpoints.Row endpoint : endpoints.all()) {
        if (endpoint.endpoint().details().enabled()
            && !clock.instant().isBefore(endpoint.openUntil())) {
          lease(share, endpoint, leased);
        }
      }
      return List.copyOf(leased);
    });
  }

  @Override
  public boolean settle(List<Ended> ended) {
    return store.inTransaction(() -> {
      boolean disabled = false;
      for (Ended one : ended) {
        disabled |= settle(one);
      }
      return disabled;
    });
  }

  @Override
  public List<Leased> settleAndLease(List<Ended> ended, Share share) {
    return store.inTransaction(() -> {
      boolean _ = settle(ended);
      return lease(share);
    });
  }

  @Override
  public int giveUp(Duration waited, int most) {
    return store.inTransaction(() -> {
      Instant before = clock.instant().minus(waited);
      List<Row> old =
          rows.values().stream()
              .filter(row -> row.isPending() && row.createdAt().isBefore(before))
              .limit(most)
              .toList();
      old.forEach(row -> put(row.over(DeliveryState.GIVEN_UP, clock.instant())));
      return old.size();
    });
  }

  @Override
  public Page<Delivery> list(Scope scope, EndpointId endpoint, Filter filter, PageRequest page) {
    return store.inTransaction(() -> {
      long number = endpoints.row(scope, endpoint).map(InMemoryEndpoints.Row::number).orElse(0L);
      List<Delivery> fitting =
          rows.values().stream()
              .filter(row -> row.key().endpoint() == number)
              .filter(row -> filter.event() == null || row.event().id().equals(filter.event()))
              .filter(row -> filter.states().isEmpty() || filter.states().contains(row.state()))
              .map(Row::shown)
              .toList()
              .reversed();
      return Pages.of(fitting, delivery -> delivery.event().number(), page);
    });
  }

  @Override
  public void redeliver(StoredEvent event, EndpointId endpoint) {
    store.requireTransaction();
    long number = endpoints.row(event.scope(), endpoint).orElseThrow().number();
    Row before = rows.get(new Key(number, event.number()));
    if (before != null) {
      put(before.anew(clock.instant()).createdAt(clock.instant()));
      return;
    }
    JobId job =
        outbox.told().stream()
            .filter(told -> told.id().equals(event.id()))
            .findFirst()
            .orElseThrow()
            .job();
    put(Row.first(new Key(number, event.number()), event, job, clock.instant()));
  }

  /// What waits for the endpoint is due, and tried as if it had just happened.
  private void beginAnew(long endpoint) {
    rows.values().stream()
        .filter(row -> row.key().endpoint() == endpoint && row.isPending())
        .toList()
        .forEach(row -> put(row.anew(clock.instant())));
  }

  /// For every endpoint that hears of it.
  void putDown(StoredEvent event, @Nullable JobId job) {
    for (InMemoryEndpoints.Row endpoint : endpoints.all()) {
      if (endpoint.endpoint().scope().equals(event.scope()) && hears(endpoint, event)) {
        put(Row.first(new Key(endpoint.number(), event.number()), event, job, clock.instant()));
      }
    }
  }

  private static boolean hears(InMemoryEndpoints.Row endpoint, StoredEvent event) {
    EndpointDetails details = endpoint.endpoint().details();
    return (event.event() instanceof EndpointEvent own && own.type() == EventType.WEBHOOK_TEST)
        ? details.enabled() && own.endpoint().equals(endpoint.endpoint().id())
        : details.hears(event.event().type());
  }

  private void lease(Share share, InMemoryEndpoints.Row endpoint, List<Leased> leased) {
    Instant now = clock.instant();
    List<Row> own =
        rows.values().stream()
            .filter(row -> row.key().endpoint() == endpoint.number() && row.isPending())
            .toList();
    long live = own.stream().filter(row -> row.isLeased(now)).count();
    Scope scope = endpoint.endpoint().scope();
    long ofScope =
        rows.values().stream()
            .filter(row -> row.event().scope().equals(scope) && row.isLeased(now))
            .count();
    long room =
        Math.min(
            (endpoint.health().oneAtATime() ? 1 : share.perEndpoint()) - live,
            share.perScope() - ofScope);
    for (Row row : own) {
      boolean first =
          row.job() == null
              || own.stream()
                  .noneMatch(other ->
                      Objects.equals(other.job(), row.job())
                          && Objects.equals(other.message(), row.message())
                          && other.key().event() < row.key().event());
      if (room > 0
          && leased.size() < share.most()
          && first
          && !row.isLeased(now)
          && !row.nextDue().isAfter(now)) {
        room--;
        Row taken = row.leased(now.plus(share.time()));
        put(taken);
        leased.add(
            new Leased(
                endpoint.number(),
                endpoint.endpoint().id(),
                row.event(),
                endpoint.endpoint().details().url(),
                endpoint.endpoint().secrets(),
                taken.attempts(),
                taken.tries(),
                row.createdAt(),
                now));
      }
    }
  }

  private boolean settle(Ended ended) {
    Leased leased = ended.leased();
    Scope scope = leased.event().scope();
    InMemoryEndpoints.Row endpoint = endpoints.row(scope, leased.endpointId()).orElse(null);
    if (endpoint == null) {
      return false;
    }
    Outcome outcome = ended.decide().apply(endpoint.health());
    if (!note(leased, ended.attempt(), outcome)) {
      return false;
    }
    Instant open = clock.instant().plus(outcome.pause());
    endpoints.put(
        new InMemoryEndpoints.Row(
            endpoint.number(),
            endpoint.endpoint(),
            outcome.health(),
            open.isAfter(endpoint.openUntil()) ? open : endpoint.openUntil()));
    return outcome.disable() != null
        && endpoint.endpoint().details().enabled()
        && disable(endpoint.endpoint(), outcome.disable(), ended.attempt().at());
  }

  /// Whether the attempt still counts.
  private boolean note(Leased leased, DeliveryAttempt attempt, Outcome outcome) {
    Row row = rows.get(new Key(leased.endpoint(), leased.event().number()));
    if (row == null) {
      return false;
    }
    Row noted = row.with(attempt);
    boolean last = row.isPending() && row.attempts() == leased.attempt();
    boolean counts = last && row.tries() == leased.tries();
    if (outcome.state() == DeliveryState.DELIVERED) {
      noted =
          row.state() == DeliveryState.DELIVERED
              ? noted
              : noted.over(DeliveryState.DELIVERED, clock.instant());
    } else if (counts && outcome.next() == null) {
      noted = noted.over(outcome.state(), clock.instant());
    } else if (counts) {
      noted = noted.due(clock.instant().plus(Objects.requireNonNull(outcome.next())));
    } else if (last) {
      noted = noted.due(clock.instant());
    }
    put(noted);
    return counts;
  }

  private boolean disable(Endpoint endpoint, DisableReason reason, Instant at) {
    EndpointDetails details = endpoint.details();
    Endpoint off =
        new Endpoint(
            endpoint.id(),
            endpoint.scope(),
            new EndpointDetails(details.url(), details.types(), details.description(), false),
            endpoint.secrets(),
            reason,
            endpoint.revision() + 1,
            endpoint.createdBy(),
            endpoint.createdAt(),
            clock.instant());
    endpoints.update(off);
    var _ = outbox.append(endpoint.scope(), EndpointEvent.disabled(endpoint.id(), reason, at));
    return true;
  }

  private void put(Row row) {
    store.put(rows, row.key(), row);
  }

  private record Key(long endpoint, long event) {}

  private record Row(
      Key key,
      StoredEvent event,
      @Nullable JobId job,
      DeliveryState state,
      int attempts,
      int tries,
      Instant createdAt,
      Instant nextDue,
      @Nullable Instant leaseUntil,
      @Nullable Instant doneAt,
      List<DeliveryAttempt> made) {
    static Row first(Key key, StoredEvent event, @Nullable JobId job, Instant now) {
      return new Row(key, event, job, DeliveryState.PENDING, 0, 0, now, now, null, null, List.of());
    }

    /// Whose events come one after the other; null for those of the job itself.
    @Nullable MessageId message() {
      return event.event() instanceof MessageEvent of ? of.id() : null;
    }

    boolean isPending() {
      return state == DeliveryState.PENDING;
    }

    boolean isLeased(Instant now) {
      return leaseUntil != null && now.isBefore(leaseUntil);
    }

    Row leased(Instant until) {
      return new Row(
          key, event, job, state, attempts + 1, tries + 1, createdAt, nextDue, until, doneAt, made);
    }

    Row with(DeliveryAttempt attempt) {
      List<DeliveryAttempt> all = new ArrayList<>(made);
      all.add(attempt);
      return new Row(
          key,
          event,
          job,
          state,
          attempts,
          tries,
          createdAt,
          nextDue,
          leaseUntil,
          doneAt,
          List.copyOf(all));
    }

    Row over(DeliveryState end, Instant now) {
      return new Row(key, event, job, end, attempts, tries, createdAt, nextDue, null, now, made);
    }

    Row due(Instant next) {
      return new Row(key, event, job, state, attempts, tries, createdAt, next, null, null, made);
    }

    /// To be tried as if it had just happened, after the attempt that is under way.
    Row anew(Instant now) {
      return new Row(
          key,
          event,
          job,
          DeliveryState.PENDING,
          attempts,
          0,
          createdAt,
          now,
          leaseUntil,
          null,
          made);
    }

    Row createdAt(Instant now) {
      return new Row(
          key, event, job, state, attempts, tries, now, nextDue, leaseUntil, doneAt, made);
    }

    Delivery shown() {
      return new Delivery(
          event,
          state,
          attempts,
          createdAt,
          isPending() ? nextDue : null,
          doneAt,
          made.subList(Math.max(0, made.size() - Delivery.MOST_ATTEMPTS_SHOWN), made.size()));
    }
  }
}
