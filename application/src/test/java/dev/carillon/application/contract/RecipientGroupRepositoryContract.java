package dev.carillon.application.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.fixture.Background;
import dev.carillon.application.port.NewRecipient;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.RecipientFilter;
import dev.carillon.application.port.RecipientGroupRepository;
import dev.carillon.application.port.RecipientGroupRepository.Changed;
import dev.carillon.application.port.RecipientOrder;
import dev.carillon.application.port.RecipientPage;
import dev.carillon.application.port.RecipientPageRequest;
import dev.carillon.application.port.RecipientRepository;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.recipient.EmailAddress;
import dev.carillon.domain.recipient.GroupDetails;
import dev.carillon.domain.recipient.MemberCounts;
import dev.carillon.domain.recipient.PhoneNumber;
import dev.carillon.domain.recipient.PostalAddress;
import dev.carillon.domain.recipient.PublicGroupId;
import dev.carillon.domain.recipient.PublicRecipientId;
import dev.carillon.domain.recipient.Recipient;
import dev.carillon.domain.recipient.RecipientDetails;
import dev.carillon.domain.recipient.RecipientGroup;
import dev.carillon.domain.recipient.RecipientId;
import dev.carillon.domain.recipient.RecipientKey;
import dev.carillon.domain.recipient.TagExpression;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// What every store of groups keeps.
public abstract class RecipientGroupRepositoryContract extends StoreContract {
  private static final List<String> TAGS = List.of("a", "b", "c", "New York", "AND");
  private static final EmailAddress MAIL = new EmailAddress("jane@example.com");
  private static final PhoneNumber PHONE = new PhoneNumber("+263771234567");

  private final AtomicInteger made = new AtomicInteger();

  /// The groups of the store that [#ports()] shows.
  protected abstract RecipientGroupRepository groups();

  /// Its recipients.
  protected abstract RecipientRepository recipients();

  @Test
  void keepsAGroupAsItWasStored() {
    RecipientGroup fixed = store("VIPs", null);
    RecipientGroup dynamic = store("Frequent ☃", TagExpression.of("vip AND NOT \"New York\""));

    assertThat(fixed.version()).isEqualTo(1);
    assertThat(fixed.createdAt()).isEqualTo(NOW);
    assertThat(fixed.updatedAt()).isEqualTo(NOW);
    assertThat(fixed.isDynamic()).isFalse();
    assertThat(dynamic.id()).isNotEqualTo(fixed.id());
    assertThat(groups().find(scope(), fixed.publicId())).contains(fixed);
    assertThat(groups().find(scope(), dynamic.publicId())).contains(dynamic);
    assertThat(locked(dynamic)).isEqualTo(dynamic);
  }

  @Test
  void showsAGroupToItsOwnScopeOnly() {
    RecipientGroup group = store("VIPs", null);
    Scope stranger = ports().newScope().get();

    for (Scope other : List.of(stranger, testScope())) {
      assertThat(groups().find(other, group.publicId())).isEmpty();
      assertThat(inTransaction(() -> groups().lock(other, group.publicId()))).isEmpty();
      assertThat(inTransaction(() -> groups().hold(other, group.publicId()))).isEmpty();
      assertThat(groups().list(other, PageRequest.first()).totalSize()).isZero();
    }
    assertThat(groups().find(scope(), new PublicGroupId(UUID.randomUUID()))).isEmpty();
  }

  @Test
  void givesANameToOneGroupOfAScope() {
    RecipientGroup first = store("VIPs", null);
    RecipientGroup other = store("vips", null);

    assertTaken(() -> store("VIPs", TagExpression.of("vip")));
    assertTaken(() -> save(other.with(new GroupDetails("VIPs", "", null), NOW)));
    assertThat(groups().find(scope(), other.publicId())).contains(other);
    assertThat(store(testScope(), "VIPs", null).name()).isEqualTo("VIPs");
    delete(first);
    assertThat(store("VIPs", null).name()).isEqualTo("VIPs");
  }

  @Test
  void keepsWhatWasChanged() {
    RecipientGroup group = store("VIPs", TagExpression.of("vip"));
    RecipientGroup changed =
        group.with(
            new GroupDetails("Gold", "two\nlines", TagExpression.of("gold")), NOW.plusSeconds(5));

    save(changed);

    assertThat(groups().find(scope(), group.publicId())).contains(changed);
    assertThat(changed.version()).isEqualTo(2);
  }

