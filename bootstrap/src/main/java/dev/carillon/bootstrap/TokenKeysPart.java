package dev.carillon.bootstrap;

import dev.carillon.bootstrap.run.Part;
import dev.carillon.providers.tokens.JoseTokens;
import java.time.Duration;
import java.util.Optional;

/// Has the keys of tokens read when the service starts, so that those that cannot be read are told
/// before anybody is refused for it. Waits for nothing: the service starts without them.
final class TokenKeysPart implements Part {
  private final Optional<JoseTokens> tokens;

  TokenKeysPart(Optional<JoseTokens> tokens) {
    this.tokens = tokens;
  }

  @Override
  public String name() {
    return "the keys of tokens";
  }

  @Override
  public void start() {
    tokens.ifPresent(keys -> Thread.ofVirtual().name("token-keys").start(keys::look));
  }

  /// Reading them takes a bounded time and changes nothing.
  @Override
  public void stop(Duration time) {}
}
