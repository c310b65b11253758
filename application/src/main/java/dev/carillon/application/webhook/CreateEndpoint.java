package dev.carillon.application.webhook;

import dev.carillon.application.Idempotency;
import dev.carillon.application.port.IdSource;
import dev.carillon.application.port.WebhookEndpoints;
import dev.carillon.application.port.WebhookSecrets;
import dev.carillon.application.port.WebhookSecrets.NewSecret;
import dev.carillon.application.port.WebhookSender;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.webhook.Endpoint;
import dev.carillon.domain.webhook.EndpointDetails;
import dev.carillon.domain.webhook.EndpointId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/// Makes an endpoint. Its signing secret is shown once, in the first answer.
public final class CreateEndpoint {
  private static final String METHOD = "CreateEndpoint";

  private final Idempotency idempotency;
  private final WebhookEndpoints endpoints;
  private final EndpointRules rules;
  private final Making making;
  private final int most;

  /// @param most endpoints of a business in one environment
  public CreateEndpoint(
      Idempotency idempotency,
      WebhookEndpoints endpoints,
      WebhookSender sender,
      Making making,
      int most) {
    this.idempotency = idempotency;
    this.endpoints = endpoints;
    this.rules = new EndpointRules(sender);
    this.making = making;
    this.most = most;
  }

  /// The endpoint, or the one that this request id made before, then without its secret. Throws a
  /// DomainException: InvalidFields, TooManyEndpoints, RequestIdReused.
  public ShownEndpoint handle(Command command) {
    rules.check(command.details());
    ShownEndpoint.Once once = new ShownEndpoint.Once();
    Endpoint endpoint =
        idempotency.once(
            Idempotency.Request.of(
                command.caller().scope(),
                METHOD,
                command.requestId(),
                Requests.texts(command.details())),
            () -> create(command, once),
            answer -> Endpoints.remembered(endpoints, command.caller().scope(), answer));
    return once.show(endpoint);
  }

  private Map<String, String> create(Command command, ShownEndpoint.Once once) {
    if (endpoints.lockedCount(command.caller().scope()) >= most) {
      throw new DomainException(new DomainError.TooManyEndpoints(most));
    }
    Instant now = making.clock().instant();
    NewSecret secret = making.secrets().make();
    Endpoint endpoint =
        Endpoint.create(
            new EndpointId(making.ids().nextId(now)),
            command.caller().scope(),
            command.details(),
            secret.sealed(),
            command.caller().principal(),
            now);
    endpoints.insert(endpoint);
    once.made(endpoint, secret);
    return Endpoints.remember(endpoint.id());
  }

  /// Where what is new about an endpoint comes from.
  public record Making(WebhookSecrets secrets, IdSource ids, InstantSource clock) {}

  /// What it shall be.
  ///
  /// @param requestId may be empty
  public record Command(Caller caller, String requestId, EndpointDetails details) {}
}
