package dev.carillon.persistence;

import dev.carillon.domain.webhook.DisableReason;
import dev.carillon.domain.webhook.Endpoint;
import dev.carillon.domain.webhook.EndpointDetails;
import dev.carillon.domain.webhook.EndpointId;
import dev.carillon.domain.webhook.EndpointSecrets;
import dev.carillon.domain.webhook.EventType;
import dev.carillon.domain.webhook.SealedSecret;
import dev.carillon.persistence.schema.tables.records.WebhookEndpointRecord;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Between rows of endpoints and the domain.
final class EndpointRows {
  private EndpointRows() {}

  static WebhookEndpointRecord toRow(Endpoint endpoint) {
    return changes(endpoint)
        .setEndpointId(endpoint.id().value())
        .setBusinessId(endpoint.scope().business().value())
        .setEnvironment(endpoint.scope().environment().name())
        .setCreatedBy(endpoint.createdBy())
        .setCreatedAt(endpoint.createdAt());
  }

  /// What of an endpoint may change.
  static WebhookEndpointRecord changes(Endpoint endpoint) {
    EndpointDetails details = endpoint.details();
    EndpointSecrets secrets = endpoint.secrets();
    return new WebhookEndpointRecord()
        .setUrl(details.url())
        .setTypes(details.types().stream().map(EventType::label).sorted().toArray(String[]::new))
        .setDescription(details.description())
        .setEnabled(details.enabled())
        .setDisabledBy(endpoint.disabledBy() == null ? null : endpoint.disabledBy().name())
        .setSecret(secrets.current().text())
        .setPreviousSecret(secrets.previous() == null ? null : secrets.previous().text())
        .setPreviousUntil(secrets.previousUntil())
        .setRevision(endpoint.revision())
        .setUpdatedAt(endpoint.updatedAt());
  }

  static Endpoint endpoint(WebhookEndpointRecord row) {
    return new Endpoint(
        new EndpointId(row.getEndpointId()),
        ScopeRows.of(row.getBusinessId(), row.getEnvironment()),
        new EndpointDetails(
            row.getUrl(),
            Arrays.stream(row.getTypes())
                .flatMap(label -> EventType.ofLabel(label).stream())
                .collect(Collectors.toUnmodifiableSet()),
            row.getDescription(),
            row.getEnabled()),
        secrets(row),
        row.getDisabledBy() == null ? null : DisableReason.valueOf(row.getDisabledBy()),
        row.getRevision(),
        row.getCreatedBy(),
        row.getCreatedAt(),
        row.getUpdatedAt());
  }

  static EndpointSecrets secrets(WebhookEndpointRecord row) {
    return new EndpointSecrets(
        new SealedSecret(row.getSecret()), sealed(row.getPreviousSecret()), row.getPreviousUntil());
  }

  private static @Nullable SealedSecret sealed(@Nullable String text) {
    return text == null ? null : new SealedSecret(text);
  }
}