  @Test
  void undoesWhatFailed() {
    RecipientGroup group = store("VIPs", null);
    Recipient jane = storePerson();

    assertThatThrownBy(() ->
            ports()
                .transactions()
                .run(() -> {
                  groups().add(scope(), group.id(), List.of(jane.id()));
                  groups().delete(group.id());
                  throw new IllegalStateException("on purpose");
                }))
        .hasMessage("on purpose");

    assertThat(groups().find(scope(), group.publicId())).contains(group);
    assertThat(members(group)).isEmpty();
  }

  @Test
  void listsGroupsNewestFirstInPages() {
    List<RecipientGroup> stored =
        IntStream.range(0, 5).mapToObj(i -> store("group " + i, null)).toList();

    Page<RecipientGroup> first =
        groups().list(scope(), new PageRequest(2, 0, OptionalLong.empty()));
    Page<RecipientGroup> second = groups().list(scope(), new PageRequest(2, 0, first.next()));
    Page<RecipientGroup> last = groups().list(scope(), new PageRequest(2, 1, second.next()));
    Page<RecipientGroup> exact = groups().list(scope(), new PageRequest(1, 0, second.next()));

    assertThat(first.items()).containsExactly(stored.get(4), stored.get(3));
    assertThat(second.items()).containsExactly(stored.get(2), stored.get(1));
    assertThat(last.items()).isEmpty();
    assertThat(exact.items()).containsExactly(stored.get(0));
    assertThat(exact.next()).isEmpty();
    assertThat(List.of(first, second, exact)).allMatch(page -> page.totalSize() == 5);
  }

  @Test
  void putsRecipientsIntoAGroupOnce() {
    RecipientGroup group = store("VIPs", null);
    Recipient jane = storePerson();
    Recipient joe = storePerson();

    assertThat(add(group, jane.id())).isEqualTo(new Changed(1, 0, Set.of()));
    assertThat(add(group, publicId(jane), joe.id(), publicId(joe)))
        .isEqualTo(new Changed(1, 1, Set.of()));
    assertThat(members(group)).containsExactly(jane, joe);
  }

  @Test
  void tellsWhoDoesNotExistAndTakesTheOthers() {
    RecipientGroup group = store("VIPs", null);
    Recipient jane = storePerson();
    Recipient strangers = storePerson(ports().newScope().get());
    Recipient ofTest = storePerson(testScope());
    RecipientKey nobody = new PublicRecipientId(UUID.randomUUID());
    RecipientKey[] keys = {strangers.id(), jane.id(), nobody, publicId(ofTest)};

    assertThat(add(group, keys))
        .isEqualTo(new Changed(1, 0, Set.of(strangers.id(), nobody, publicId(ofTest))));
    assertThat(remove(group, keys))
        .isEqualTo(new Changed(1, 0, Set.of(strangers.id(), nobody, publicId(ofTest))));
    assertThat(members(group)).isEmpty();
  }

  @Test
  void takesTenThousandAtOnce() {
    RecipientGroup group = store("VIPs", null);
    Recipient jane = storePerson();
    List<RecipientKey> keys =
        LongStream.range(0, 9_999)
            .<RecipientKey>mapToObj(i -> new RecipientId(Long.MAX_VALUE - i))
            .collect(Collectors.toCollection(ArrayList::new));
    keys.add(publicId(jane));

    Changed changed = inTransaction(() -> groups().add(scope(), group.id(), keys));

    assertThat(changed.changed()).isEqualTo(1);
    assertThat(changed.unknown()).hasSize(9_999);
  }

  @Test
  void takesRecipientsOutOfOneGroup() {
    RecipientGroup group = store("VIPs", null);
    RecipientGroup other = store("other", null);
    Recipient jane = storePerson();
    Recipient joe = storePerson();
    add(group, jane.id(), joe.id());
    add(other, jane.id(), joe.id());

    assertThat(remove(group, jane.id(), publicId(jane))).isEqualTo(new Changed(1, 0, Set.of()));
    assertThat(remove(group, jane.id())).isEqualTo(new Changed(0, 1, Set.of()));
    assertThat(members(group)).containsExactly(joe);
    assertThat(members(other)).containsExactly(jane, joe);
  }

