package dev.carillon.grpc;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
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
import dev.carillon.application.credentials.Authenticate;
import dev.carillon.application.credentials.KeyUses;
import dev.carillon.application.credentials.TokenCallers;
import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.application.memory.SequentialIds;
import dev.carillon.application.port.Credentials;
import dev.carillon.application.port.StoppedBusinesses;
import dev.carillon.application.port.Tokens;
import java.time.InstantSource;

/// Who calls, and the use cases about businesses and keys, over the store in memory. Tokens are
/// what a test says they are.
final class TenantsInMemory extends AbstractModule {
  private final InMemoryStore store;
  private final Credentials credentials;
  private final Tokens tokens;
  private final InstantSource clock;

  TenantsInMemory(
      InMemoryStore store, Credentials credentials, Tokens tokens, InstantSource clock) {
    this.store = store;
    this.credentials = credentials;
    this.tokens = tokens;
    this.clock = clock;
  }

  @Provides
  Authenticate authenticate() {
    return new Authenticate(
        credentials,
        new TokenCallers(tokens, credentials, null),
        new KeyUses(store.apiKeys()),
        clock);
  }

  @Provides
  StoppedBusinesses stopped() {
    return store.businesses();
  }

  @Provides
  Trail trail() {
    return new Trail(store.trail(), clock);
  }

  @Provides
  CreateBusiness create(Trail trail) {
    return new CreateBusiness(idempotency(), store.businesses(), trail, clock);
  }

  @Provides
  GetBusiness get() {
    return new GetBusiness(store.businesses());
  }

  @Provides
  ListBusinesses list() {
    return new ListBusinesses(store.businesses());
  }

  @Provides
  UpdateBusiness update(Trail trail) {
    return new UpdateBusiness(idempotency(), store.businesses(), trail, clock);
  }

  @Provides
  StopBusiness stop(Trail trail) {
    return new StopBusiness(idempotency(), store.businesses(), trail, clock);
  }

  @Provides
  ResumeBusiness resume(Trail trail) {
    return new ResumeBusiness(idempotency(), store.businesses(), trail, clock);
  }

  @Provides
  CreateApiKey createKey(Trail trail) {
    return new CreateApiKey(
        idempotency(),
        store.apiKeys(),
        store.businesses(),
        trail,
        new CreateApiKey.Making(() -> "secret", new SequentialIds(), clock));
  }

  @Provides
  ListApiKeys listKeys() {
    return new ListApiKeys(store.apiKeys(), store.businesses(), clock);
  }

  @Provides
  RevokeApiKey revoke(Trail trail) {
    return new RevokeApiKey(idempotency(), store.apiKeys(), trail, clock);
  }

  @Provides
  ListAuditEntries audit() {
    return new ListAuditEntries(store.trail());
  }

  private Idempotency idempotency() {
    return new Idempotency(store, store.keys(), clock);
  }
}
