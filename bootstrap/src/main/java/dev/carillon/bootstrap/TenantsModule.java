package dev.carillon.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.Idempotency;
import dev.carillon.application.admin.CreateApiKey;
import dev.carillon.application.admin.CreateBusiness;
import dev.carillon.application.admin.GetBusiness;
import dev.carillon.application.admin.ListApiKeys;
import dev.carillon.application.admin.ListAuditEntries;
import dev.carillon.application.admin.ListBusinesses;
import dev.carillon.application.admin.ResumeBusiness;
import dev.carillon.application.admin.RevokeApiKey;
import dev.carillon.application.admin.StopBusiness;
import dev.carillon.application.admin.Trail;
import dev.carillon.application.admin.UpdateBusiness;
import dev.carillon.application.port.IdSource;
import dev.carillon.persistence.Database;
import dev.carillon.persistence.RandomSecrets;
import dev.carillon.persistence.Stores;
import java.time.InstantSource;

/// Makes the use cases about businesses, their keys and the audit trail, which go beyond one
/// tenant.
final class TenantsModule extends AbstractModule {
  @Provides
  @Singleton
  Trail trail(Database database, InstantSource clock) {
    return new Trail(new OperatorLog(database.forHouse().trail()), clock);
  }

  @Provides
  @Singleton
  CreateBusiness createBusiness(Database database, Trail trail, InstantSource clock) {
    return new CreateBusiness(
        idempotency(database, clock), database.forHouse().businesses(), trail, clock);
  }

  @Provides
  @Singleton
  GetBusiness getBusiness(Database database) {
    return new GetBusiness(database.forHouse().businesses());
  }

  @Provides
  @Singleton
  ListBusinesses listBusinesses(Database database) {
    return new ListBusinesses(database.forHouse().businesses());
  }

  @Provides
  @Singleton
  UpdateBusiness updateBusiness(Database database, Trail trail, InstantSource clock) {
    return new UpdateBusiness(
        idempotency(database, clock), database.forHouse().businesses(), trail, clock);
  }

  @Provides
  @Singleton
  StopBusiness stopBusiness(Database database, Trail trail, InstantSource clock) {
    return new StopBusiness(
        idempotency(database, clock), database.forHouse().businesses(), trail, clock);
  }

  @Provides
  @Singleton
  ResumeBusiness resumeBusiness(Database database, Trail trail, InstantSource clock) {
    return new ResumeBusiness(
        idempotency(database, clock), database.forHouse().businesses(), trail, clock);
  }

  @Provides
  @Singleton
  CreateApiKey createApiKey(Database database, Trail trail, IdSource ids, InstantSource clock) {
    Stores stores = database.forHouse();
    return new CreateApiKey(
        idempotency(database, clock),
        stores.apiKeys(),
        stores.businesses(),
        trail,
        new CreateApiKey.Making(new RandomSecrets(), ids, clock));
  }

  @Provides
  @Singleton
  ListApiKeys listApiKeys(Database database, InstantSource clock) {
    Stores stores = database.forHouse();
    return new ListApiKeys(stores.apiKeys(), stores.businesses(), clock);
  }

  @Provides
  @Singleton
  RevokeApiKey revokeApiKey(Database database, Trail trail, InstantSource clock) {
    return new RevokeApiKey(
        idempotency(database, clock), database.forHouse().apiKeys(), trail, clock);
  }

  @Provides
  @Singleton
  ListAuditEntries listAuditEntries(Database database) {
    return new ListAuditEntries(database.forHouse().trail());
  }

  private static Idempotency idempotency(Database database, InstantSource clock) {
    return UseCaseModule.idempotency(database.forHouse(), clock);
  }
}
