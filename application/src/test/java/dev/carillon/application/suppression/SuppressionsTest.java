package dev.carillon.application.suppression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.application.Idempotency;
import dev.carillon.application.admin.Trail;
import dev.carillon.application.fixture.MutableClock;
import dev.carillon.application.fixture.PlainNumbering;
import dev.carillon.application.memory.InMemoryStore;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.business.AuditEntry;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.recipient.Suppression;
import dev.carillon.domain.recipient.SuppressionCause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Putting addresses on lists, taking them off and looking at them.
class SuppressionsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final MutableClock clock = new MutableClock(NOW);
  private final InMemoryStore store = new InMemoryStore(clock);
  private final Caller caller = caller(store.newScope());
  private final Caller stranger = caller(store.newScope());
  private final List<Suppression> told = new ArrayList<>();
  private final Idempotency idempotency = new Idempotency(store, store.keys(), clock);
  private final AddSuppressions add =
      new AddSuppressions(
          idempotency, store.suppressions(), new PlainNumbering(), clock, told::addAll);
  private final RemoveSuppressions remove =
      new RemoveSuppressions(
          idempotency, store.suppressions(), new PlainNumbering(), new Trail(store.trail(), clock));
  private final ListSuppressions list =
      new ListSuppressions(store.suppressions(), new PlainNumbering());

  @Test
  void putsAddressesOnTheListInTheFormThatJobsLookFor() {
    AddSuppressions.Result result =
        add("", Channel.SMS, "0771234567", "+263 77 123 4567", "+263771234568");

    assertThat(result).isEqualTo(new AddSuppressions.Result(2, 0));
    assertThat(
            store
                .suppressions()
                .among(
                    caller.scope(), Channel.SMS, List.of("+263771234567", "+263771234568", "+1")))
        .containsExactlyInAnyOrder("+263771234567", "+263771234568");
    assertThat(told)
        .extracting(Suppression::address)
        .containsOnly("+263771234567", "+263771234568");
  }

  @Test
  void keepsListsApartByChannelAndTenant() {
    add("", Channel.SMS, "+263771234567");

    assertThat(listed(null, null, "")).hasSize(1);
    assertThat(listed(Channel.WHATSAPP, null, "")).isEmpty();
    assertThat(list.handle(query(stranger, null, null, "")).items()).isEmpty();
    assertThat(remove(stranger, "", Channel.SMS, "+263771234567").removed()).isEmpty();
    assertThat(listed(Channel.SMS, null, "")).hasSize(1);
  }

  @Test
  void leavesWhatIsThereAsItWas() {
    add(SuppressionCause.STOP, "wrote STOP", "+263771234567");
    clock.advance(Duration.ofDays(1));

    AddSuppressions.Result again =
        add(SuppressionCause.MANUAL, "", "+263771234567", "+263771234568");

    assertThat(again).isEqualTo(new AddSuppressions.Result(1, 1));
    assertThat(listed(null, null, "+263771234567"))
        .containsExactly(
            new Suppression(
                caller.scope(),
                Channel.SMS,
                "+263771234567",
                SuppressionCause.STOP,
                "wrote STOP",
                "key-1",
                NOW));
  }

  @Test
  void refusesAllWhenOneCannotBeReadAndNamesEach() {
    assertThatThrownBy(() -> add("", Channel.SMS, "+263771234567", "nobody", "", "12"))
        .isInstanceOfSatisfying(
            DomainException.class,
            refused ->
                assertThat(((DomainError.InvalidFields) refused.error()).violations())
                    .extracting(FieldViolation::path)
                    .containsExactly("addresses[1]", "addresses[2]", "addresses[3]"));

    assertThat(listed(null, null, "")).isEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  void takesOneToAThousandAtOnce() {
    assertThatThrownBy(() -> add("", Channel.SMS)).isInstanceOf(DomainException.class);
    assertThatThrownBy(() ->
            add(
                "",
                Channel.SMS,
                Collections.nCopies(1_001, "+263771234567").toArray(String[]::new)))
        .isInstanceOf(DomainException.class);
    assertThat(
            add(
                "",
                Channel.SMS,
                Collections.nCopies(1_000, "+263771234567").toArray(String[]::new)))
        .isEqualTo(new AddSuppressions.Result(1, 0));
  }

  @Test
  void refusesANoteThatIsTooLongOrHoldsNul() {
    for (String note : List.of("x".repeat(256), "a\0b")) {
      assertThatThrownBy(() -> add(SuppressionCause.MANUAL, note, "+263771234567"))
          .isInstanceOf(DomainException.class);
    }
    add(SuppressionCause.MANUAL, "x".repeat(255), "+263771234567");
  }

  @Test
  void givesTheFirstAnswerAgainToTheSameRequest() {
    AddSuppressions.Result first = add("r-1", Channel.SMS, "+263771234567");
    told.clear();

    assertThat(add("r-1", Channel.SMS, "0771234567")).isEqualTo(first);
    assertThat(told).isEmpty();
    assertThatThrownBy(() -> add("r-1", Channel.SMS, "+263771234568"))
        .isInstanceOfSatisfying(
            DomainException.class,
            refused -> assertThat(refused.error()).isInstanceOf(DomainError.RequestIdReused.class));
  }

  @Test
  void tellsWhatWasTakenOffAndTellsItAgainToTheSameRequest() {
    add(SuppressionCause.COMPLAINT, "line one\nline two", "+263771234567");
    clock.advance(Duration.ofHours(1));

    RemoveSuppressions.Result result =
        remove(caller, "r-1", Channel.SMS, "+263771234568", "0771234567");

    assertThat(result.removed())
        .containsExactly(
            new Suppression(
                caller.scope(),
                Channel.SMS,
                "+263771234567",
                SuppressionCause.COMPLAINT,
                "line one\nline two",
                "key-1",
                NOW));
    assertThat(result.unchanged()).isOne();
    assertThat(listed(null, null, "")).isEmpty();
    add("", Channel.SMS, "+263771234567");
    assertThat(remove(caller, "r-1", Channel.SMS, "+263771234568", "0771234567")).isEqualTo(result);
    assertThat(listed(null, null, "")).as("a repeat takes nothing off").hasSize(1);
  }

  @Test
  void notesInTheAuditTrailWhoTookOffHowManyOfWhichCause() {
    add(SuppressionCause.STOP, "", "+263771234567", "+263771234568");
    add(SuppressionCause.MANUAL, "", "+263771234569");

    remove(
        caller,
        "",
        Channel.SMS,
        "+263771234567",
        "+263771234568",
        "+263771234569",
        "+263771234560");
    remove(caller, "", Channel.SMS, "+263771234560");

    assertThat(store.trail().list(null, null, PageRequest.first()).items())
        .extracting(AuditEntry::action, AuditEntry::before, entry -> entry.subject().name())
        .containsExactly(
            tuple("RemoveSuppressions", Map.of("STOP", "2", "MANUAL", "1"), "suppressions SMS"));
  }

  @Test
  void listsByChannelCauseAndAddress() {
    add(SuppressionCause.STOP, "", "+263771234567");
    add(SuppressionCause.MANUAL, "", "+263771234568");
    add("", Channel.EMAIL, "ann@example.com");
    add("", Channel.WHATSAPP, "+263771234567");

    assertThat(listed(null, null, "")).hasSize(4);
    assertThat(listed(Channel.SMS, null, "")).hasSize(2);
    assertThat(listed(null, SuppressionCause.STOP, "")).hasSize(1);
    assertThat(listed(null, null, "0771234567")).hasSize(2);
    assertThat(listed(null, null, "ann@EXAMPLE.com"))
        .extracting(Suppression::channel)
        .containsExactly(Channel.EMAIL);
    assertThat(listed(Channel.WHATSAPP, SuppressionCause.MANUAL, "+263771234567")).hasSize(1);
    assertThatThrownBy(() -> listed(Channel.EMAIL, null, "0771234567"))
        .isInstanceOf(DomainException.class);
  }

  @Test
  void pagesThroughTheLatestFirst() {
    add("", Channel.SMS, "+263771234561", "+263771234562", "+263771234563");

    Page<Suppression> first =
        list.handle(
            new ListSuppressions.Query(
                caller, null, null, "", "ZW", new PageRequest(2, 0, OptionalLong.empty())));
    Page<Suppression> second =
        list.handle(
            new ListSuppressions.Query(
                caller, null, null, "", "ZW", new PageRequest(2, 0, first.next())));

    assertThat(first.items())
        .extracting(Suppression::address)
        .containsExactly("+263771234563", "+263771234562");
    assertThat(first.totalSize()).isEqualTo(3);
    assertThat(second.items()).extracting(Suppression::address).containsExactly("+263771234561");
    assertThat(second.next()).isEmpty();
  }

  private AddSuppressions.Result add(String requestId, Channel channel, String... addresses) {
    return add.handle(
        new AddSuppressions.Command(
            caller,
            requestId,
            new Addresses(channel, List.of(addresses), "ZW"),
            SuppressionCause.MANUAL,
            ""));
  }

  private AddSuppressions.Result add(SuppressionCause cause, String note, String... addresses) {
    return add.handle(
        new AddSuppressions.Command(
            caller, "", new Addresses(Channel.SMS, List.of(addresses), "ZW"), cause, note));
  }

  private RemoveSuppressions.Result remove(
      Caller who, String requestId, Channel channel, String... addresses) {
    return remove.handle(
        new RemoveSuppressions.Command(
            who, requestId, new Addresses(channel, List.of(addresses), "ZW")));
  }

  private List<Suppression> listed(
      @Nullable Channel channel, @Nullable SuppressionCause cause, String address) {
    return list.handle(query(caller, channel, cause, address)).items();
  }

  private static ListSuppressions.Query query(
      Caller who, @Nullable Channel channel, @Nullable SuppressionCause cause, String address) {
    return new ListSuppressions.Query(who, channel, cause, address, "ZW", PageRequest.first());
  }

  private static Caller caller(Scope scope) {
    return new Caller(scope, Role.USER, "key-1", "ZW", "USD");
  }
}
