package dev.carillon.grpc;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.carillon.application.group.AddMembers;
import dev.carillon.application.group.CreateRecipientGroup;
import dev.carillon.application.group.DeleteRecipientGroup;
import dev.carillon.application.group.GetRecipientGroup;
import dev.carillon.application.group.ListMembers;
import dev.carillon.application.group.ListRecipientGroups;
import dev.carillon.application.group.RemoveMembers;
import dev.carillon.application.group.UpdateRecipientGroup;

/// Wires what the gRPC adapter knows of groups of recipients; part of [GrpcModule].
final class RecipientGroupGrpcModule extends AbstractModule {
  @Provides
  RecipientGroupGrpcService groups(RecipientGroupUseCases useCases) {
    return new RecipientGroupGrpcService(useCases);
  }

  @Provides
  RecipientGroupUseCases useCases(
      CreateRecipientGroup create,
      GetRecipientGroup get,
      ListRecipientGroups list,
      UpdateRecipientGroup update,
      DeleteRecipientGroup delete,
      AddMembers addMembers,
      RemoveMembers removeMembers,
      ListMembers listMembers) {
    return new RecipientGroupUseCases(
        create, get, list, update, delete, addMembers, removeMembers, listMembers);
  }
}
