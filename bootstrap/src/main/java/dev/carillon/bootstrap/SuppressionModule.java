package dev.carillon.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.admin.Trail;
import dev.carillon.application.dispatch.RecentSuppressions;
import dev.carillon.application.port.Numbering;
import dev.carillon.application.suppression.AddSuppressions;
import dev.carillon.application.suppression.ListSuppressions;
import dev.carillon.application.suppression.RemoveSuppressions;
import dev.carillon.persistence.Database;
import dev.carillon.persistence.Stores;
import java.time.InstantSource;

/// Makes the use cases of addresses that must not be written to.
final class SuppressionModule extends AbstractModule {
  @Provides
  @Singleton
  AddSuppressions addSuppressions(
      Database database, Numbering numbering, RecentSuppressions recent, InstantSource clock) {
    return new AddSuppressions(
        UseCaseModule.idempotency(database, clock),
        database.forCalls().suppressions(),
        numbering,
        clock,
        recent::add);
  }

  /// Its audit entries are stored by the call's own transaction, so within its tenant's walls.
  @Provides
  @Singleton
  RemoveSuppressions removeSuppressions(
      Database database, Numbering numbering, InstantSource clock) {
    Stores stores = database.forCalls();
    return new RemoveSuppressions(
        UseCaseModule.idempotency(database, clock),
        stores.suppressions(),
        numbering,
        new Trail(stores.trail(), clock));
  }

  @Provides
  @Singleton
  ListSuppressions listSuppressions(Database database, Numbering numbering) {
    return new ListSuppressions(database.forCalls().suppressions(), numbering);
  }
}
