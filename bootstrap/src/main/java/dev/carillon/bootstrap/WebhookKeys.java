package dev.carillon.bootstrap;

import dev.carillon.bootstrap.config.WebhooksConfig;
import dev.carillon.providers.webhook.KeyFile;
import dev.carillon.providers.webhook.SecretBox;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Supplier;

/// Where the key of webhook secrets is: in the configuration, in a file, or beside the data of a
/// PostgreSQL of the service's own.
final class WebhookKeys {
  private static final String FILE = "webhook-key";

  private WebhookKeys() {}

  /// Empty where nobody says, since nodes that share a database must share the key.
  static Optional<Supplier<byte[]>> of(WebhooksConfig config, PostgresSource source) {
    if (!config.key().isEmpty()) {
      return Optional.of(() -> KeyFile.decode(config.key()));
    }
    Path file = config.keyFile();
    if (file != null) {
      return Optional.of(() -> KeyFile.read(file));
    }
    return source
        .directory()
        .<Supplier<byte[]>>map(directory -> () -> KeyFile.read(directory.resolve(FILE)))
        .or(() -> source.isTemporary() ? Optional.of(WebhookKeys::passing) : Optional.empty());
  }

  /// As long as the database that it is for.
  private static byte[] passing() {
    byte[] key = new byte[SecretBox.KEY_LENGTH];
    new SecureRandom().nextBytes(key);
    return key;
  }
}
