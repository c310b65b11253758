package dev.carillon.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.keeping.ForgetImports;
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
import dev.carillon.persistence.Database;
import dev.carillon.persistence.Stores;
import java.time.Duration;
import java.time.InstantSource;

/// Makes the use cases of stored recipients.
final class ContactsModule extends AbstractModule {
  private final AddressPolicy addresses;
  private final Duration importsKept;

  /// @param importsKept how long it is remembered how an import stood
  ContactsModule(AddressPolicy addresses, Duration importsKept) {
    this.addresses = addresses;
    this.importsKept = importsKept;
  }

  @Provides
  @Singleton
  CreateRecipient createRecipient(
      Database database,
      RecipientReader reader,
      Uniqueness uniqueness,
      IdSource ids,
      InstantSource clock) {
    return new CreateRecipient(
        UseCaseModule.idempotency(database, clock),
        database.forCalls().recipients(),
        reader,
        uniqueness,
        ids,
        clock);
  }

  @Provides
  @Singleton
  GetRecipient getRecipient(Database database) {
    return new GetRecipient(database.forCalls().recipients());
  }

  @Provides
  @Singleton
  BatchGetRecipients batchGetRecipients(Database database) {
    return new BatchGetRecipients(database.forCalls().recipients());
  }

  @Provides
  @Singleton
  ListRecipients listRecipients(Database database) {
    Stores stores = database.forCalls();
    return new ListRecipients(stores.recipients(), stores.groups());
  }

  @Provides
  @Singleton
  UpdateRecipient updateRecipient(
      Database database, RecipientReader reader, Uniqueness uniqueness, InstantSource clock) {
    return new UpdateRecipient(
        UseCaseModule.idempotency(database, clock),
        database.forCalls().recipients(),
        reader,
        uniqueness,
        clock);
  }

  @Provides
  @Singleton
  DeleteRecipient deleteRecipient(Database database, InstantSource clock) {
    Stores stores = database.forCalls();
    return new DeleteRecipient(
        UseCaseModule.idempotency(database, clock), stores.recipients(), stores.erasures(), clock);
  }

  @Provides
  @Singleton
  ImportRecipients importRecipients(
      Database database,
      RecipientReader reader,
      Uniqueness uniqueness,
      IdSource ids,
      InstantSource clock) {
    Stores stores = database.forCalls();
    return new ImportRecipients(
        new ImportRecipients.Store(stores.transactions(), stores.recipients(), stores.imports()),
        reader,
        uniqueness,
        ids,
        clock);
  }

  @Provides
  @Singleton
  GetRecipientImport getRecipientImport(Database database) {
    return new GetRecipientImport(database.forCalls().imports());
  }

  @Provides
  @Singleton
  ListRefusedRows listRefusedRows(Database database) {
    return new ListRefusedRows(database.forCalls().imports());
  }

  @Provides
  @Singleton
  ForgetImports forgetImports(Stores stores, InstantSource clock) {
    return new ForgetImports(stores.imports(), clock, importsKept);
  }

  @Provides
  RecipientReader reader(Numbering numbering) {
    return new RecipientReader(numbering);
  }

  @Provides
  Uniqueness uniqueness(Database database) {
    return new Uniqueness(database.forCalls().recipients(), addresses);
  }
}
