package dev.carillon.application.port;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.MessageChanges;
import dev.carillon.domain.webhook.BalanceEvent;
import dev.carillon.domain.webhook.EndpointEvent;
import dev.carillon.domain.webhook.EventId;
import dev.carillon.domain.webhook.JobEvent;
import java.time.Instant;
import java.util.List;

/// Keeps what is to be told outward.
public interface Outbox {
  /// Appends an event inside the transaction that makes it true.
  void append(Scope scope, JobId job, JobEvent event);

  /// The same of what became of messages: an event for each that changed, in this order.
  void append(List<MessageChanges> changes, Instant at);

  /// The same of an event about a balance.
  void append(Scope scope, BalanceEvent event);

  /// The same of an event about an endpoint; returns the id that it will be known by.
  EventId append(Scope scope, EndpointEvent event);
}
