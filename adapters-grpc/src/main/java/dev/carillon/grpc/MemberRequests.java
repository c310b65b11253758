package dev.carillon.grpc;

import dev.carillon.application.group.ListMembers;
import dev.carillon.application.group.MemberCommand;
import dev.carillon.application.port.RecipientOrder;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.recipient.PublicRecipientId;
import dev.carillon.domain.recipient.RecipientId;
import dev.carillon.domain.recipient.RecipientKey;
import dev.carillon.v1.AddMembersRequest;
import dev.carillon.v1.ListMembersRequest;
import dev.carillon.v1.RemoveMembersRequest;
import java.util.ArrayList;
import java.util.List;

/// Maps requests about the members of a group to the queries and commands of their use cases.
/// Throws InvalidFields with all that cannot be mapped.
final class MemberRequests {
  private MemberRequests() {}

  static MemberCommand add(Caller caller, AddMembersRequest request) {
    return new MemberCommand(
        caller,
        request.getRequestId(),
        request.getGroupId(),
        keys(request.getRecipientIdsList(), request.getRecipientPublicIdsList()));
  }

  static MemberCommand remove(Caller caller, RemoveMembersRequest request) {
    return new MemberCommand(
        caller,
        request.getRequestId(),
        request.getGroupId(),
        keys(request.getRecipientIdsList(), request.getRecipientPublicIdsList()));
  }

  static ListMembers.Query list(Caller caller, ListMembersRequest request) {
    return new ListMembers.Query(
        caller,
        request.getGroupId(),
        tokens(caller, request)
            .request(request.getPageSize(), request.getSkip(), request.getPageToken()));
  }

  /// The tokens of this list: its group is part of them.
  static RecipientTokens tokens(Caller caller, ListMembersRequest request) {
    return RecipientTokens.of(
        caller.scope(),
        request.toBuilder().clearPageSize().clearPageToken().clearSkip().build(),
        RecipientOrder.DEFAULT);
  }

  private static List<RecipientKey> keys(List<Long> numbers, List<String> publicIds) {
    Violations violations = new Violations();
    List<RecipientKey> keys = new ArrayList<>(numbers.size() + publicIds.size());
    for (long number : numbers) {
      keys.add(new RecipientId(number));
    }
    for (int i = 0; i < publicIds.size(); i++) {
      String path = "recipient_public_ids[" + i + "]";
      PublicRecipientId.parse(publicIds.get(i))
          .ifPresentOrElse(keys::add, () -> violations.add(path, "must be a UUID"));
    }
    violations.refuse();
    return keys;
  }
}
