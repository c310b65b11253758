package dev.carillon.application.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.Idempotency;
import dev.carillon.application.fixture.MutableClock;
import dev.carillon.application.group.UpdateRecipientGroup.Changes;
import dev.carillon.application.group.UpdateRecipientGroup.TagsChange;
import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.application.memory.SequentialIds;
import dev.carillon.application.port.NewRecipient;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.RecipientPageRequest;
import dev.carillon.application.recipient.ListRecipients;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.recipient.GroupDetails;
import dev.carillon.domain.recipient.MemberCounts;
import dev.carillon.domain.recipient.PhoneNumber;
import dev.carillon.domain.recipient.PostalAddress;
import dev.carillon.domain.recipient.PublicRecipientId;
import dev.carillon.domain.recipient.Recipient;
import dev.carillon.domain.recipient.RecipientDetails;
import dev.carillon.domain.recipient.RecipientGroup;
import dev.carillon.domain.recipient.RecipientId;
import dev.carillon.domain.recipient.RecipientKey;
import dev.carillon.domain.recipient.TagExpression;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GroupsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final TagExpression VIP = TagExpression.of("vip");
  private static final String NOBODYS = "550e8400-e29b-41d4-a716-446655440000";

  private final MutableClock clock = new MutableClock(NOW);
  private final InMemoryStore store = new InMemoryStore(clock);
  private final Caller caller = caller(store.newScope());
  private final Caller stranger = caller(store.newScope());
  private final Caller inTest = caller(new Scope(caller.scope().business(), Environment.TEST));
  private final Idempotency idempotency = new Idempotency(store, store.keys(), clock);
  private final CreateRecipientGroup create =
      new CreateRecipientGroup(idempotency, store.groups(), new SequentialIds(), clock);
  private final GetRecipientGroup get = new GetRecipientGroup(store.groups());
  private final ListRecipientGroups list = new ListRecipientGroups(store.groups());
  private final UpdateRecipientGroup update =
      new UpdateRecipientGroup(idempotency, store.groups(), clock);
  private final DeleteRecipientGroup delete = new DeleteRecipientGroup(idempotency, store.groups());
  private final AddMembers addMembers = new AddMembers(idempotency, store.groups());
  private final RemoveMembers removeMembers = new RemoveMembers(idempotency, store.groups());
  private final ListMembers listMembers =
      new ListMembers(new ListRecipients(store.recipients(), store.groups()));

  @Test
  void makesAGroupAndShowsItCounted() {
    RecipientGroup group = create("VIPs", null);

    CountedGroup shown = get.handle(new GetRecipientGroup.Query(caller, id(group)));

    assertThat(group.createdAt()).isEqualTo(NOW);
    assertThat(shown).isEqualTo(new CountedGroup(group, MemberCounts.NONE));
  }

  @Test
  void makesOneGroupUnderOneRequestId() {
    RecipientGroup first = create("VIPs", null, "r-1");

    assertThat(create("VIPs", null, "r-1")).isEqualTo(first);
    assertThat(list(false).totalSize()).isEqualTo(1);
    assertRefused(() -> create("VIPs", VIP, "r-1"), new DomainError.RequestIdReused("r-1"));
  }

  @Test
  void refusesDetailsThatCannotBeWithTheirPaths() {
    assertRefused(
        () ->
            create.handle(
                new CreateRecipientGroup.Command(caller, "", new GroupDetails(" ", "a\0b", null))),
        new DomainError.InvalidFields(
            List.of(
                new FieldViolation("recipient_group.name", "is required and must not be blank"),
                new FieldViolation(
                    "recipient_group.description", "must not contain the NUL character"))));
  }

  @Test
  void changesOnlyWhatIsNamed() {
    RecipientGroup group = create("VIPs", VIP);
    clock.advance(Duration.ofSeconds(5));

    RecipientGroup renamed = update(group, new Changes("Gold", null, null));
    RecipientGroup described = update(group, new Changes(null, "the best", null));
    RecipientGroup other =
        update(group, new Changes(null, "", new TagsChange(TagExpression.of("gold"))));

    assertThat(renamed.details()).isEqualTo(new GroupDetails("Gold", "", VIP));
    assertThat(renamed.updatedAt()).isEqualTo(NOW.plusSeconds(5));
    assertThat(described.details()).isEqualTo(new GroupDetails("Gold", "the best", VIP));
    assertThat(other.details()).isEqualTo(new GroupDetails("Gold", "", TagExpression.of("gold")));
    assertThat(other.version()).isEqualTo(4);
  }

  @Test
  void makesNoVersionOfAChangeThatChangesNothing() {
    RecipientGroup group = create("VIPs", VIP);
    clock.advance(Duration.ofSeconds(5));

    assertThat(update(group, new Changes("VIPs", null, new TagsChange(VIP)))).isEqualTo(group);
  }

  @Test
  void changesAndDeletesOnlyTheVersionThatTheCallerSaw() {
    RecipientGroup group = create("VIPs", null);
    RecipientGroup changed = update(group, new Changes("Gold", null, null));
    DomainError mismatch =
        new DomainError.EtagMismatch(DomainError.NotFound.Kind.RECIPIENT_GROUP, id(group));

    assertRefused(
        () -> update(group, OptionalLong.of(1), new Changes("Mine", null, null), ""), mismatch);
    assertRefused(() -> delete(caller, group, OptionalLong.of(1), ""), mismatch);
    assertThat(update(group, OptionalLong.of(2), new Changes("Mine", null, null), "").version())
        .isEqualTo(changed.version() + 1);
    delete(caller, group, OptionalLong.of(3), "");
    assertThat(list(false).items()).isEmpty();
  }

  @Test
  void keepsStaticGroupsStaticAndDynamicOnesDynamic() {
    RecipientGroup fixed = create("fixed", null);
    RecipientGroup dynamic = create("dynamic", VIP);

    assertRefused(
        () -> update(fixed, new Changes(null, null, new TagsChange(VIP))),
        new DomainError.GroupIsStatic(id(fixed)));
    assertRefused(
        () -> update(dynamic, new Changes(null, null, new TagsChange(null))),
        new DomainError.InvalidFields(
            List.of(
                new FieldViolation(
                    "recipient_group.tag_expression",
                    "must not be empty: a dynamic group stays a dynamic one"))));
    assertThat(update(fixed, new Changes("same", "all", new TagsChange(null))).details())
        .isEqualTo(new GroupDetails("same", "all", null));
  }

  @Test
  void refusesANameThatAnotherGroupHas() {
    create("VIPs", null);
    RecipientGroup other = create("other", null);
    DomainError taken =
        new DomainError.AlreadyExists(
            DomainError.NotFound.Kind.RECIPIENT_GROUP, "recipient_group.name", "");

    assertRefused(() -> create(" VIPs ", VIP), taken);
    assertRefused(() -> update(other, new Changes("VIPs", null, null)), taken);
  }

  @Test
  void doesEachChangeOnceUnderARequestId() {
    RecipientGroup group = create("VIPs", null);
    update(group, OptionalLong.of(1), new Changes("Gold", null, null), "u-1");
    update(group, new Changes("Silver", null, null));

    assertThat(update(group, OptionalLong.of(1), new Changes("Gold", null, null), "u-1").name())
        .isEqualTo("Silver");
    assertRefused(
        () -> update(group, OptionalLong.of(1), new Changes("Gold", "", null), "u-1"),
        new DomainError.RequestIdReused("u-1"));
    delete(caller, group, OptionalLong.empty(), "d-1");
    delete(caller, group, OptionalLong.empty(), "d-1");
    assertRefused(() -> delete(caller, group, OptionalLong.empty(), "d-2"), notFound(id(group)));
  }

  @Test
  void putsRecipientsInTellsWhoIsUnknownAndTellsItAgain() {
    RecipientGroup group = create("VIPs", null);
    Recipient jane = person(caller, "vip");
    RecipientKey janes = new PublicRecipientId(jane.publicId());
    Recipient joe = person(caller);
    RecipientKey strange = person(stranger).id();
    RecipientKey nobody = new PublicRecipientId(UUID.fromString(NOBODYS));
    List<RecipientKey> keys = List.of(strange, jane.id(), nobody, janes, joe.id(), strange);

    MemberChange added = addMembers.handle(command("m-1", group, keys));
    MemberChange again = addMembers.handle(command("m-1", group, keys));
    MemberChange anew = addMembers.handle(command("m-2", group, keys));

    assertThat(added).isEqualTo(new MemberChange(2, 0, List.of(strange, nobody, strange)));
    assertThat(again).isEqualTo(added);
    assertThat(anew).isEqualTo(new MemberChange(0, 2, List.of(strange, nobody, strange)));
    assertThat(members(caller, group)).containsExactly(jane, joe);
    assertRefused(
        () -> addMembers.handle(command("m-1", group, List.of(joe.id(), jane.id()))),
        new DomainError.RequestIdReused("m-1"));
  }

  @Test
  void takesRecipientsOut() {
    RecipientGroup group = create("VIPs", null);
    Recipient jane = person(caller);
    Recipient joe = person(caller);
    addMembers.handle(command("", group, List.of(jane.id())));

    MemberChange removed =
        removeMembers.handle(command("m-1", group, List.of(jane.id(), joe.id())));

    assertThat(removed).isEqualTo(new MemberChange(1, 1, List.of()));
    assertThat(members(caller, group)).isEmpty();
    assertThat(removeMembers.handle(command("m-1", group, List.of(jane.id(), joe.id()))))
        .isEqualTo(removed);
  }

  @Test
  void takesOneToTenThousandRecipients() {
    RecipientGroup group = create("VIPs", null);
    List<RecipientKey> many =
        LongStream.rangeClosed(1, 10_001)
            .<RecipientKey>mapToObj(RecipientId::new)
            .collect(Collectors.toUnmodifiableList());
    DomainError refusal =
        new DomainError.InvalidFields(
            List.of(
                new FieldViolation(
                    "recipient_ids", "must be 1 to 10,000 together with recipient_public_ids")));

    assertRefused(() -> addMembers.handle(command("", group, List.of())), refusal);
    assertRefused(() -> removeMembers.handle(command("", group, many)), refusal);
    assertThat(addMembers.handle(command("m-1", group, many.subList(0, 10_000))).unknown())
        .isEqualTo(many.subList(0, 10_000));
    assertThat(addMembers.handle(command("m-1", group, many.subList(0, 10_000))).unknown())
        .isEqualTo(many.subList(0, 10_000));
  }

  @Test
  void tellsMembersOfADynamicGroupByTheirTagsAlone() {
    RecipientGroup group = create("VIPs", VIP);
    Recipient jane = person(caller, "vip", "new");
    Recipient joe = person(caller, "new");
    person(inTest, "vip");
    DomainError dynamic = new DomainError.GroupIsDynamic(id(group));

    assertThat(members(caller, group)).containsExactly(jane);
    assertThat(get.handle(new GetRecipientGroup.Query(caller, id(group))).counts())
        .isEqualTo(new MemberCounts(1, 1, 0, 0));
    assertRefused(() -> addMembers.handle(command("", group, List.of(joe.id()))), dynamic);
    assertRefused(() -> removeMembers.handle(command("", group, List.of(jane.id()))), dynamic);
    update(group, new Changes(null, null, new TagsChange(TagExpression.of("new AND NOT vip"))));
    assertThat(members(caller, group)).containsExactly(joe);
  }

  @Test
  void countsGroupsOfAListOnDemand() {
    RecipientGroup fixed = create("fixed", null);
    RecipientGroup dynamic = create("dynamic", VIP);
    addMembers.handle(command("", fixed, List.of(person(caller, "vip").id())));
    person(caller, "vip");

    assertThat(list(false).items())
        .containsExactly(new CountedGroup(dynamic, null), new CountedGroup(fixed, null));
    assertThat(list(true).items())
        .containsExactly(
            new CountedGroup(dynamic, new MemberCounts(2, 2, 0, 0)),
            new CountedGroup(fixed, new MemberCounts(1, 1, 0, 0)));
    assertRefused(
        () ->
            list.handle(
                new ListRecipientGroups.Query(
                    caller, true, new PageRequest(101, 0, OptionalLong.empty()))),
        new DomainError.InvalidFields(
            List.of(new FieldViolation("page_size", "must not be more than 100 with counts"))));
  }

  @Test
  void showsAGroupToNobodyElse() {
    RecipientGroup group = create("VIPs", null);
    for (Caller other : List.of(stranger, inTest)) {
      List<ThrowingCallable> calls =
          List.of(
              () -> get.handle(new GetRecipientGroup.Query(other, id(group))),
              () ->
                  update.handle(
                      new UpdateRecipientGroup.Command(
                          other,
                          "",
                          id(group),
                          OptionalLong.empty(),
                          new Changes("x", null, null))),
              () -> delete(other, group, OptionalLong.empty(), ""),
              () ->
                  addMembers.handle(
                      new MemberCommand(other, "", id(group), List.of(new RecipientId(1)))),
              () ->
                  removeMembers.handle(
                      new MemberCommand(other, "", id(group), List.of(new RecipientId(1)))),
              () -> members(other, group));
      assertThat(calls).allSatisfy(call -> assertRefused(call, notFound(id(group))));
    }
    for (String id : List.of("", "x", NOBODYS)) {
      assertRefused(() -> get.handle(new GetRecipientGroup.Query(caller, id)), notFound(id));
      assertRefused(
          () -> listMembers.handle(new ListMembers.Query(caller, id, RecipientPageRequest.first())),
          notFound(id));
    }
  }

  private RecipientGroup create(String name, @Nullable TagExpression tags) {
    return create(name, tags, "");
  }

  private RecipientGroup create(String name, @Nullable TagExpression tags, String requestId) {
    return create.handle(
        new CreateRecipientGroup.Command(caller, requestId, new GroupDetails(name, "", tags)));
  }

  private RecipientGroup update(RecipientGroup group, Changes changes) {
    return update(group, OptionalLong.empty(), changes, "");
  }

  private RecipientGroup update(
      RecipientGroup group, OptionalLong version, Changes changes, String requestId) {
    return update.handle(
        new UpdateRecipientGroup.Command(caller, requestId, id(group), version, changes));
  }

  private void delete(Caller by, RecipientGroup group, OptionalLong version, String requestId) {
    delete.handle(new DeleteRecipientGroup.Command(by, requestId, id(group), version));
  }

  private Page<CountedGroup> list(boolean counted) {
    return list.handle(new ListRecipientGroups.Query(caller, counted, PageRequest.first()));
  }

  private List<Recipient> members(Caller by, RecipientGroup group) {
    return listMembers
        .handle(new ListMembers.Query(by, id(group), RecipientPageRequest.first()))
        .items();
  }

  private MemberCommand command(String requestId, RecipientGroup group, List<RecipientKey> keys) {
    return new MemberCommand(caller, requestId, id(group), keys);
  }

  private Recipient person(Caller owner, String... tags) {
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
    return store
        .recipients()
        .insert(owner.scope(), new NewRecipient(UUID.randomUUID(), details), NOW);
  }

  private static String id(RecipientGroup group) {
    return group.publicId().toString();
  }

  private static DomainError notFound(String id) {
    return new DomainError.NotFound(DomainError.NotFound.Kind.RECIPIENT_GROUP, id);
  }

  private static Caller caller(Scope scope) {
    return new Caller(scope, Role.USER, "key-1", "ZW", "USD");
  }

  private static void assertRefused(ThrowingCallable call, DomainError error) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DomainException.class, refused -> assertThat(refused.error()).isEqualTo(error));
  }
}
