package dev.carillon.application.contract;

import static dev.carillon.application.fixture.Contact.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.application.fixture.Background;
import dev.carillon.application.fixture.Contact;
import dev.carillon.application.port.NewRecipient;
import dev.carillon.application.port.RecipientCursor;
import dev.carillon.application.port.RecipientFilter;
import dev.carillon.application.port.RecipientOrder;
import dev.carillon.application.port.RecipientOrder.By;
import dev.carillon.application.port.RecipientPage;
import dev.carillon.application.port.RecipientPageRequest;
import dev.carillon.application.port.RecipientRepository;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.recipient.CountryCode;
import dev.carillon.domain.recipient.EmailAddress;
import dev.carillon.domain.recipient.PhoneNumber;
import dev.carillon.domain.recipient.PostalAddress;
import dev.carillon.domain.recipient.PublicRecipientId;
import dev.carillon.domain.recipient.Recipient;
import dev.carillon.domain.recipient.RecipientDetails;
import dev.carillon.domain.recipient.RecipientField;
import dev.carillon.domain.recipient.RecipientId;
import dev.carillon.domain.recipient.RecipientMatch;
import dev.carillon.domain.recipient.TagExpression;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every store of recipients keeps.
public abstract class RecipientRepositoryContract extends StoreContract {
  private static final RecipientDetails FULL =
      new RecipientDetails(
          "Zoë",
          "O'Neil ☃",
          new EmailAddress("zoe@example.com"),
          new PhoneNumber("+263771234567"),
          new PhoneNumber("+263777654321"),
          new PostalAddress("1 First St", "Harare", "HA", "00263", new CountryCode("ZW")),
          List.of("vip", "New York", "{a,\"b\"}"),
          "first line\nsecond",
          "crm-7");

  /// The recipients of the store that [#ports()] shows.
  protected abstract RecipientRepository recipients();

  @Test
  void keepsARecipientAsItWasStored() {
    Recipient full = store(FULL);
    Recipient bare = store(named("Smith"));

    assertThat(full.details()).isEqualTo(FULL);
    assertThat(full.version()).isEqualTo(1);
    assertThat(full.createdAt()).isEqualTo(NOW);
    assertThat(full.updatedAt()).isEqualTo(NOW);
    assertThat(bare.id().value()).isGreaterThan(full.id().value());
    assertThat(recipients().find(scope(), full.id())).contains(full);
    assertThat(recipients().find(scope(), new PublicRecipientId(full.publicId()))).contains(full);
    assertThat(recipients().find(scope(), bare.id())).contains(bare);
  }

  @Test
  void showsARecipientToItsOwnScopeOnly() {
    Recipient stored = store(FULL);
    Scope stranger = ports().newScope().get();

    for (Scope other : List.of(stranger, testScope())) {
      PublicRecipientId publicId = new PublicRecipientId(stored.publicId());
      assertThat(recipients().find(other, stored.id())).isEmpty();
      assertThat(recipients().find(other, publicId)).isEmpty();
      assertThat(recipients().findAll(other, List.of(stored.id(), publicId))).isEmpty();
      assertThat(inTransaction(() -> recipients().lock(other, stored.id()))).isEmpty();
      assertThat(recipients().matching(other, RecipientMatch.REFERENCE, "crm-7")).isEmpty();
      assertThat(recipients().delete(other, stored.id())).isFalse();
      assertThat(recipients().withdraw(other, new EmailAddress("zoe@example.com"), NOW)).isEmpty();
      assertThat(list(other, RecipientFilter.ALL).totalSize()).isZero();
      assertThat(list(other, tagged("vip")).items()).isEmpty();
    }
    assertThat(recipients().find(scope(), stored.id())).contains(stored);
  }

  @Test
  void findsSeveralByEitherId() {
    Recipient one = store(named("One"));
    Recipient two = store(named("Two"));
    store(named("Three"));

    assertThat(
            recipients()
                .findAll(
                    scope(),
                    List.of(
                        one.id(),
                        new PublicRecipientId(two.publicId()),
                        new PublicRecipientId(UUID.randomUUID()),
                        new RecipientId(Long.MAX_VALUE))))
        .containsExactlyInAnyOrder(one, two);
    assertThat(recipients().findAll(scope(), List.of())).isEmpty();
  }

