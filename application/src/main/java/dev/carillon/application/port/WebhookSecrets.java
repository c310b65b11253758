package dev.carillon.application.port;

import dev.carillon.domain.webhook.SealedSecret;

/// Makes the secrets by which receivers know that an event is genuine.
public interface WebhookSecrets {
  /// A new secret that nobody can guess.
  NewSecret make();

  /// A secret in both of its forms.
  ///
  /// @param shown to its receiver, once: `whsec_` and Base64 (Standard Webhooks)
  /// @param sealed as it is stored
  record NewSecret(String shown, SealedSecret sealed) {
    @Override
    public String toString() {
      return "NewSecret";
    }
  }
}
