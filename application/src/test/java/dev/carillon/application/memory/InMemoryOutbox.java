package dev.carillon.application.memory;

import dev.carillon.application.port.Outbox;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.webhook.BalanceEvent;
import dev.carillon.domain.webhook.JobEvent;
import java.util.ArrayList;
import java.util.List;

/// The outbox in memory, readable.
public final class InMemoryOutbox implements Outbox {
  private final InMemoryStore store;
  private final List<Entry> entries = new ArrayList<>();
  private final List<OfBalance> balances = new ArrayList<>();

  InMemoryOutbox(InMemoryStore store) {
    this.store = store;
  }

  @Override
  public void append(Scope scope, JobId job, JobEvent event) {
    store.requireTransaction();
    store.add(entries, new Entry(scope, job, event));
  }

  @Override
  public void append(Scope scope, BalanceEvent event) {
    store.requireTransaction();
    store.add(balances, new OfBalance(scope, event));
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

  private record Entry(Scope scope, JobId job, JobEvent event) {}

  private record OfBalance(Scope scope, BalanceEvent event) {}
}
