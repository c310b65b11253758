package dev.carillon.application.webhook;

import dev.carillon.application.port.WebhookSecrets.NewSecret;
import dev.carillon.domain.webhook.Endpoint;
import org.jspecify.annotations.Nullable;

/// An endpoint, with a secret that was made for it just now.
///
/// @param secret null where it was shown before
public record ShownEndpoint(Endpoint endpoint, @Nullable String secret) {
  @Override
  public String toString() {
    return "ShownEndpoint[" + endpoint.id() + "]";
  }

  /// Holds the secret that this call made. A transaction that is tried again makes another, or
  /// finds that somebody else has made one meanwhile.
  static final class Once {
    private @Nullable Endpoint made;
    private @Nullable NewSecret secret;

    void made(Endpoint endpoint, NewSecret by) {
      made = endpoint;
      secret = by;
    }

    /// With the secret if that is still the one of the endpoint.
    ShownEndpoint show(Endpoint endpoint) {
      boolean own =
          made != null
              && secret != null
              && made.id().equals(endpoint.id())
              && secret.sealed().equals(endpoint.secrets().current());
      return new ShownEndpoint(endpoint, own && secret != null ? secret.shown() : null);
    }
  }
}
