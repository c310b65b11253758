package dev.carillon.grpc;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.carillon.application.Idempotency;
import dev.carillon.application.group.AddMembers;
import dev.carillon.application.group.CreateRecipientGroup;
import dev.carillon.application.group.DeleteRecipientGroup;
import dev.carillon.application.group.GetRecipientGroup;
import dev.carillon.application.group.ListMembers;
import dev.carillon.application.group.ListRecipientGroups;
import dev.carillon.application.group.RemoveMembers;
import dev.carillon.application.group.UpdateRecipientGroup;
import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.application.memory.SequentialIds;
import dev.carillon.application.recipient.ListRecipients;
import java.time.InstantSource;

/// The use cases of groups over a store in memory.
final class GroupsInMemory extends AbstractModule {
  private final InMemoryStore store;
  private final InstantSource clock;

  GroupsInMemory(InMemoryStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  @Provides
  CreateRecipientGroup create() {
    return new CreateRecipientGroup(idempotency(), store.groups(), new SequentialIds(), clock);
  }

  @Provides
  GetRecipientGroup get() {
    return new GetRecipientGroup(store.groups());
  }

  @Provides
  ListRecipientGroups list() {
    return new ListRecipientGroups(store.groups());
  }

  @Provides
  UpdateRecipientGroup update() {
    return new UpdateRecipientGroup(idempotency(), store.groups(), clock);
  }

  @Provides
  DeleteRecipientGroup delete() {
    return new DeleteRecipientGroup(idempotency(), store.groups());
  }

  @Provides
  AddMembers addMembers() {
    return new AddMembers(idempotency(), store.groups());
  }

  @Provides
  RemoveMembers removeMembers() {
    return new RemoveMembers(idempotency(), store.groups());
  }

  @Provides
  ListMembers listMembers() {
    return new ListMembers(new ListRecipients(store.recipients(), store.groups()));
  }

  private Idempotency idempotency() {
    return new Idempotency(store, store.keys(), clock);
  }
}