  @Test
  void endsAMembershipWithItsRecipientAndWithItsGroup() {
    RecipientGroup group = store("VIPs", null);
    RecipientGroup other = store("other", null);
    Recipient jane = storePerson();
    Recipient joe = storePerson();
    add(group, jane.id(), joe.id());
    add(other, jane.id(), joe.id());

    assertThat(inTransaction(() -> recipients().delete(scope(), jane.id()))).isTrue();
    delete(other);

    assertThat(members(group)).containsExactly(joe);
    assertThat(counts(group)).isEqualTo(new MemberCounts(1, 1, 0, 0));
    assertThat(add(group, jane.id())).isEqualTo(new Changed(0, 0, Set.of(jane.id())));
    assertThat(recipients().find(scope(), joe.id())).contains(joe);
    assertThat(members(other)).isEmpty();
  }

  @Test
  void countsMembersAndWhoOfThemCanBeReachedHow() {
    RecipientGroup fixed = store("fixed", null);
    RecipientGroup dynamic = store("dynamic", TagExpression.of("vip"));
    RecipientGroup nobody = store("nobody", TagExpression.of("none"));
    RecipientGroup empty = store("empty", null);
    Recipient all = storePerson(scope(), MAIL, PHONE, PHONE, List.of("vip"));
    Recipient mail = storePerson(scope(), MAIL, null, null, List.of("vip"));
    Recipient chat = storePerson(scope(), null, null, PHONE, List.of());
    storePerson(testScope(), MAIL, PHONE, PHONE, List.of("vip"));
    add(fixed, all.id(), mail.id(), chat.id());

    assertThat(groups().count(scope(), List.of(fixed, dynamic, nobody, empty)))
        .isEqualTo(
            Map.of(
                fixed.id(),
                new MemberCounts(3, 1, 2, 2),
                dynamic.id(),
                new MemberCounts(2, 1, 1, 2),
                nobody.id(),
                MemberCounts.NONE,
                empty.id(),
                MemberCounts.NONE));
    assertThat(groups().count(scope(), List.of())).isEmpty();
  }

  @Test
  void listsMembersInPagesByNumber() {
    RecipientGroup group = store("VIPs", null);
    List<Recipient> people = IntStream.range(0, 7).mapToObj(_ -> storePerson()).toList();
    people.stream().skip(1).forEach(one -> add(group, one.id()));

    RecipientPage first = page(group, null, 4);
    RecipientPage last = page(group, first, 4);

    assertThat(first.items()).isEqualTo(people.subList(1, 5));
    assertThat(last.items()).isEqualTo(people.subList(5, 7));
    assertThat(last.next()).isNull();
    assertThat(List.of(first, last)).allMatch(page -> page.totalSize() == 6);
  }

  @Test
  void takesEverybodyForAMemberWhoseTagsFit() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<Recipient> people =
        IntStream.range(0, 40)
            .mapToObj(_ -> storePerson(scope(), null, PHONE, null, someTags(random)))
            .toList();
    IntStream.range(0, 20)
        .forEach(_ -> storePerson(testScope(), null, PHONE, null, someTags(random)));

