package dev.carillon.application.port;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.webhook.Endpoint;
import dev.carillon.domain.webhook.EndpointId;
import java.time.Instant;
import java.util.Optional;

/// Keeps the endpoints of webhooks. Those that were deleted are found by nobody.
public interface WebhookEndpoints {
  /// How many the scope has, inside the caller's transaction: until that ends nobody else adds one.
  int lockedCount(Scope scope);

  /// Stores a new one, inside the caller's transaction. It hears of events that get their number
  /// from then on.
  void insert(Endpoint endpoint);

  /// Empty when the scope has none of this id.
  Optional<Endpoint> find(Scope scope, EndpointId id);

  /// The same, its row locked until the transaction ends.
  Optional<Endpoint> lock(Scope scope, EndpointId id);

  /// Writes back a locked one. If it is enabled now and was not, or has another address, it begins
  /// anew: its failures so far are forgotten, what waits for it is due and tried as if it had just
  /// happened.
  void update(Endpoint endpoint);

  /// Deletes it with its secrets; false when the scope has none of this id. What was tried is
  /// forgotten in its time, what waits is never tried.
  boolean delete(Scope scope, EndpointId id, Instant now);

  /// A page of the scope's endpoints, the newest first.
  Page<Endpoint> list(Scope scope, PageRequest page);
}
