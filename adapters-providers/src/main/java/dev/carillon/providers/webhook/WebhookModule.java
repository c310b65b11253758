package dev.carillon.providers.webhook;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.port.WebhookSecrets;
import dev.carillon.application.port.WebhookSender;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// Binds [WebhookSender] and [WebhookSecrets]. Needs an `InstantSource` from outside.
public final class WebhookModule extends AbstractModule {
  private final WebhookConfig config;
  private final Optional<Supplier<byte[]>> key;

  /// @param key of the secrets, asked when it is needed first; empty where there is none: then no
  ///   endpoint can be made
  public WebhookModule(WebhookConfig config, Optional<Supplier<byte[]>> key) {
    this.config = config;
    this.key = key;
  }

  /// What opens secrets; without a key one that opens none.
  @Provides
  @Singleton
  SecretBox box() {
    return key.map(SecretBox::new).orElseGet(SecretBox::withoutKey);
  }

  @Provides
  WebhookSecrets secrets(SecretBox box) {
    return key.isPresent() ? box : new NoSecrets();
  }

  @Provides
  @Singleton
  ApacheWebhookSender apache(SecretBox box, InstantSource clock) {
    return new ApacheWebhookSender(config, box, clock);
  }

  @Provides
  WebhookSender sender(ApacheWebhookSender sender) {
    return sender;
  }
}
