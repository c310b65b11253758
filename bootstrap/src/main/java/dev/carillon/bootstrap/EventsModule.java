package dev.carillon.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.event.EventHub;
import dev.carillon.application.event.KeepEvents;
import dev.carillon.application.event.ListEvents;
import dev.carillon.application.event.NumberEvents;
import dev.carillon.persistence.Database;
import dev.carillon.persistence.Stores;
import java.time.Duration;

/// Makes the feed of events.
final class EventsModule extends AbstractModule {
  private final Duration kept;

  /// @param kept how long events are kept, at least; zero for ever
  EventsModule(Duration kept) {
    this.kept = kept;
  }

  @Provides
  @Singleton
  ListEvents listEvents(Database database) {
    return new ListEvents(database.forCalls().events());
  }

  @Provides
  @Singleton
  EventHub hub(Stores stores) {
    return new EventHub(stores.events());
  }

  @Provides
  @Singleton
  NumberEvents number(Stores stores, EventHub hub) {
    return new NumberEvents(stores.events(), hub);
  }

  @Provides
  @Singleton
  KeepEvents keep(Stores stores) {
    return new KeepEvents(stores.events(), kept);
  }
}
