package dev.carillon.application.webhook;

import dev.carillon.application.Idempotency;
import dev.carillon.application.port.WebhookEndpoints;
import dev.carillon.application.port.WebhookSecrets;
import dev.carillon.application.port.WebhookSecrets.NewSecret;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.webhook.Endpoint;
import dev.carillon.domain.webhook.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gives an endpoint a new secret. For a while everything is signed with the old one, too, so that
/// receivers change over without missing anything; a secret that was before the old one ends at
/// once.
public final class RotateSecret {
  /// How long the old secret is good for when the caller does not say.
  public static final Duration USUAL_OVERLAP = Duration.ofHours(24);

  /// The longest overlap.
  public static final Duration MOST_OVERLAP = Duration.ofDays(7);

  private static final String METHOD = "RotateSecret";

  private final Idempotency idempotency;
  private final WebhookEndpoints endpoints;
  private final WebhookSecrets secrets;
  private final InstantSource clock;

  public RotateSecret(
      Idempotency idempotency,
      WebhookEndpoints endpoints,
      WebhookSecrets secrets,
      InstantSource clock) {
    this.idempotency = idempotency;
    this.endpoints = endpoints;
    this.secrets = secrets;
    this.clock = clock;
  }

  /// The endpoint with its new secret; without it for a request id that was seen. Throws a
  /// DomainException: InvalidFields, NotFound, RequestIdReused.
  public ShownEndpoint handle(Command command) {
    EndpointId id = Endpoints.id(command.endpointId());
    Duration overlap = overlap(command);
    ShownEndpoint.Once once = new ShownEndpoint.Once();
    Endpoint endpoint =
        idempotency.once(
            Idempotency.Request.of(
                command.caller().scope(),
                METHOD,
                command.requestId(),
                id.toString(),
                overlap.toString()),
            () -> rotate(command.caller(), id, overlap, once),
            answer -> Endpoints.remembered(endpoints, command.caller().scope(), answer));
    return once.show(endpoint);
  }

  private Map<String, String> rotate(
      Caller caller, EndpointId id, Duration overlap, ShownEndpoint.Once once) {
    Endpoint endpoint = Endpoints.lock(endpoints, caller.scope(), id);
    Instant now = clock.instant();
    NewSecret secret = secrets.make();
    Endpoint rotated =
        endpoint.changed(endpoint.secrets().rotated(secret.sealed(), now.plus(overlap)), now);
    endpoints.update(rotated);
    once.made(rotated, secret);
    return Endpoints.remember(id);
  }

  private static Duration overlap(Command command) {
    Duration overlap = command.overlap() == null ? USUAL_OVERLAP : command.overlap();
    if (overlap.isNegative() || overlap.compareTo(MOST_OVERLAP) > 0) {
      throw new DomainException(
          new DomainError.InvalidFields(
              List.of(
                  new FieldViolation(
                      "overlap", "must be 0 to " + MOST_OVERLAP.toDays() + " days"))));
    }
    return overlap;
  }

  /// Whose secret.
  ///
  /// @param requestId may be empty
  /// @param overlap how long the old one is good for; null for a day
  public record Command(
      Caller caller, String endpointId, String requestId, @Nullable Duration overlap) {}
}
