package dev.carillon.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.port.IdSource;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.application.port.Tenancy;
import dev.carillon.persistence.Database;
import dev.carillon.persistence.Uuid7Ids;
import java.time.InstantSource;

/// Binds the store and what comes with it. Opens nothing.
final class StoreModule extends AbstractModule {
  private final PostgresSource source;

  StoreModule(PostgresSource source) {
    this.source = source;
  }

  @Provides
  @Singleton
  Database database(InstantSource clock, IdSource ids) {
    return new Database(source, clock, ids);
  }

  @Provides
  @Singleton
  IdSource ids() {
    return new Uuid7Ids();
  }

  @Provides
  @Singleton
  InstantSource clock() {
    return InstantSource.system();
  }

  @Provides
  @Singleton
  ProgressFeed feed(Database database) {
    return database.feed();
  }

  @Provides
  @Singleton
  Tenancy tenancy(Database database) {
    return database.tenancy();
  }
}