  @Test
  void storesManyAtOnceLikeEach() {
    List<RecipientDetails> details = new ArrayList<>(List.of(FULL));
    IntStream.range(0, 500).forEach(i -> details.add(named("Smith " + i).details()));
    inTransaction(() -> {
      recipients()
          .insertAll(
              scope(),
              details.stream().map(one -> new NewRecipient(UUID.randomUUID(), one)).toList(),
              NOW);
      return true;
    });

    List<Recipient> stored = all(RecipientFilter.ALL, RecipientOrder.DEFAULT, 100);

    assertThat(stored.stream().map(Recipient::details).toList()).isEqualTo(details);
    assertThat(stored.getFirst().version()).isEqualTo(1);
    assertThat(stored.getFirst().createdAt()).isEqualTo(NOW);
    assertThat(list(scope(), RecipientFilter.ALL).totalSize()).isEqualTo(501);
  }

  @Test
  void givesAReferenceToOneRecipientOfAScope() {
    Recipient first = store(named("One").referredToAs("a"));
    Recipient other = store(named("Two").referredToAs("b"));

    assertTaken(() -> store(named("Three").referredToAs("a")));
    assertTaken(() -> save(other.with(named("Two").referredToAs("a").details(), NOW)));
    assertThat(recipients().find(scope(), other.id())).contains(other);
    assertThat(store(testScope(), named("One").referredToAs("a").details()).reference())
        .isEqualTo("a");
    recipients().delete(scope(), first.id());
    assertThat(store(named("Four").referredToAs("a")).reference()).isEqualTo("a");
    assertThat(store(named("Five")).reference()).isEqualTo(store(named("Six")).reference());
  }

  @Test
  void keepsWhatWasChanged() {
    Recipient bare = store(named("Smith"));
    Recipient full = store(FULL);
    Instant later = NOW.plusSeconds(5);
    RecipientDetails other =
        FULL.with(named("Smith").referredToAs("crm-8").details(), Set.of(RecipientField.REFERENCE));
    Recipient filled = bare.with(other, later);
    Recipient emptied = full.with(named("Smith").details(), later);

    save(filled, emptied);

    assertThat(recipients().find(scope(), bare.id())).contains(filled);
    assertThat(recipients().find(scope(), full.id())).contains(emptied);
    assertThat(filled.version()).isEqualTo(2);
    assertThat(filled.createdAt()).isEqualTo(NOW);
  }

  @Test
  void deletesOnceAndForGood() {
    Recipient stored = store(FULL);

    assertThat(recipients().delete(scope(), stored.id())).isTrue();
    assertThat(recipients().delete(scope(), stored.id())).isFalse();
    assertThat(recipients().find(scope(), stored.id())).isEmpty();
    assertThat(list(scope(), RecipientFilter.ALL).totalSize()).isZero();
    assertThat(store(named("Next")).id().value()).isGreaterThan(stored.id().value());
  }

  @Test
  void findsWhoHasAReferenceOrAnAddress() {
    Recipient first = store(FULL);
    Recipient second = store(named("Smith").mail("zoe@example.com").sms("+263770000001"));

    assertThat(recipients().matching(scope(), RecipientMatch.EMAIL, "zoe@example.com"))
        .contains(first.id());
    assertThat(recipients().matching(scope(), RecipientMatch.SMS_PHONE, "+263770000001"))
        .contains(second.id());
    assertThat(recipients().matching(scope(), RecipientMatch.WHATSAPP_PHONE, "+263770000001"))
        .isEmpty();
    assertThat(recipients().matching(scope(), RecipientMatch.REFERENCE, "CRM-7")).isEmpty();
    assertThat(matching(RecipientMatch.EMAIL, "zoe@example.com", "b@example.com"))
        .containsExactly(first, second);
    assertThat(matching(RecipientMatch.REFERENCE, "crm-7", "crm-8")).containsExactly(first);
    assertThat(matching(RecipientMatch.WHATSAPP_PHONE)).isEmpty();
  }

