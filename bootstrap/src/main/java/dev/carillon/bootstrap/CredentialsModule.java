package dev.carillon.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.credentials.Authenticate;
import dev.carillon.application.credentials.KeyUses;
import dev.carillon.application.credentials.TokenCallers;
import dev.carillon.application.port.Credentials;
import dev.carillon.application.port.StoppedBusinesses;
import dev.carillon.application.port.Tokens;
import dev.carillon.bootstrap.config.CredentialsConfig;
import dev.carillon.persistence.Database;
import dev.carillon.persistence.RecentStops;
import dev.carillon.providers.tokens.JoseTokens;
import java.time.InstantSource;
import java.util.Optional;

/// Makes what tells who calls. Whose call it is is not known yet then, so that it asks with the
/// house's connections.
final class CredentialsModule extends AbstractModule {
  private final CredentialsConfig config;

  CredentialsModule(CredentialsConfig config) {
    this.config = config;
  }

  @Provides
  @Singleton
  Credentials credentials(Database database) {
    return database.forHouse().credentials();
  }

  @Provides
  @Singleton
  StoppedBusinesses stopped(Database database) {
    return new RecentStops(database.forHouse().businesses());
  }

  @Provides
  @Singleton
  Optional<JoseTokens> joseTokens(InstantSource clock) {
    return Optional.ofNullable(config.tokens()).map(tokens -> new JoseTokens(tokens, clock));
  }

  @Provides
  @Singleton
  Tokens tokens(Optional<JoseTokens> tokens) {
    return tokens.<Tokens>map(jose -> jose).orElseGet(Tokens::none);
  }

  @Provides
  @Singleton
  KeyUses keyUses(Database database) {
    return new KeyUses(database.forHouse().apiKeys());
  }

  @Provides
  @Singleton
  Authenticate authenticate(
      Credentials credentials, Tokens tokens, KeyUses uses, InstantSource clock) {
    return new Authenticate(
        credentials, new TokenCallers(tokens, credentials, config.environment()), uses, clock);
  }
}
