package dev.carillon.domain.webhook;

import dev.carillon.domain.business.Scope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A receiver of events that belongs to a business in one environment.
///
/// @param disabledBy why the house switched it off; null when it did not
/// @param revision grows with every change
public record Endpoint(
    EndpointId id,
    Scope scope,
    EndpointDetails details,
    EndpointSecrets secrets,
    @Nullable DisableReason disabledBy,
    int revision,
    String createdBy,
    Instant createdAt,
    Instant updatedAt) {
  private static final int FIRST = 1;

  /// A new one.
  public static Endpoint create(
      EndpointId id,
      Scope scope,
      EndpointDetails details,
      SealedSecret secret,
      String createdBy,
      Instant now) {
    return new Endpoint(
        id, scope, details, EndpointSecrets.of(secret), null, FIRST, createdBy, now, now);
  }

  /// With other details. Whoever switches it on again has seen why it was off.
  public Endpoint changed(EndpointDetails to, Instant now) {
    return new Endpoint(
        id,
        scope,
        to,
        secrets,
        to.enabled() ? null : disabledBy,
        revision + 1,
        createdBy,
        createdAt,
        now);
  }

  /// With other secrets.
  public Endpoint changed(EndpointSecrets to, Instant now) {
    return new Endpoint(
        id, scope, details, to, disabledBy, revision + 1, createdBy, createdAt, now);
  }

  @Override
  public String toString() {
    return "Endpoint[" + id + "]";
  }
}
