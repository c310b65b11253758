package dev.carillon.application.port;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.webhook.BalanceEvent;
import dev.carillon.domain.webhook.JobEvent;

/// Keeps what is to be told outward.
public interface Outbox {
  /// Appends an event inside the transaction that makes it true.
  void append(Scope scope, JobId job, JobEvent event);

  /// The same of an event about a balance.
  void append(Scope scope, BalanceEvent event);
}
