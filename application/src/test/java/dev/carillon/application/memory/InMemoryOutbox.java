package dev.carillon.application.memory;

import dev.carillon.application.port.CarrierNumbers;
import dev.carillon.application.port.Outbox;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.CarrierChoice;
import dev.carillon.domain.message.MessageChanges;
import dev.carillon.domain.message.MessageId;
import dev.carillon.domain.webhook.BalanceEvent;
import dev.carillon.domain.webhook.EndpointEvent;
import dev.carillon.domain.webhook.EventId;
import dev.carillon.domain.webhook.JobEvent;
import dev.carillon.domain.webhook.MessageEvent;
import dev.carillon.domain.webhook.OutwardEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The outbox in memory, readable.
public final class InMemoryOutbox implements Outbox {
  private final InMemoryStore store;
  private final InMemoryBulkJobs jobs;
  private final CarrierNumbers carriers;
  private final List<Entry> entries = new ArrayList<>();
  private final List<OfBalance> balances = new ArrayList<>();
  private final List<Told> told = new ArrayList<>();
  private long ids;

  InMemoryOutbox(InMemoryStore store, InMemoryBulkJobs jobs, CarrierNumbers carriers) {
    this.store = store;
    this.jobs = jobs;
    this.carriers = carriers;
  }

  @Override
  public void append(Scope scope, JobId job, JobEvent event) {
    store.requireTransaction();
    store.add(entries, new Entry(scope, job, event));
    tell(scope, job, event);
  }

  @Override
  public void append(List<MessageChanges> changes, Instant at) {
    store.requireTransaction();
    for (MessageChanges one : changes) {
      JobRow job = jobs.row(one.chunk().job()).orElseThrow();
      for (MessageChanges.Change change : one.all()) {
        tell(job, change, at);
      }
    }
  }

  private void tell(JobRow job, MessageChanges.Change change, Instant at) {
    MessageId id = new MessageId(job.job().bulkId(), change.position());
    MessageEvent event =
        new MessageEvent(
            id, "", change.status(), change.reason(), change.attempts(), carrier(job, change), at);
    var _ = tell(job.job().scope(), job.id(), event);
  }

  private String carrier(JobRow job, MessageChanges.Change change) {
    if (change.attempts() == 0) {
      return "";
    }
    return change.carrier() == CarrierChoice.PROVIDER
        ? job.submission().provider()
        : carriers.named(change.carrier()).map(CarrierId::value).orElse("");
  }

  @Override
  public void append(Scope scope, BalanceEvent event) {
    store.requireTransaction();
    store.add(balances, new OfBalance(scope, event));
    tell(scope, null, event);
  }

  @Override
  public EventId append(Scope scope, EndpointEvent event) {
    store.requireTransaction();
    return tell(scope, null, event);
  }

  /// All events, in the order they were appended.
  List<Told> told() {
    return told;
  }

  private EventId tell(Scope scope, @Nullable JobId job, OutwardEvent event) {
    EventId id = new EventId(new UUID(0, ++ids));
    store.add(told, new Told(scope, job, id, event));
    return id;
  }

  /// The events about the balance of a scope, in the order they were appended.
  public List<BalanceEvent> of(Scope scope) {
    return store.inTransaction(() ->
        balances.stream()
            .filter(entry -> entry.scope().equals(scope))
            .map(OfBalance::event)
            .toList());
  }

  /// The events of a job, in the order they were appended.
  public List<JobEvent> of(JobId job) {
    return store.inTransaction(
        () -> entries.stream().filter(entry -> entry.job().equals(job)).map(Entry::event).toList());
  }

  /// The events of a job's messages, in the order they were appended; without what the messages
  /// themselves say.
  public List<MessageEvent> ofMessages(JobId job) {
    return store.inTransaction(() ->
        told.stream()
            .filter(one -> job.equals(one.job()))
            .map(Told::event)
            .filter(MessageEvent.class::isInstance)
            .map(MessageEvent.class::cast)
            .toList());
  }

  private record Entry(Scope scope, JobId job, JobEvent event) {}

  /// An event and what it concerns.
  record Told(Scope scope, @Nullable JobId job, EventId id, OutwardEvent event) {}

  private record OfBalance(Scope scope, BalanceEvent event) {}
}
