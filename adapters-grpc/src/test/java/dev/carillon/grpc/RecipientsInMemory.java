package dev.carillon.grpc;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.carillon.application.Idempotency;
import dev.carillon.application.erasure.EraseAddress;
import dev.carillon.application.erasure.GetErasure;
import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.application.memory.SequentialIds;
import dev.carillon.application.port.IdSource;
import dev.carillon.application.port.Numbering;
import dev.carillon.application.recipient.BatchGetRecipients;
import dev.carillon.application.recipient.CreateRecipient;
import dev.carillon.application.recipient.DeleteRecipient;
import dev.carillon.application.recipient.GetRecipient;
import dev.carillon.application.recipient.GetRecipientImport;
import dev.carillon.application.recipient.ImportRecipients;
import dev.carillon.application.recipient.ListRecipients;
import dev.carillon.application.recipient.ListRefusedRows;
import dev.carillon.application.recipient.RecipientReader;
import dev.carillon.application.recipient.Uniqueness;
import dev.carillon.application.recipient.UpdateRecipient;
import dev.carillon.domain.recipient.AddressPolicy;
import java.time.InstantSource;

/// The use cases of stored recipients, who may share addresses, over a store in memory.
final class RecipientsInMemory extends AbstractModule {
  private final InMemoryStore store;
  private final Numbering numbering;
  private final InstantSource clock;
  private final IdSource ids = new SequentialIds();

  RecipientsInMemory(InMemoryStore store, Numbering numbering, InstantSource clock) {
    this.store = store;
    this.numbering = numbering;
    this.clock = clock;
  }

  @Provides
  CreateRecipient create() {
    return new CreateRecipient(
        idempotency(), store.recipients(), reader(), uniqueness(), ids, clock);
  }

  @Provides
  GetRecipient get() {
    return new GetRecipient(store.recipients());
  }

  @Provides
  BatchGetRecipients batchGet() {
    return new BatchGetRecipients(store.recipients());
  }

  @Provides
  ListRecipients list() {
    return new ListRecipients(store.recipients(), store.groups());
  }

  @Provides
  UpdateRecipient update() {
    return new UpdateRecipient(idempotency(), store.recipients(), reader(), uniqueness(), clock);
  }

  @Provides
  DeleteRecipient delete() {
    return new DeleteRecipient(idempotency(), store.recipients(), store.erasures(), clock);
  }

  @Provides
  ImportRecipients imports() {
    return new ImportRecipients(
        new ImportRecipients.Store(store, store.recipients(), store.imports()),
        reader(),
        uniqueness(),
        ids,
        clock);
  }

  @Provides
  GetRecipientImport getImport() {
    return new GetRecipientImport(store.imports());
  }

  @Provides
  ListRefusedRows listRefused() {
    return new ListRefusedRows(store.imports());
  }

  @Provides
  EraseAddress eraseAddress() {
    return new EraseAddress(idempotency(), store.erasures(), store.recipients(), numbering, clock);
  }

  @Provides
  GetErasure getErasure() {
    return new GetErasure(store.erasures());
  }

  private Idempotency idempotency() {
    return new Idempotency(store, store.keys(), clock);
  }

  private RecipientReader reader() {
    return new RecipientReader(numbering);
  }

  private Uniqueness uniqueness() {
    return new Uniqueness(store.recipients(), AddressPolicy.SHARED);
  }
}
