package dev.carillon.grpc;

import dev.carillon.application.group.CountedGroup;
import dev.carillon.application.group.MemberChange;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.RecipientPage;
import dev.carillon.domain.recipient.MemberCounts;
import dev.carillon.domain.recipient.PublicRecipientId;
import dev.carillon.domain.recipient.RecipientGroup;
import dev.carillon.domain.recipient.RecipientId;
import dev.carillon.domain.recipient.RecipientKey;
import dev.carillon.domain.recipient.TagExpression;
import dev.carillon.v1.AddMembersResponse;
import dev.carillon.v1.CreateRecipientGroupResponse;
import dev.carillon.v1.GetRecipientGroupResponse;
import dev.carillon.v1.ListMembersResponse;
import dev.carillon.v1.ListRecipientGroupsResponse;
import dev.carillon.v1.RecipientGroupCounts;
import dev.carillon.v1.RemoveMembersResponse;
import dev.carillon.v1.UpdateRecipientGroupResponse;
import java.util.ArrayList;
import java.util.List;

/// Maps groups to the answers of the API.
final class RecipientGroupResponses {
  private RecipientGroupResponses() {}

  static CreateRecipientGroupResponse created(RecipientGroup group) {
    return CreateRecipientGroupResponse.newBuilder().setRecipientGroup(group(group)).build();
  }

  static GetRecipientGroupResponse got(CountedGroup group) {
    return GetRecipientGroupResponse.newBuilder().setRecipientGroup(counted(group)).build();
  }

  static ListRecipientGroupsResponse listed(Page<CountedGroup> page, PageTokens tokens) {
    return ListRecipientGroupsResponse.newBuilder()
        .addAllRecipientGroups(page.items().stream().map(RecipientGroupResponses::counted).toList())
        .setNextPageToken(tokens.next(page.next()))
        .setTotalSize(page.totalSize())
        .build();
  }

  static UpdateRecipientGroupResponse updated(RecipientGroup group) {
    return UpdateRecipientGroupResponse.newBuilder().setRecipientGroup(group(group)).build();
  }

  static AddMembersResponse added(MemberChange change) {
    Unknown unknown = Unknown.of(change.unknown());
    return AddMembersResponse.newBuilder()
        .setAddedCount(change.changed())
        .setUnchangedCount(change.unchanged())
        .addAllUnknownRecipientIds(unknown.numbers())
        .addAllUnknownRecipientPublicIds(unknown.publicIds())
        .build();
  }

  static RemoveMembersResponse removed(MemberChange change) {
    Unknown unknown = Unknown.of(change.unknown());
    return RemoveMembersResponse.newBuilder()
        .setRemovedCount(change.changed())
        .setUnchangedCount(change.unchanged())
        .addAllUnknownRecipientIds(unknown.numbers())
        .addAllUnknownRecipientPublicIds(unknown.publicIds())
        .build();
  }

  static ListMembersResponse members(RecipientPage page, RecipientTokens tokens) {
    return ListMembersResponse.newBuilder()
        .addAllRecipients(RecipientResponses.all(page.items()))
        .setNextPageToken(tokens.next(page.next()))
        .setTotalSize(page.totalSize())
        .build();
  }

  private static dev.carillon.v1.RecipientGroup counted(CountedGroup counted) {
    MemberCounts counts = counted.counts();
    dev.carillon.v1.RecipientGroup group = group(counted.group());
    return counts == null
        ? group
        : group.toBuilder()
            .setMemberCounts(
                RecipientGroupCounts.newBuilder()
                    .setTotal(counts.total())
                    .setSms(counts.sms())
                    .setWhatsapp(counts.whatsapp())
                    .setEmail(counts.email()))
            .build();
  }

  private static dev.carillon.v1.RecipientGroup group(RecipientGroup group) {
    TagExpression tags = group.details().tags();
    return dev.carillon.v1.RecipientGroup.newBuilder()
        .setId(group.publicId().toString())
        .setName(group.name())
        .setDescription(group.details().description())
        .setTagExpression(tags == null ? "" : tags.text())
        .setCreateTime(ProtoValues.timestamp(group.createdAt()))
        .setUpdateTime(ProtoValues.timestamp(group.updatedAt()))
        .setEtag(Etags.of(group.version()))
        .build();
  }

  /// Keys of nobody, by their kind.
  private record Unknown(List<Long> numbers, List<String> publicIds) {
    static Unknown of(List<RecipientKey> keys) {
      Unknown unknown = new Unknown(new ArrayList<>(), new ArrayList<>());
      for (RecipientKey key : keys) {
        switch (key) {
          case RecipientId(long number) -> unknown.numbers.add(number);
          case PublicRecipientId id -> unknown.publicIds.add(id.toString());
        }
      }
      return unknown;
    }
  }
}
