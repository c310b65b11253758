package dev.carillon.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.erasure.EraseAddress;
import dev.carillon.application.erasure.GetErasure;
import dev.carillon.application.erasure.SweepErasures;
import dev.carillon.application.port.Numbering;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.application.settling.Forgetting;
import dev.carillon.application.settling.JobLife;
import dev.carillon.persistence.Database;
import dev.carillon.persistence.Stores;
import java.time.InstantSource;

/// Makes what forgets people: asked for and shown by calls, done by the house.
final class ErasureModule extends AbstractModule {
  @Provides
  @Singleton
  EraseAddress eraseAddress(Database database, Numbering numbering, InstantSource clock) {
    Stores stores = database.forCalls();
    return new EraseAddress(
        UseCaseModule.idempotency(database, clock),
        stores.erasures(),
        stores.recipients(),
        numbering,
        clock);
  }

  @Provides
  @Singleton
  GetErasure getErasure(Database database) {
    return new GetErasure(database.forCalls().erasures());
  }

  @Provides
  @Singleton
  SweepErasures sweepErasures(Stores stores, JobLife life, ProgressFeed feed, InstantSource clock) {
    return new SweepErasures(
        new SweepErasures.Store(stores.transactions(), stores.erasures()),
        new Forgetting(EngineModule.settlingStore(stores), life, clock),
        feed,
        clock);
  }
}
