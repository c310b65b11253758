package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import dev.carillon.application.port.NewRecipient;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.recipient.PhoneNumber;
import dev.carillon.domain.recipient.PostalAddress;
import dev.carillon.domain.recipient.RecipientDetails;
import dev.carillon.v1.AddMembersRequest;
import dev.carillon.v1.AddMembersResponse;
import dev.carillon.v1.CreateRecipientGroupRequest;
import dev.carillon.v1.DeleteRecipientGroupRequest;
import dev.carillon.v1.GetRecipientGroupRequest;
import dev.carillon.v1.ListMembersRequest;
import dev.carillon.v1.ListMembersResponse;
import dev.carillon.v1.ListRecipientGroupsRequest;
import dev.carillon.v1.ListRecipientGroupsResponse;
import dev.carillon.v1.Recipient;
import dev.carillon.v1.RecipientGroup;
import dev.carillon.v1.RecipientGroupCounts;
import dev.carillon.v1.RecipientGroupServiceGrpc;
import dev.carillon.v1.RecipientGroupServiceGrpc.RecipientGroupServiceBlockingStub;
import dev.carillon.v1.RemoveMembersRequest;
import dev.carillon.v1.RemoveMembersResponse;
import dev.carillon.v1.UpdateRecipientGroupRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecipientGroupIT {
  private static final String NOBODYS = "550e8400-e29b-41d4-a716-446655440000";
  private static final Scope STRANGERS = new Scope(new BusinessId(2), Environment.TEST);

  @AutoClose private final House house = House.open();
  private final RecipientGroupServiceBlockingStub groups = stub(House.KEY);
  private final RecipientGroupServiceBlockingStub strange = stub(House.STRANGERS_KEY);

  @Test
  void makesAGroupAndShowsItWithItsMembersCounted() {
    RecipientGroup made =
        create(RecipientGroup.newBuilder().setName(" VIPs ").setDescription("the\nbest"));

    assertThat(made.getName()).isEqualTo("VIPs");
    assertThat(made.getDescription()).isEqualTo("the\nbest");
    assertThat(made.getTagExpression()).isEmpty();
    assertThat(made.getCreateTime()).isEqualTo(ProtoValues.timestamp(House.NOW));
    assertThat(made.getUpdateTime()).isEqualTo(ProtoValues.timestamp(House.NOW));
    assertThat(made.getEtag()).isNotEmpty();
    assertThat(made.hasMemberCounts()).isFalse();
    assertThat(get(made))
        .isEqualTo(
            made.toBuilder().setMemberCounts(RecipientGroupCounts.getDefaultInstance()).build());
  }

  @Test
  void answersARepeatByTheFirstGroup() {
    CreateRecipientGroupRequest request =
        CreateRecipientGroupRequest.newBuilder()
            .setRecipientGroup(RecipientGroup.newBuilder().setName("VIPs"))
            .setRequestId("g-1")
            .build();
    RecipientGroup first = groups.createRecipientGroup(request).getRecipientGroup();

    assertThat(groups.createRecipientGroup(request).getRecipientGroup()).isEqualTo(first);
    assertRefused(
        () ->
            groups.createRecipientGroup(
                request.toBuilder()
                    .setRecipientGroup(RecipientGroup.newBuilder().setName("other"))
                    .build()),
        Status.Code.ALREADY_EXISTS,
        "REQUEST_ID_REUSED");
  }

  @Test
  void refusesWhatIsNoGroupWithThePathOfEachField() {
    assertThat(pathsOfCreating(RecipientGroup.newBuilder()))
        .containsExactly("recipient_group.name");
    assertThat(
            pathsOfCreating(
                RecipientGroup.newBuilder()
                    .setName("ü".repeat(101))
                    .setDescription("a\0b")
                    .setTagExpression("x".repeat(2_001))))
        .containsExactlyInAnyOrder(
            "recipient_group.name",
            "recipient_group.description",
            "recipient_group.tag_expression");
    assertThat(pathsOfCreating(RecipientGroup.newBuilder().setName("a\nb")))
        .containsExactly("recipient_group.name");
    assertThat(
            Refusals.paths(
                Refusals.of(() ->
                    groups.createRecipientGroup(CreateRecipientGroupRequest.getDefaultInstance()))))
        .containsExactly("recipient_group");
  }

  @ParameterizedTest
  @CsvSource({
    "vip customer, AND or OR must stand between two tags (character 5)",
    "(vip, 'AND, OR or a closing parenthesis is missing (character 5)'",
    "vip AND, 'a tag, NOT or an opening parenthesis is missing (character 8)'"
  })
  void tellsWhereATagExpressionCannotBeRead(String expression, String description) {
    StatusRuntimeException refusal =
        Refusals.of(
            () -> create(RecipientGroup.newBuilder().setName("VIPs").setTagExpression(expression)));

    assertThat(Refusals.paths(refusal)).containsExactly("recipient_group.tag_expression");
    assertThat(refusal.getStatus().getDescription()).endsWith(description);
  }

  @Test
  void givesANameOnce() {
    create(RecipientGroup.newBuilder().setName("VIPs"));

    StatusRuntimeException refusal =
        Refusals.of(() -> create(RecipientGroup.newBuilder().setName("VIPs")));

    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
    assertThat(Refusals.reason(refusal)).isEqualTo("RECIPIENT_GROUP_EXISTS");
    assertThat(Refusals.info(refusal).getMetadataOrThrow("field"))
        .isEqualTo("recipient_group.name");
    assertThat(
            strange
                .createRecipientGroup(
                    CreateRecipientGroupRequest.newBuilder()
                        .setRecipientGroup(RecipientGroup.newBuilder().setName("VIPs"))
                        .build())
                .getRecipientGroup()
                .getName())
        .isEqualTo("VIPs");
  }

  @Test
  void changesAGroupByTheMaskOrByWhatIsPopulated() {
    RecipientGroup made =
        create(
            RecipientGroup.newBuilder()
                .setName("VIPs")
                .setDescription("old")
                .setTagExpression("vip"));

    RecipientGroup populated = update(made, RecipientGroup.newBuilder().setName("Gold"));
    RecipientGroup masked =
        update(made, RecipientGroup.newBuilder().setName("not this"), "description");
    RecipientGroup all =
        update(made, RecipientGroup.newBuilder().setName("All").setTagExpression("a OR b"), "*");

    assertThat(populated.getName()).isEqualTo("Gold");
    assertThat(populated.getDescription()).isEqualTo("old");
    assertThat(masked.getName()).isEqualTo("Gold");
    assertThat(masked.getDescription()).isEmpty();
    assertThat(all.getName()).isEqualTo("All");
    assertThat(all.getTagExpression()).isEqualTo("a OR b");
    assertThat(all.getEtag()).isNotIn(made.getEtag(), populated.getEtag(), masked.getEtag());
    assertThat(Refusals.paths(Refusals.of(() -> update(made, made.toBuilder(), "create_time"))))
        .containsExactly("update_mask.paths[0]");
    assertThat(
            Refusals.paths(
                Refusals.of(() ->
                    groups.updateRecipientGroup(
                        UpdateRecipientGroupRequest.newBuilder()
                            .setRecipientGroup(RecipientGroup.newBuilder().setTagExpression("("))
                            .build()))))
        .containsExactly("recipient_group.id", "recipient_group.tag_expression");
  }

  @Test
  void keepsAGroupOfItsKind() {
    RecipientGroup fixed = create(RecipientGroup.newBuilder().setName("fixed"));
    RecipientGroup dynamic =
        create(RecipientGroup.newBuilder().setName("dynamic").setTagExpression("vip"));

    assertRefused(
        () -> update(fixed, RecipientGroup.newBuilder().setTagExpression("vip")),
        Status.Code.FAILED_PRECONDITION,
        "GROUP_IS_STATIC");
    assertThat(
            Refusals.paths(
                Refusals.of(() -> update(dynamic, RecipientGroup.newBuilder(), "tag_expression"))))
        .containsExactly("recipient_group.tag_expression");
    assertRefused(
        () -> add(dynamic, List.of(1L), List.of()),
        Status.Code.FAILED_PRECONDITION,
        "GROUP_IS_DYNAMIC");
    assertRefused(() -> remove(dynamic, 1), Status.Code.FAILED_PRECONDITION, "GROUP_IS_DYNAMIC");
  }

  @Test
  void changesAndDeletesOnlyWhatTheCallerSaw() {
    RecipientGroup made = create(RecipientGroup.newBuilder().setName("VIPs"));
    RecipientGroup changed = update(made, RecipientGroup.newBuilder().setName("Gold"));

    for (String etag : List.of(made.getEtag(), "none", "0" + changed.getEtag())) {
      assertRefused(
          () -> update(made, RecipientGroup.newBuilder().setName("Mine").setEtag(etag)),
          Status.Code.ABORTED,
          "ETAG_MISMATCH");
      assertRefused(() -> delete(made, etag), Status.Code.ABORTED, "ETAG_MISMATCH");
    }
    delete(made, changed.getEtag());
    assertNotFound(() -> get(made));
    assertNotFound(() -> delete(made, ""));
  }

  @Test
  void listsGroupsNewestFirstWithCountsOnDemand() {
    List<RecipientGroup> made =
        IntStream.range(0, 3)
            .mapToObj(i -> create(RecipientGroup.newBuilder().setName("group " + i)))
            .toList();
    add(made.get(0), List.of(person()), List.of());

    ListRecipientGroupsResponse first =
        list(ListRecipientGroupsRequest.newBuilder().setPageSize(2));
    ListRecipientGroupsResponse last =
        list(
            ListRecipientGroupsRequest.newBuilder()
                .setPageToken(first.getNextPageToken())
                .setWithCounts(true));

    assertThat(first.getRecipientGroupsList()).containsExactly(made.get(2), made.get(1));
    assertThat(first.getTotalSize()).isEqualTo(3);
    assertThat(last.getRecipientGroupsList())
        .containsExactly(
            made.get(0).toBuilder()
                .setMemberCounts(RecipientGroupCounts.newBuilder().setTotal(1).setSms(1))
                .build());
    assertThat(last.getNextPageToken()).isEmpty();
    assertThat(
            Refusals.paths(
                Refusals.of(() ->
                    list(
                        ListRecipientGroupsRequest.newBuilder()
                            .setPageSize(101)
                            .setWithCounts(true)))))
        .containsExactly("page_size");
    assertThat(
            Refusals.paths(
                Refusals.of(() ->
                    strange.listRecipientGroups(
                        ListRecipientGroupsRequest.newBuilder()
                            .setPageToken(first.getNextPageToken())
                            .build()))))
        .containsExactly("page_token");
  }

  @Test
  void putsRecipientsInAndTellsWhoDoesNotExist() {
    RecipientGroup group = create(RecipientGroup.newBuilder().setName("VIPs"));
    dev.carillon.domain.recipient.Recipient jane = stored(House.CALLER.scope());
    long joe = person();
    long strangers = stored(STRANGERS).id().value();
    String publicId = jane.publicId().toString();

    AddMembersResponse added =
        add(group, List.of(joe, strangers), List.of(publicId.toUpperCase(Locale.ROOT), NOBODYS));
    AddMembersResponse again = add(group, List.of(jane.id().value()), List.of(publicId));

    assertThat(added)
        .isEqualTo(
            AddMembersResponse.newBuilder()
                .setAddedCount(2)
                .addUnknownRecipientIds(strangers)
                .addUnknownRecipientPublicIds(NOBODYS)
                .build());
    assertThat(again).isEqualTo(AddMembersResponse.newBuilder().setUnchangedCount(1).build());
    assertThat(get(group).getMemberCounts())
        .isEqualTo(RecipientGroupCounts.newBuilder().setTotal(2).setSms(2).build());
    assertThat(remove(group, joe, strangers, joe))
        .isEqualTo(
            RemoveMembersResponse.newBuilder()
                .setRemovedCount(1)
                .addUnknownRecipientIds(strangers)
                .build());
    assertThat(get(group).getMemberCounts().getTotal()).isEqualTo(1);
  }

  @Test
  void refusesMembersThatCannotBe() {
    RecipientGroup group = create(RecipientGroup.newBuilder().setName("VIPs"));
    List<Long> most = LongStream.rangeClosed(1, 10_000).boxed().toList();

    assertThat(pathsOfAdding(group, List.of(), List.of())).containsExactly("recipient_ids");
    assertThat(pathsOfAdding(group, List.of(1L, 0L), List.of()))
        .containsExactly("recipient_ids[1]");
    assertThat(pathsOfAdding(group, List.of(1L), List.of(NOBODYS, "x")))
        .containsExactly("recipient_public_ids[1]");
    assertThat(pathsOfAdding(group, most, List.of(NOBODYS))).containsExactly("recipient_ids");
    assertThat(add(group, most, List.of()).getUnknownRecipientIdsList()).isEqualTo(most);
  }

  @Test
  void listsMembersOfBothKindsInPages() {
    RecipientGroup fixed = create(RecipientGroup.newBuilder().setName("fixed"));
    RecipientGroup dynamic =
        create(RecipientGroup.newBuilder().setName("dynamic").setTagExpression("vip"));
    List<Long> people = IntStream.range(0, 5).mapToObj(_ -> person("vip")).toList();
    person();
    add(fixed, people, List.of());

    for (RecipientGroup group : List.of(fixed, dynamic)) {
      ListMembersResponse first = members(group, 3, "");
      ListMembersResponse last = members(group, 3, first.getNextPageToken());

      assertThat(ids(first)).isEqualTo(people.subList(0, 3));
      assertThat(first.getRecipients(0).getTagsList()).containsExactly("vip");
      assertThat(first.getTotalSize()).isEqualTo(5);
      assertThat(ids(last)).isEqualTo(people.subList(3, 5));
      assertThat(last.getNextPageToken()).isEmpty();
      assertThat(last.getTotalSize()).isEqualTo(5);
    }
    String token = members(fixed, 3, "").getNextPageToken();
    assertThat(Refusals.paths(Refusals.of(() -> members(dynamic, 3, token))))
        .containsExactly("page_token");
  }

  @Test
  void isNobodyElses() {
    RecipientGroup group = create(RecipientGroup.newBuilder().setName("VIPs"));
    GetRecipientGroupRequest get =
        GetRecipientGroupRequest.newBuilder().setId(group.getId()).build();

    assertNotFound(() -> strange.getRecipientGroup(get));
    assertNotFound(() ->
        strange.updateRecipientGroup(
            UpdateRecipientGroupRequest.newBuilder().setRecipientGroup(group).build()));
    assertNotFound(() ->
        strange.deleteRecipientGroup(
            DeleteRecipientGroupRequest.newBuilder().setId(group.getId()).build()));
    assertNotFound(() ->
        strange.addMembers(
            AddMembersRequest.newBuilder().setGroupId(group.getId()).addRecipientIds(1).build()));
    assertNotFound(() ->
        strange.removeMembers(
            RemoveMembersRequest.newBuilder()
                .setGroupId(group.getId())
                .addRecipientIds(1)
                .build()));
    assertNotFound(() ->
        strange.listMembers(ListMembersRequest.newBuilder().setGroupId(group.getId()).build()));
    assertThat(strange.listRecipientGroups(ListRecipientGroupsRequest.getDefaultInstance()))
        .isEqualTo(ListRecipientGroupsResponse.getDefaultInstance());
  }

  private RecipientGroupServiceBlockingStub stub(String key) {
    return RecipientGroupServiceGrpc.newBlockingStub(house.channel())
        .withInterceptors(House.with("x-api-key", key), new ErrorInfoRequired());
  }

  private RecipientGroup create(RecipientGroup.Builder group) {
    return groups
        .createRecipientGroup(
            CreateRecipientGroupRequest.newBuilder().setRecipientGroup(group).build())
        .getRecipientGroup();
  }

  private RecipientGroup get(RecipientGroup group) {
    return groups
        .getRecipientGroup(GetRecipientGroupRequest.newBuilder().setId(group.getId()).build())
        .getRecipientGroup();
  }

  private RecipientGroup update(
      RecipientGroup group, RecipientGroup.Builder changed, String... mask) {
    UpdateRecipientGroupRequest.Builder request =
        UpdateRecipientGroupRequest.newBuilder().setRecipientGroup(changed.setId(group.getId()));
    if (mask.length > 0) {
      request.setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(mask)));
    }
    return groups.updateRecipientGroup(request.build()).getRecipientGroup();
  }

  private void delete(RecipientGroup group, String etag) {
    groups.deleteRecipientGroup(
        DeleteRecipientGroupRequest.newBuilder().setId(group.getId()).setEtag(etag).build());
  }

  private ListRecipientGroupsResponse list(ListRecipientGroupsRequest.Builder request) {
    return groups.listRecipientGroups(request.build());
  }

  private AddMembersResponse add(RecipientGroup group, List<Long> ids, List<String> publicIds) {
    return groups.addMembers(
        AddMembersRequest.newBuilder()
            .setGroupId(group.getId())
            .addAllRecipientIds(ids)
            .addAllRecipientPublicIds(publicIds)
            .build());
  }

  private RemoveMembersResponse remove(RecipientGroup group, long... ids) {
    return groups.removeMembers(
        RemoveMembersRequest.newBuilder()
            .setGroupId(group.getId())
            .addAllRecipientIds(LongStream.of(ids).boxed().toList())
            .build());
  }

  private ListMembersResponse members(RecipientGroup group, int size, String token) {
    return groups.listMembers(
        ListMembersRequest.newBuilder()
            .setGroupId(group.getId())
            .setPageSize(size)
            .setPageToken(token)
            .build());
  }

  private static List<Long> ids(ListMembersResponse members) {
    return members.getRecipientsList().stream().map(Recipient::getId).toList();
  }

  private long person(String... tags) {
    return stored(House.CALLER.scope(), tags).id().value();
  }

  private dev.carillon.domain.recipient.Recipient stored(Scope scope, String... tags) {
    RecipientDetails details =
        new RecipientDetails(
            "Jane",
            "Smith",
            null,
            new PhoneNumber("+263771234567"),
            null,
            PostalAddress.EMPTY,
            List.of(tags),
            "");
    return house
        .store
        .recipients()
        .insert(scope, new NewRecipient(UUID.randomUUID(), details), House.NOW);
  }

  private List<String> pathsOfCreating(RecipientGroup.Builder group) {
    return Refusals.paths(Refusals.of(() -> create(group)));
  }

  private List<String> pathsOfAdding(RecipientGroup group, List<Long> ids, List<String> publicIds) {
    return Refusals.paths(Refusals.of(() -> add(group, ids, publicIds)));
  }

  private static void assertNotFound(ThrowingCallable call) {
    assertRefused(call, Status.Code.NOT_FOUND, "RECIPIENT_GROUP_NOT_FOUND");
  }

  private static void assertRefused(ThrowingCallable call, Status.Code code, String reason) {
    StatusRuntimeException refusal = Refusals.of(call);
    assertThat(refusal.getStatus().getCode()).isEqualTo(code);
    assertThat(Refusals.reason(refusal)).isEqualTo(reason);
  }
}