  @Test
  void takesAnAddressFromEverybodyAndKeepsWhoHasAnother() {
    PhoneNumber phone = new PhoneNumber(Contact.PHONE);
    Recipient only = store(named("Only").sms(Contact.PHONE).whatsApp(Contact.PHONE));
    Recipient mail = store(named("Mail").sms(Contact.PHONE).mail("a@example.com"));
    Recipient other = store(named("Other").sms("+263770000001"));
    Recipient stranger = store(testScope(), named("Only").details());

    List<RecipientId> deleted = recipients().withdraw(scope(), phone, NOW.plusSeconds(1));

    assertThat(deleted).containsExactly(only.id());
    assertThat(recipients().find(scope(), only.id())).isEmpty();
    assertThat(recipients().find(scope(), mail.id()))
        .contains(mail.with(mail.details().without(phone), NOW.plusSeconds(1)));
    assertThat(recipients().find(scope(), other.id())).contains(other);
    assertThat(recipients().find(testScope(), stranger.id())).contains(stranger);
    assertThat(list(scope(), RecipientFilter.ALL).totalSize()).isEqualTo(2);
    assertThat(recipients().withdraw(scope(), new EmailAddress("a@example.com"), NOW))
        .containsExactly(mail.id());
    assertThat(recipients().find(scope(), mail.id())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(By.class)
  void listsEverybodyOnceInEveryOrderPageByPage(By by) {
    long seed = System.nanoTime();
    List<Recipient> stored = storeSome(new Random(seed), 60);
    Comparator<Recipient> order = order(by);

    for (boolean descending : new boolean[] {false, true}) {
      List<Recipient> wanted =
          stored.stream().sorted(descending ? order.reversed() : order).toList();
      for (int size : new int[] {1, 7, 60, 1_000}) {
        assertThat(all(RecipientFilter.ALL, new RecipientOrder(by, descending), size))
            .as("seed %d, size %d, descending %s", seed, size, descending)
            .isEqualTo(wanted);
      }
    }
  }

  @Test
  void sortsNamesByCodePoint() {
    List<String> names = List.of("Z", "a", "Ä", "\uE000", "\uD83D\uDE00");
    for (String name : List.of("\uD83D\uDE00", "a", "\uE000", "Z", "Ä")) {
      store(named(name));
    }

    assertThat(all(RecipientFilter.ALL, new RecipientOrder(By.LAST_NAME, false), 2))
        .extracting(Recipient::lastName)
        .isEqualTo(names);
  }

  @Test
  void goesOnWhereThePageEndedWhateverHappenedToItsLast() {
    List<Recipient> stored = Stream.of("A", "B", "C", "D").map(name -> store(named(name))).toList();
    RecipientOrder order = new RecipientOrder(By.LAST_NAME, false);
    RecipientPage first = list(order, 2, 0, null);

    recipients().delete(scope(), stored.get(1).id());
    save(stored.getFirst().with(named("E").details(), NOW));
    RecipientPage second = list(order, 2, 0, first.next());

    assertThat(first.items()).containsExactly(stored.get(0), stored.get(1));
    assertThat(second.items()).containsExactly(stored.get(2), stored.get(3));
  }

  @Test
  void leavesOutWhatIsToBeSkipped() {
    List<Recipient> stored = IntStream.range(0, 10).mapToObj(i -> store(named("S" + i))).toList();

    RecipientPage page = list(RecipientOrder.DEFAULT, 3, 4, null);
    RecipientPage next = list(RecipientOrder.DEFAULT, 3, 2, page.next());

    assertThat(page.items()).isEqualTo(stored.subList(4, 7));
    assertThat(next.items()).isEqualTo(stored.subList(9, 10));
    assertThat(next.next()).isNull();
    assertThat(list(RecipientOrder.DEFAULT, 3, 10, null).items()).isEmpty();
    assertThat(page.totalSize()).isEqualTo(10);
  }

  @Test
  void filtersByTagsTextAndChannel() {
    Recipient one =
        store(named("Smith").mail("one@example.com").tagged("vip", "news").referredToAs("A_1%"));
    Recipient two = store(named("Šmíd").sms("+263770000002").tagged("vip"));
    Recipient three = store(named("Brown").whatsApp("+263770000003").tagged("VIP", "news"));

    assertThat(found(tagged("vip"))).containsExactly(one, two);
    assertThat(found(tagged("vip", "news"))).containsExactly(one);
    assertThat(found(tagged("gone"))).isEmpty();
    assertThat(found(text("jane s"))).containsExactly(one);
    assertThat(found(text("ŠMÍD"))).containsExactly(two);
    assertThat(found(text("ONE@EXAMPLE"))).containsExactly(one);
    assertThat(found(text("77000000"))).containsExactly(two, three);
    assertThat(found(text("a_1%"))).containsExactly(one);
    assertThat(found(text("%"))).containsExactly(one);
    assertThat(found(on(Channel.EMAIL))).containsExactly(one);
    assertThat(found(on(Channel.SMS))).containsExactly(two);
    assertThat(found(on(Channel.WHATSAPP))).containsExactly(three);
    assertThat(
            found(
                new RecipientFilter(
                    Set.of("news"), "brown", Channel.WHATSAPP, null, TagExpression.of("VIP"))))
        .containsExactly(three);
    assertThat(
            found(
                new RecipientFilter(
                    Set.of(), "", null, null, TagExpression.of("vip AND NOT news"))))
        .containsExactly(two);
  }

  @Test
  void keepsTheTotalOfAFilteredListFromItsFirstPage() {
    IntStream.range(0, 5).forEach(i -> store(named("S" + i).tagged("vip")));
    store(named("Other"));
    RecipientPage first =
        recipients()
            .list(
                scope(),
                tagged("vip"),
                new RecipientPageRequest(RecipientOrder.DEFAULT, 2, 0, null));
    store(named("Late").tagged("vip"));

    RecipientPage second =
        recipients()
            .list(
                scope(),
                tagged("vip"),
                new RecipientPageRequest(RecipientOrder.DEFAULT, 2, 0, first.next()));

    assertThat(first.totalSize()).isEqualTo(5);
    assertThat(second.totalSize()).isEqualTo(5);
    assertThat(list(scope(), RecipientFilter.ALL).totalSize()).isEqualTo(7);
  }

  @Test
  void undoesAllOfATransactionThatFails() {
    Recipient kept = store(named("Kept"));
    IllegalStateException onPurpose = new IllegalStateException("on purpose");

    IllegalStateException thrown =
        catchThrowableOfType(
            IllegalStateException.class,
            () ->
                inTransaction(() -> {
                  recipients().insert(scope(), aNew(named("Gone").details()), NOW);
                  recipients().insertAll(scope(), List.of(aNew(named("Gone too").details())), NOW);
                  recipients().delete(scope(), kept.id());
                  throw onPurpose;
                }));

    assertThat(thrown).isSameAs(onPurpose);
    assertThat(found(RecipientFilter.ALL)).containsExactly(kept);
    assertThat(list(scope(), RecipientFilter.ALL).totalSize()).isEqualTo(1);
  }

  @Test
  void letsWritersOfAScopeTakeTurns() throws InterruptedException {
    Assumptions.assumeTrue(ports().concurrent());
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    Background<Boolean> alone = Background.start(() -> holdTurn(scope(), true, inside, mayEnd));
    inside.await();

    Background<Boolean> shared = Background.start(() -> turn(scope(), false));
    Background<Boolean> other = Background.start(() -> turn(testScope(), true));

    assertThat(other.result()).isTrue();
    assertThat(shared.isDone()).isFalse();
    mayEnd.countDown();
    assertThat(shared.result()).isTrue();
    assertThat(alone.result()).isTrue();
  }

  @Test
  void letsThoseWhoShareATurnWriteTogether() throws InterruptedException {
    Assumptions.assumeTrue(ports().concurrent());
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    Background<Boolean> one = Background.start(() -> holdTurn(scope(), false, inside, mayEnd));
    inside.await();

    assertThat(turn(scope(), false)).isTrue();
    mayEnd.countDown();
    assertThat(one.result()).isTrue();
  }

  @Test
  void countsRightHoweverManyWrite() {
    List<Recipient> made =
        Background.together(
            8,
            () -> {
              Recipient last = store(named("First"));
              for (int i = 0; i < 10; i++) {
                last = store(named("S" + i));
              }
              recipients().delete(scope(), last.id());
              return last;
            });

    assertThat(made).hasSize(8);
    assertThat(list(scope(), RecipientFilter.ALL).totalSize()).isEqualTo(80);
    assertThat(all(RecipientFilter.ALL, RecipientOrder.DEFAULT, 1_000)).hasSize(80);
  }

  private List<Recipient> storeSome(Random random, int count) {
    List<Recipient> stored = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RecipientDetails details = named("N" + random.nextInt(8)).details();
      Instant created = NOW.plusSeconds(random.nextInt(5));
      Recipient made =
          recipients().insert(scope(), new NewRecipient(UUID.randomUUID(), details), created);
      if (random.nextBoolean()) {
        made = made.with(details, created.plusMillis(random.nextInt(4_000)));
        save(made);
      }
      stored.add(made);
    }
    return stored;
  }

  private static Comparator<Recipient> order(By by) {
    Comparator<Recipient> byId = Comparator.comparingLong(one -> one.id().value());
    return switch (by) {
      case ID -> byId;
      case CREATE_TIME -> Comparator.comparing(Recipient::createdAt).thenComparing(byId);
      case UPDATE_TIME -> Comparator.comparing(Recipient::updatedAt).thenComparing(byId);
      case LAST_NAME -> Comparator.comparing(Recipient::lastName).thenComparing(byId);
    };
  }

  /// All pages of a list, one after the other.
  private List<Recipient> all(RecipientFilter filter, RecipientOrder order, int size) {
    List<Recipient> all = new ArrayList<>();
    RecipientCursor cursor = null;
    do {
      RecipientPage page =
          recipients().list(scope(), filter, new RecipientPageRequest(order, size, 0, cursor));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(size);
      all.addAll(page.items());
      cursor = page.next();
    } while (cursor != null);
    return all;
  }

  private RecipientPage list(
      RecipientOrder order, int size, int skip, @Nullable RecipientCursor after) {
    return recipients()
        .list(scope(), RecipientFilter.ALL, new RecipientPageRequest(order, size, skip, after));
  }

  private RecipientPage list(Scope owner, RecipientFilter filter) {
    return recipients().list(owner, filter, RecipientPageRequest.first());
  }

  private List<Recipient> found(RecipientFilter filter) {
    RecipientPage page = list(scope(), filter);
    assertThat(page.totalSize()).isEqualTo(page.items().size());
    return page.items();
  }

  private static RecipientFilter tagged(String... tags) {
    return new RecipientFilter(Set.of(tags), "", null, null, null);
  }

  private static RecipientFilter text(String text) {
    return new RecipientFilter(Set.of(), text, null, null, null);
  }

  private static RecipientFilter on(Channel channel) {
    return new RecipientFilter(Set.of(), "", channel, null, null);
  }

  private List<Recipient> matching(RecipientMatch match, String... values) {
    return inTransaction(() -> recipients().lockMatching(scope(), match, List.of(values)));
  }

  private Recipient store(Contact contact) {
    return store(contact.details());
  }

  private Recipient store(RecipientDetails details) {
    return store(scope(), details);
  }

  private Recipient store(Scope owner, RecipientDetails details) {
    return recipients().insert(owner, aNew(details), NOW);
  }

  private static NewRecipient aNew(RecipientDetails details) {
    return new NewRecipient(UUID.randomUUID(), details);
  }

  private void save(Recipient... changed) {
    inTransaction(() -> {
      for (Recipient one : changed) {
        assertThat(recipients().lock(scope(), one.id())).isPresent();
      }
      recipients().save(scope(), List.of(changed));
      return true;
    });
  }

  private boolean turn(Scope owner, boolean alone) {
    return inTransaction(() -> {
      recipients().takeTurn(owner, alone);
      return true;
    });
  }

  private boolean holdTurn(
      Scope owner, boolean alone, CountDownLatch inside, CountDownLatch mayEnd) {
    return inTransaction(() -> {
      recipients().takeTurn(owner, alone);
      inside.countDown();
      try {
        mayEnd.await();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return false;
      }
      return true;
    });
  }

  private <T> T inTransaction(Supplier<T> work) {
    return ports().transactions().inTransaction(work);
  }

  private static void assertTaken(Runnable work) {
    DomainException refusal = catchThrowableOfType(DomainException.class, work::run);
    assertThat(refusal.error()).isInstanceOf(DomainError.AlreadyExists.class);
    assertThat(((DomainError.AlreadyExists) refusal.error()).field())
        .isEqualTo("recipient.reference");
  }
}
