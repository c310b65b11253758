package dev.carillon.providers.webhook;

import dev.carillon.application.port.WebhookSecrets;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;

/// Makes no secrets, since there is no key to keep them with.
final class NoSecrets implements WebhookSecrets {
  @Override
  public NewSecret make() {
    throw new DomainException(new DomainError.WebhooksNotConfigured());
  }
}
