package dev.carillon.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.admin.AuditBulkJob;
import dev.carillon.application.admin.ConfirmDispatch;
import dev.carillon.application.admin.ListCarriers;
import dev.carillon.application.admin.ListSenderLimits;
import dev.carillon.application.admin.ListStalledJobs;
import dev.carillon.application.admin.SetSenderLimit;
import dev.carillon.application.admin.ShowDispatchSwitch;
import dev.carillon.application.admin.SwitchDispatchOff;
import dev.carillon.application.admin.Trail;
import dev.carillon.application.admin.UpdateCarrier;
import dev.carillon.application.keeping.StalledJobs;
import dev.carillon.application.port.Carriers;
import dev.carillon.application.port.FlowControl;
import dev.carillon.application.port.Reloads;
import dev.carillon.persistence.Database;
import dev.carillon.persistence.Stores;
import java.time.InstantSource;

/// Makes the use cases of those who run the service, who see more than one tenant.
final class AdminModule extends AbstractModule {
  @Provides
  @Singleton
  ListCarriers listCarriers(
      Database database,
      Carriers carriers,
      FlowControl flow,
      Reloads reloads,
      InstantSource clock) {
    return new ListCarriers(carriers, database.forHouse().limits(), flow, reloads, clock);
  }

  @Provides
  @Singleton
  UpdateCarrier updateCarrier(
      Database database, Carriers carriers, FlowControl flow, Trail trail, InstantSource clock) {
    return new UpdateCarrier(
        UseCaseModule.idempotency(database.forHouse(), clock),
        carriers,
        database.forHouse().limits(),
        flow,
        trail,
        clock);
  }

  @Provides
  @Singleton
  ListSenderLimits listSenderLimits(Database database) {
    return new ListSenderLimits(database.forHouse().limits());
  }

  @Provides
  @Singleton
  SetSenderLimit setSenderLimit(Database database, Trail trail, InstantSource clock) {
    Stores stores = database.forHouse();
    return new SetSenderLimit(
        UseCaseModule.idempotency(stores, clock),
        stores.limits(),
        stores.businesses(),
        trail,
        clock);
  }

  @Provides
  @Singleton
  AuditBulkJob auditBulkJob(Database database) {
    Stores stores = database.forHouse();
    return new AuditBulkJob(stores.transactions(), stores.records());
  }

  @Provides
  @Singleton
  ListStalledJobs listStalledJobs(StalledJobs stalled) {
    return new ListStalledJobs(stalled);
  }

  @Provides
  @Singleton
  ShowDispatchSwitch showDispatchSwitch(Database database) {
    return new ShowDispatchSwitch(database.forHouse().witness());
  }

  @Provides
  @Singleton
  ConfirmDispatch confirmDispatch(Database database, Trail trail, InstantSource clock) {
    return new ConfirmDispatch(
        UseCaseModule.idempotency(database.forHouse(), clock),
        database.forHouse().witness(),
        database.forHouse().events(),
        trail,
        clock);
  }

  @Provides
  @Singleton
  SwitchDispatchOff switchDispatchOff(Database database, Trail trail, InstantSource clock) {
    return new SwitchDispatchOff(
        UseCaseModule.idempotency(database.forHouse(), clock),
        database.forHouse().witness(),
        trail,
        clock);
  }
}
