package dev.carillon.grpc;

import dev.carillon.application.group.AddMembers;
import dev.carillon.application.group.CreateRecipientGroup;
import dev.carillon.application.group.DeleteRecipientGroup;
import dev.carillon.application.group.GetRecipientGroup;
import dev.carillon.application.group.ListMembers;
import dev.carillon.application.group.ListRecipientGroups;
import dev.carillon.application.group.RemoveMembers;
import dev.carillon.application.group.UpdateRecipientGroup;

/// What can be done with groups of recipients.
record RecipientGroupUseCases(
    CreateRecipientGroup create,
    GetRecipientGroup get,
    ListRecipientGroups list,
    UpdateRecipientGroup update,
    DeleteRecipientGroup delete,
    AddMembers addMembers,
    RemoveMembers removeMembers,
    ListMembers listMembers) {}
