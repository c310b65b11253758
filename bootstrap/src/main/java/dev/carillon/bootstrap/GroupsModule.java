package dev.carillon.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.group.AddMembers;
import dev.carillon.application.group.CreateRecipientGroup;
import dev.carillon.application.group.DeleteRecipientGroup;
import dev.carillon.application.group.GetRecipientGroup;
import dev.carillon.application.group.ListMembers;
import dev.carillon.application.group.ListRecipientGroups;
import dev.carillon.application.group.RemoveMembers;
import dev.carillon.application.group.UpdateRecipientGroup;
import dev.carillon.application.port.IdSource;
import dev.carillon.application.port.RecipientGroupRepository;
import dev.carillon.application.recipient.ListRecipients;
import dev.carillon.persistence.Database;
import java.time.InstantSource;

/// Makes the use cases of groups of recipients.
final class GroupsModule extends AbstractModule {
  @Provides
  @Singleton
  CreateRecipientGroup createRecipientGroup(Database database, IdSource ids, InstantSource clock) {
    return new CreateRecipientGroup(
        UseCaseModule.idempotency(database, clock), groups(database), ids, clock);
  }

  @Provides
  @Singleton
  GetRecipientGroup getRecipientGroup(Database database) {
    return new GetRecipientGroup(groups(database));
  }

  @Provides
  @Singleton
  ListRecipientGroups listRecipientGroups(Database database) {
    return new ListRecipientGroups(groups(database));
  }

  @Provides
  @Singleton
  UpdateRecipientGroup updateRecipientGroup(Database database, InstantSource clock) {
    return new UpdateRecipientGroup(
        UseCaseModule.idempotency(database, clock), groups(database), clock);
  }

  @Provides
  @Singleton
  DeleteRecipientGroup deleteRecipientGroup(Database database, InstantSource clock) {
    return new DeleteRecipientGroup(UseCaseModule.idempotency(database, clock), groups(database));
  }

  @Provides
  @Singleton
  AddMembers addMembers(Database database, InstantSource clock) {
    return new AddMembers(UseCaseModule.idempotency(database, clock), groups(database));
  }

  @Provides
  @Singleton
  RemoveMembers removeMembers(Database database, InstantSource clock) {
    return new RemoveMembers(UseCaseModule.idempotency(database, clock), groups(database));
  }

  @Provides
  @Singleton
  ListMembers listMembers(ListRecipients recipients) {
    return new ListMembers(recipients);
  }

  private static RecipientGroupRepository groups(Database database) {
    return database.forCalls().groups();
  }
}