    for (int i = 0; i < 150; i++) {
      TagExpression expression = TagExpression.of(expression(random, 3));
      assertThat(members(filter(null, expression)))
          .as("seed %d: %s", seed, expression)
          .isEqualTo(people.stream().filter(one -> expression.fits(one.tags())).toList());
    }
  }

  @Test
  void takesManyCallsAtOnceThatNameTheSameRecipients() {
    RecipientGroup group = store("VIPs", null);
    List<RecipientKey> keys =
        IntStream.range(0, 40).<RecipientKey>mapToObj(_ -> storePerson().id()).toList();

    List<Changed> changes =
        Background.together(
            8,
            () -> {
              List<RecipientKey> shuffled = new ArrayList<>(keys);
              Collections.shuffle(shuffled);
              return inTransaction(() -> groups().add(scope(), group.id(), shuffled));
            });

    assertThat(changes.stream().mapToInt(Changed::changed).sum()).isEqualTo(40);
    assertThat(changes).allMatch(change -> change.changed() + change.unchanged() == 40);
    assertThat(counts(group).total()).isEqualTo(40);
  }

  @Test
  void cannotBeDeletedWhileItIsHeld() {
    Assumptions.assumeTrue(ports().concurrent());
    RecipientGroup group = store("VIPs", null);
    Recipient jane = storePerson();
    CountDownLatch asked = new CountDownLatch(1);
    List<Background<Boolean>> deleting = new ArrayList<>();

    Changed changed =
        inTransaction(() -> {
          groups().hold(scope(), group.publicId());
          deleting.add(
              Background.start(() -> {
                asked.countDown();
                delete(group);
                return true;
              }));
          awaitQuietly(asked);
          return groups().add(scope(), group.id(), List.of(jane.id()));
        });

    assertThat(changed.changed()).isEqualTo(1);
    assertThat(deleting.getFirst().result()).isTrue();
    assertThat(groups().find(scope(), group.publicId())).isEmpty();
  }

  private RecipientGroup store(String name, @Nullable TagExpression tags) {
    return store(scope(), name, tags);
  }

  private RecipientGroup store(Scope owner, String name, @Nullable TagExpression tags) {
    return inTransaction(() ->
        groups()
            .insert(
                owner,
                new PublicGroupId(UUID.randomUUID()),
                new GroupDetails(name, "for tests", tags),
                NOW));
  }

  private RecipientGroup locked(RecipientGroup group) {
    return inTransaction(() -> groups().lock(scope(), group.publicId()).orElseThrow());
  }

  private void save(RecipientGroup group) {
    ports()
        .transactions()
        .run(() -> {
          groups().lock(scope(), group.publicId());
          groups().save(group);
        });
  }

  private void delete(RecipientGroup group) {
    ports()
        .transactions()
        .run(() -> {
          groups().lock(scope(), group.publicId());
          groups().delete(group.id());
        });
  }

  private Changed add(RecipientGroup group, RecipientKey... keys) {
    return inTransaction(() -> groups().add(scope(), group.id(), List.of(keys)));
  }

  private Changed remove(RecipientGroup group, RecipientKey... keys) {
    return inTransaction(() -> groups().remove(scope(), group.id(), List.of(keys)));
  }

  private MemberCounts counts(RecipientGroup group) {
    return groups().count(scope(), List.of(group)).getOrDefault(group.id(), MemberCounts.NONE);
  }

  private Collection<Recipient> members(RecipientGroup group) {
    return members(filter(group, null));
  }

  private List<Recipient> members(RecipientFilter filter) {
    return recipients()
        .list(scope(), filter, new RecipientPageRequest(RecipientOrder.DEFAULT, 1_000, 0, null))
        .items();
  }

  private RecipientPage page(RecipientGroup group, @Nullable RecipientPage before, int size) {
    return recipients()
        .list(
            scope(),
            filter(group, null),
            new RecipientPageRequest(
                RecipientOrder.DEFAULT, size, 0, before == null ? null : before.next()));
  }

  private static RecipientFilter filter(
      @Nullable RecipientGroup group, @Nullable TagExpression expression) {
    return new RecipientFilter(Set.of(), "", null, group == null ? null : group.id(), expression);
  }

  private Recipient storePerson() {
    return storePerson(scope());
  }

  private Recipient storePerson(Scope owner) {
    return storePerson(owner, null, PHONE, null, List.of());
  }

  private Recipient storePerson(
      Scope owner,
      @Nullable EmailAddress email,
      @Nullable PhoneNumber sms,
      @Nullable PhoneNumber whatsapp,
      List<String> tags) {
    RecipientDetails details =
        new RecipientDetails(
            "Jane",
            "Smith " + made.incrementAndGet(),
            email,
            sms,
            whatsapp,
            PostalAddress.EMPTY,
            tags,
            "");
    return inTransaction(
        () -> recipients().insert(owner, new NewRecipient(UUID.randomUUID(), details), NOW));
  }

  private <T> T inTransaction(Supplier<T> work) {
    return ports().transactions().inTransaction(work);
  }

  private static PublicRecipientId publicId(Recipient recipient) {
    return new PublicRecipientId(recipient.publicId());
  }

  private static void assertTaken(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DomainException.class,
            refused ->
                assertThat(refused.error())
                    .isEqualTo(
                        new DomainError.AlreadyExists(
                            DomainError.NotFound.Kind.RECIPIENT_GROUP,
                            "recipient_group.name",
                            "")));
  }

  private static List<String> someTags(Random random) {
    return TAGS.stream().filter(_ -> random.nextInt(3) == 0).toList();
  }

  private static String expression(Random random, int depth) {
    return switch (depth == 0 ? 0 : random.nextInt(4)) {
      case 0 -> "\"" + TAGS.get(random.nextInt(TAGS.size())) + "\"";
      case 1 -> "NOT " + operand(random, depth);
      case 2 -> joined(" AND ", random, depth);
      default -> joined(" OR ", random, depth);
    };
  }

  private static String joined(String joint, Random random, int depth) {
    return IntStream.range(0, 2 + random.nextInt(3))
        .mapToObj(_ -> operand(random, depth))
        .collect(Collectors.joining(joint));
  }

  private static String operand(Random random, int depth) {
    return "(" + expression(random, depth - 1) + ")";
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }
}
