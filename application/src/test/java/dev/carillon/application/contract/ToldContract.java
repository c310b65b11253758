package dev.carillon.application.contract;

import dev.carillon.application.port.EventLog;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.WebhookDeliveries.Filter;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.webhook.Delivery;
import dev.carillon.domain.webhook.Endpoint;
import dev.carillon.domain.webhook.EndpointDetails;
import dev.carillon.domain.webhook.EndpointId;
import dev.carillon.domain.webhook.EventType;
import dev.carillon.domain.webhook.JobEvent;
import dev.carillon.domain.webhook.SealedSecret;
import dev.carillon.domain.webhook.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What the suites of events and webhooks share: a business of its own for every test, an outbox
/// that is empty before, and no endpoint left afterwards. Everything goes through the ports.
public abstract class ToldContract {
  /// When things happen, as they are told.
  protected static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456Z");

  private static final int MANY = 1_000;
  private static final AtomicLong JOBS = new AtomicLong(1_000);

  private final List<Endpoint> made = new ArrayList<>();
  private @Nullable EventPorts ports;
  private @Nullable Scope scope;
  private long since;

  /// Connects to the store; called once for every test.
  protected abstract EventPorts newPorts();

  @BeforeEach
  void open() {
    EventPorts opened = newPorts();
    ports = opened;
    scope = opened.newScope().get();
    numberAll();
    since = events().newest();
  }

  @AfterEach
  void leaveNothingToDo() {
    made.forEach(endpoint ->
        ports()
            .transactions()
            .run(() -> {
              boolean _ = ports().endpoints().delete(endpoint.scope(), endpoint.id(), NOW);
            }));
  }

  protected final EventPorts ports() {
    return Objects.requireNonNull(ports);
  }

  protected final EventLog events() {
    return ports().events();
  }

  /// The LIVE scope of this test's own business.
  protected final Scope scope() {
    return Objects.requireNonNull(scope);
  }

  /// The TEST scope of the same business.
  protected final Scope testScope() {
    return new Scope(scope().business(), Environment.TEST);
  }

  /// A job that nobody else tells of.
  protected static JobId newJob() {
    return new JobId(JOBS.incrementAndGet());
  }

  protected static JobEvent event(JobId job, EventType type, Instant at) {
    return new JobEvent(
        type, new BulkId(new UUID(1, job.value())), JobStatus.PARTIAL, 1_000, 985, 15, at);
  }

  /// Tells of a job in a transaction of its own.
  protected final JobEvent tell(JobId job, EventType type) {
    return tell(scope(), job, type);
  }

  protected final JobEvent tell(Scope owner, JobId job, EventType type) {
    JobEvent event = event(job, type, NOW);
    ports().transactions().run(() -> ports().outbox().append(owner, job, event));
    return event;
  }

  /// Tells of so many jobs that each has started.
  protected final void tellOfJobs(int jobs) {
    for (int i = 0; i < jobs; i++) {
      tell(newJob(), EventType.BULK_STARTED);
    }
  }

  /// Has all that is committed be numbered.
  protected final void numberAll() {
    while (events().number(MANY) > 0) {
      // the outbox is longer than that
    }
  }

  protected final List<StoredEvent> read(Scope owner, long after) {
    return events().read(owner, after, Set.of(), MANY).events();
  }

  /// What of the scope's got its number in this test.
  protected final List<StoredEvent> told() {
    return read(scope(), since);
  }

  /// Where an event stands among those, from 1.
  protected final int place(StoredEvent event) {
    return told().indexOf(event) + 1;
  }

  /// The last of them.
  protected final StoredEvent newest() {
    return told().getLast();
  }

  protected final Endpoint endpoint(EventType... types) {
    return store(scope(), details(true, types));
  }

  protected final Endpoint store(Scope owner, EndpointDetails details) {
    Endpoint endpoint = newEndpoint(owner, details);
    ports().transactions().run(() -> insert(endpoint));
    return endpoint;
  }

  /// Inside the caller's transaction.
  protected final void insert(Endpoint endpoint) {
    made.add(endpoint);
    ports().endpoints().insert(endpoint);
  }

  protected static Endpoint newEndpoint(Scope owner, EndpointDetails details) {
    EndpointId id = new EndpointId(UUID.randomUUID());
    return Endpoint.create(id, owner, details, new SealedSecret("sealed " + id), "anna", NOW);
  }

  protected static EndpointDetails details(boolean enabled, EventType... types) {
    return new EndpointDetails("https://example.org/", Set.of(types), "", enabled);
  }

  protected final List<Delivery> listed(Endpoint endpoint) {
    return ports()
        .deliveries()
        .list(endpoint.scope(), endpoint.id(), new Filter(null, Set.of()), PageRequest.first())
        .items();
  }
}
