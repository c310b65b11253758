package dev.carillon.application.contract;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.CarrierMessages;
import dev.carillon.application.port.CarrierMessages.Parked;
import dev.carillon.application.port.CarrierMessages.Part;
import dev.carillon.application.port.CarrierMessages.Parts;
import dev.carillon.application.port.Erasures;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.CarrierReceipt;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.delivery.Route;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.message.MessageTransition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every memory of the ids keeps that carriers know messages by.
public abstract class CarrierMessagesContract extends StoreContract {
  private static final String NUMBER = "+263771230042";
  private static final Instant FAR = NOW.plus(Duration.ofDays(3_650));

  private CarrierId carrier = CarrierNumbersContract.aCarrier();

  /// The erasures of the store that the ports go to.
  protected abstract Erasures erasures();

  @BeforeEach
  void beginAnew() {
    carrier = CarrierNumbersContract.aCarrier();
    messages().forget(FAR, 10_000);
  }

  @Test
  void findsPartsByTheIdsThatTheirAttemptsWereAnsweredWith() {
    StoredJob job = aJobOf(4, 2);

    append(job, accepted(0, 1, "one"), accepted(3, 2, "a", "b", "c"));

    assertThat(messages().find(carrier, List.of("one", "b", "c", "", "unknown", "b")))
        .isEqualTo(
            Map.of(
                "one", new Part(job.ref(0), 1, 1, 1),
                "b", new Part(job.ref(3), 2, 2, 3),
                "c", new Part(job.ref(3), 2, 3, 3)));
    assertThat(messages().find(new CarrierId(carrier + "-2"), List.of("one"))).isEmpty();
    assertThat(messages().find(carrier, List.of("ONE", " one"))).isEmpty();
    assertThat(messages().find(carrier, List.of())).isEmpty();
  }

  @Test
  void countsPartsThatWereNotTakenWithoutFindingThem() {
    StoredJob job = aJobOf(1, 1);

    append(job, accepted(0, 1, "", "second"));

    assertThat(messages().find(carrier, List.of("", "second")))
        .isEqualTo(Map.of("second", new Part(job.ref(0), 1, 2, 2)));
  }

  @Test
  void takesAnIdThatWasGivenTwiceForWhatItWasGivenForLast() {
    StoredJob job = aJobOf(3, 3);

    append(job, accepted(0, 1, "again", NOW.plusSeconds(1)));
    append(job, accepted(1, 1, "again", NOW.plusSeconds(2)));
    append(job, accepted(2, 1, "again", NOW));

    assertThat(messages().find(carrier, List.of("again")))
        .isEqualTo(Map.of("again", new Part(job.ref(1), 1, 1, 1)));
  }

  @Test
  void matchesAReceiptToTheLatestThatWasNotToldTheSame() {
    StoredJob job = aJobOf(3, 3);
    append(job, accepted(0, 1, "again", NOW.plusSeconds(1)));
    append(job, accepted(1, 1, "again", NOW.plusSeconds(2)));
    CarrierReceipt delivered = receipt("again", "", ReceiptKind.DELIVERED);
    CarrierReceipt sent = receipt("again", "", ReceiptKind.SENT);
    CarrierReceipt unknown = receipt("never", NUMBER, ReceiptKind.SENT);
    CarrierReceipt nameless = receipt("", NUMBER, ReceiptKind.SENT);
    tell(job.ref(1), delivered);

    assertThat(messages().match(List.of(delivered, sent, unknown, nameless)))
        .isEqualTo(Map.of(delivered, part(job, 1), sent, part(job, 1)));
    CarrierReceipt later = at(delivered, NOW.plusSeconds(60));
    assertThat(messages().match(List.of(later))).isEqualTo(Map.of(later, part(job, 0)));
    tell(job.ref(0), later);
    assertThat(messages().match(List.of(later, delivered)))
        .isEqualTo(Map.of(later, part(job, 0), delivered, part(job, 1)));
    CarrierReceipt latest = at(delivered, NOW.plusSeconds(90));
    assertThat(messages().match(List.of(latest))).isEmpty();

    tell(job.ref(1), sent);
    CarrierReceipt sentAgain = at(sent, NOW.plusSeconds(90));
    assertThat(messages().match(List.of(sentAgain))).isEqualTo(Map.of(sentAgain, part(job, 1)));

    append(job, accepted(2, 1, "again", NOW.plusSeconds(91)));
    assertThat(messages().match(List.of(latest))).isEqualTo(Map.of(latest, part(job, 2)));
    assertThat(messages().match(List.of())).isEmpty();
  }

  @Test
  void matchesPartsByWhatWasToldOfThemAlone() {
    StoredJob job = aJobOf(1, 1);
    append(job, accepted(0, 1, "a", "b"));
    CarrierReceipt first = receipt("a", "", ReceiptKind.DELIVERED);
    CarrierReceipt second = at(receipt("b", "", ReceiptKind.DELIVERED), NOW.plusSeconds(1));
    tell(job.ref(0), first);

    assertThat(messages().match(List.of(first, second)))
        .isEqualTo(
            Map.of(first, new Part(job.ref(0), 1, 1, 2), second, new Part(job.ref(0), 1, 2, 2)));
  }

  @Test
  void matchesNothingParkedToWhatGotTheIdADayLater() {
    StoredJob job = aJobOf(2, 2);
    messages().park(List.of(receipt("anew", "", ReceiptKind.DELIVERED)), NOW);

    append(job, accepted(0, 1, "anew", NOW.plus(Duration.ofDays(1)).plusSeconds(1)));
    assertThat(messages().matched(FAR, 10)).isEmpty();
    append(job, accepted(1, 1, "anew", NOW.plus(Duration.ofDays(1))));
    assertThat(messages().matched(FAR.plus(Duration.ofDays(3_650)), 10))
        .extracting(Parked::part)
        .containsExactly(part(job, 1));
  }

  @Test
  void findsManyAtOnce() {
    StoredJob job = aJobOf(2_000, 2_000);
    append(
        job,
        IntStream.range(0, 2_000)
            .mapToObj(position -> accepted(position, 1, "many-" + position))
            .toArray(Attempt[]::new));
    List<String> wanted = new ArrayList<>(List.of("many-2000"));
    IntStream.range(0, 2_000).forEach(position -> wanted.add("many-" + position));

    Map<String, Part> found = messages().find(carrier, wanted);

    assertThat(found).hasSize(2_000).doesNotContainKey("many-2000");
    assertThat(found.get("many-1234")).isEqualTo(new Part(job.ref(1_234), 1, 1, 1));
  }

  @Test
  void forgetsTheIdsOfATransactionThatFailed() {
    StoredJob job = aJobOf(1, 1);

    assertThatThrownBy(() ->
            ports()
                .transactions()
                .run(() -> {
                  append(job, accepted(0, 1, "lost"));
                  throw new IllegalStateException("on purpose");
                }))
        .hasMessage("on purpose");

    assertThat(messages().find(carrier, List.of("lost"))).isEmpty();
  }

  @Test
  void learnsTheIdsOfMissingAttemptsOnly() {
    StoredJob job = aJobOf(2, 2);
    append(job, accepted(0, 1, "there"));

    for (int i = 0; i < 2; i++) {
      ports()
          .transactions()
          .run(() ->
              ports()
                  .log()
                  .appendMissingAttempts(
                      job.chunk(0), List.of(accepted(0, 1, "never"), accepted(1, 1, "missing"))));
    }

    assertThat(messages().find(carrier, List.of("there", "never", "missing")))
        .isEqualTo(
            Map.of(
                "there", new Part(job.ref(0), 1, 1, 1),
                "missing", new Part(job.ref(1), 1, 1, 1)));
  }

  @Test
  void notesOfEachPartTheFurthestThatWasTold() {
    StoredJob job = aJobOf(1, 1);

    assertThat(note(job, 1, 2, ReceiptKind.UNDELIVERED))
        .isEqualTo(new Parts(3, Map.of(2, ReceiptKind.UNDELIVERED)));
    assertThat(note(job, 1, 2, ReceiptKind.SENT).kinds())
        .isEqualTo(Map.of(2, ReceiptKind.UNDELIVERED));
    assertThat(note(job, 1, 1, ReceiptKind.SENT).kinds())
        .isEqualTo(Map.of(1, ReceiptKind.SENT, 2, ReceiptKind.UNDELIVERED));
    assertThat(note(job, 1, 1, ReceiptKind.READ).kinds())
        .isEqualTo(Map.of(1, ReceiptKind.READ, 2, ReceiptKind.UNDELIVERED));
    assertThat(note(job, 1, 1, ReceiptKind.DELIVERED).kinds().get(1)).isEqualTo(ReceiptKind.READ);
    assertThat(note(job, 1, 2, ReceiptKind.DELIVERED).kinds().get(2))
        .isEqualTo(ReceiptKind.DELIVERED);
    assertThat(note(job, 1, 3, ReceiptKind.DELIVERED).kinds()).hasSize(3);
    assertThat(note(job, 2, 1, ReceiptKind.SENT).kinds()).hasSize(1);
  }

  @Test
  void remembersAnIdThatItLearnsLater() {
    StoredJob job = aJobOf(2, 2);
    Part part = new Part(job.ref(1), 1, 1, 1);
    ports().transactions().run(() -> messages().learn(carrier, Map.of("told", part)));
    ports().transactions().run(() -> messages().learn(carrier, Map.of("told", part)));

    assertThat(messages().find(carrier, List.of("told"))).isEqualTo(Map.of("told", part));
    assertThatThrownBy(() ->
            ports()
                .transactions()
                .run(() -> {
                  messages().learn(carrier, Map.of("lost", part));
                  throw new IllegalStateException("on purpose");
                }))
        .hasMessage("on purpose");
    assertThat(messages().find(carrier, List.of("lost"))).isEmpty();
  }

  @Test
  void handsOutWhatWasParkedOnceItsIdIsKnown() {
    StoredJob job = aJobOf(1, 1);
    CarrierReceipt delivered = receipt("early", NUMBER, ReceiptKind.DELIVERED);
    CarrierReceipt other = receipt("nobodys", "", ReceiptKind.SENT);
    messages().park(List.of(other, delivered), NOW);
    assertThat(messages().matched(NOW, 10)).isEmpty();

    append(job, accepted(0, 1, "early"));

    assertThat(messages().matched(NOW.plusSeconds(1), 10))
        .singleElement()
        .satisfies(found -> {
          assertThat(found.receipt()).isEqualTo(delivered);
          assertThat(found.part()).isEqualTo(new Part(job.ref(0), 1, 1, 1));
          messages().unpark(List.of(found.number()));
        });
    assertThat(messages().matched(NOW.plusSeconds(100), 10)).isEmpty();
  }

  @Test
  void looksEverMoreSeldomForWhatNobodyKnows() {
    StoredJob job = aJobOf(1, 1);
    messages().park(List.of(receipt("late", "", ReceiptKind.DELIVERED)), NOW);
    assertThat(messages().matched(NOW.plusSeconds(100), 10)).isEmpty();

    append(job, accepted(0, 1, "late"));

    assertThat(messages().matched(NOW.plusSeconds(149), 10)).isEmpty();
    assertThat(messages().matched(NOW.plusSeconds(150), 10)).hasSize(1);
    assertThat(messages().matched(NOW.plusSeconds(151), 10)).isEmpty();
    assertThat(messages().matched(NOW.plusSeconds(226), 10)).hasSize(1);
  }

  @Test
  void parksTheSameOnceAndHandsOutTheOldestFirst() {
    StoredJob job = aJobOf(3, 3);
    CarrierReceipt first = receipt("p0", "", ReceiptKind.DELIVERED);
    messages().park(List.of(first, first), NOW);
    messages().park(List.of(receipt("p1", "", ReceiptKind.SENT)), NOW.plusMillis(1));
    messages()
        .park(
            List.of(
                receipt("p1", "", ReceiptKind.DELIVERED),
                first,
                receipt("p2", "", ReceiptKind.READ)),
            NOW.plusMillis(2));
    append(job, accepted(0, 1, "p0"), accepted(1, 1, "p1"), accepted(2, 1, "p2"));
    Instant later = NOW.plusSeconds(1);

    List<Parked> page = messages().matched(later, 3);
    List<Parked> rest = messages().matched(later, 3);

    assertThat(page)
        .extracting(this::told)
        .containsExactly("p0 DELIVERED", "p1 SENT", "p1 DELIVERED");
    assertThat(rest).extracting(this::told).containsExactly("p2 READ");
    assertThat(messages().matched(later, 3)).isEmpty();
  }

  @Test
  void keepsWhatIsParkedWhateverTheRunningTransactionComesTo() {
    StoredJob job = aJobOf(1, 1);
    append(job, accepted(0, 1, "kept"));

    assertThatThrownBy(() ->
            ports()
                .transactions()
                .run(() -> {
                  messages().park(List.of(receipt("kept", "", ReceiptKind.SENT)), NOW);
                  throw new IllegalStateException("on purpose");
                }))
        .hasMessage("on purpose");

    assertThat(messages().matched(NOW, 10)).hasSize(1);
  }

  @Test
  void keepsWhatAFailedTransactionWouldHaveUnparked() {
    StoredJob job = aJobOf(1, 1);
    append(job, accepted(0, 1, "stays"));
    messages().park(List.of(receipt("stays", "", ReceiptKind.SENT)), NOW);
    long number = messages().matched(NOW, 1).getFirst().number();

    assertThatThrownBy(() ->
            ports()
                .transactions()
                .run(() -> {
                  messages().unpark(List.of(number));
                  throw new IllegalStateException("on purpose");
                }))
        .hasMessage("on purpose");

    assertThat(messages().matched(NOW.plusSeconds(1), 1)).hasSize(1);
    messages().unpark(List.of());
    messages().unpark(List.of(number, number + 1_000));
    assertThat(messages().matched(NOW.plusSeconds(100), 1)).isEmpty();
  }

  @Test
  void forgetsWhatWasParkedBefore() {
    for (int second = 0; second < 4; second++) {
      messages()
          .park(List.of(receipt("old-" + second, "", ReceiptKind.SENT)), NOW.plusSeconds(second));
    }

    assertThat(messages().forget(NOW.plusSeconds(3), 2)).isEqualTo(2);
    assertThat(messages().forget(NOW.plusSeconds(3), 9)).isEqualTo(1);
    assertThat(messages().forget(NOW.plusSeconds(3), 9)).isZero();
    assertThat(messages().forget(FAR, 9)).isEqualTo(1);
  }

  @Test
  void matchesTheOnlyMessageInDoubtByItsAddress() {
    StoredJob job = aJobTo(NUMBER);
    lose(job, 0);
    CarrierReceipt sent = receipt("unheard", NUMBER, ReceiptKind.SENT);
    CarrierReceipt delivered = receipt("unheard", NUMBER, ReceiptKind.DELIVERED);
    messages().park(List.of(sent), NOW);
    messages().park(List.of(delivered), NOW.plusMillis(1));
    assertThat(messages().matchedByAddress(NOW, 10)).isEmpty();

    List<Parked> found = messages().matchedByAddress(NOW.plusSeconds(1), 10);

    assertThat(found).extracting(Parked::receipt).containsExactly(sent, delivered);
    assertThat(found).extracting(Parked::part).containsOnly(new Part(job.ref(0), 1, 1, 1));
    assertThat(messages().matchedByAddress(NOW.plusSeconds(1), 10)).isEmpty();
    assertThat(messages().matchedByAddress(NOW.plusSeconds(3), 1)).hasSize(1);
    assertThat(messages().matchedByAddress(NOW.plusSeconds(3), 1)).hasSize(1);
  }

  @Test
  void matchesNothingByAddressWhereItCouldBeAnother() {
    StoredJob twice = aJobTo("+263771230043", "+263771230043");
    lose(twice, 0);
    lose(twice, 1);
    StoredJob oneOnItsWay = aJobTo("+263771230044", "+263771230044");
    lose(oneOnItsWay, 0);
    change(oneOnItsWay.chunk(0), chunk -> chunk.move(1, MessageTransition.MARK));
    StoredJob answered = aJobTo("+263771230045");
    change(answered.chunk(0), chunk -> chunk.moveAll(MessageTransition.MARK));
    change(answered.chunk(0), chunk -> chunk.moveAll(MessageTransition.ACCEPT));
    StoredJob twoIds = aJobTo("+263771230046");
    lose(twoIds, 0);
    StoredJob elsewhere =
        storeAt(JobStatus.PROCESSING, anSmsJob().to("+263771230047", PersonalContent.EMPTY, ""));
    lose(elsewhere, 0);
    StoredJob inParts = storeAt(JobStatus.PROCESSING, anSmsJob().toOneOf(3).by(carrier.value()));
    lose(inParts, 0);
    messages()
        .park(
            List.of(
                receipt("x3", "+263771230043", ReceiptKind.DELIVERED),
                receipt("x4", "+263771230044", ReceiptKind.DELIVERED),
                receipt("x5", "+263771230045", ReceiptKind.DELIVERED),
                receipt("x6", "+263771230046", ReceiptKind.DELIVERED),
                receipt("x6-2", "+263771230046", ReceiptKind.DELIVERED),
                receipt("x7", "+263771230047", ReceiptKind.DELIVERED),
                receipt("x8", address(inParts), ReceiptKind.DELIVERED),
                receipt("x9", "", ReceiptKind.DELIVERED)),
            NOW);

    assertThat(messages().matchedByAddress(NOW.plusSeconds(1), 10)).isEmpty();
  }

  @Test
  void matchesByAddressTheMessageThatWasMarkedForTheCarrier() {
    int number = ports().carrierNumbers().of(carrier);
    StoredJob job =
        storeAt(
            JobStatus.PROCESSING,
            anSmsJob().to(NUMBER, PersonalContent.EMPTY, "").to(NUMBER, PersonalContent.EMPTY, ""));
    change(job.chunk(0), chunk -> chunk.assign(1, number));
    lose(job, 0);
    lose(job, 1);
    messages().park(List.of(receipt("routed", NUMBER, ReceiptKind.DELIVERED)), NOW);

    assertThat(messages().matchedByAddress(NOW.plusSeconds(1), 10))
        .singleElement()
        .satisfies(found -> assertThat(found.part().ref()).isEqualTo(job.ref(1)));
  }

  @Test
  void matchesNothingByAddressThatWasSentAfterTheReceiptCame() {
    StoredJob job = aJobTo(NUMBER);
    lose(job, 0);
    Instant before = Objects.requireNonNull(found(job).life().startedAt()).minusSeconds(1);
    messages().park(List.of(receipt("older", NUMBER, ReceiptKind.DELIVERED)), before);

    assertThat(messages().matchedByAddress(NOW, 10)).isEmpty();
  }

  @Test
  void leavesAReceiptWhoseIdIsKnownToThat() {
    StoredJob job = aJobTo(NUMBER, "+263771230048");
    lose(job, 0);
    append(job, accepted(1, 1, "known"));
    messages().park(List.of(receipt("known", NUMBER, ReceiptKind.DELIVERED)), NOW);

    assertThat(messages().matchedByAddress(NOW.plusSeconds(1), 10)).isEmpty();
    assertThat(messages().matched(NOW.plusSeconds(1), 10)).hasSize(1);
  }

  @Test
  void matchesByAddressAReceiptThatNamesNoId() {
    StoredJob job = aJobTo(NUMBER);
    lose(job, 0);
    messages().park(List.of(receipt("", NUMBER, ReceiptKind.DELIVERED)), NOW);
    messages().park(List.of(receipt("", NUMBER, ReceiptKind.DELIVERED)), NOW);

    assertThat(messages().matched(NOW.plusSeconds(1), 10)).isEmpty();
    assertThat(messages().matchedByAddress(NOW.plusSeconds(1), 10)).hasSize(1);
  }

  @Test
  void forgetsAnAddressAfterAnHourAndGoesOnLookingForTheId() {
    StoredJob job = aJobTo(NUMBER);
    messages()
        .park(
            List.of(
                receipt("hidden", NUMBER, ReceiptKind.DELIVERED),
                receipt("", NUMBER, ReceiptKind.SENT)),
            NOW);
    assertThat(messages().matchedByAddress(NOW.plusSeconds(3_601), 10)).isEmpty();
    lose(job, 0);

    assertThat(messages().matchedByAddress(FAR, 10)).isEmpty();

    append(job, accepted(0, 1, "hidden"));
    assertThat(messages().matched(FAR, 10))
        .singleElement()
        .satisfies(found -> assertThat(found.receipt().address()).isEmpty());
    assertThat(messages().forget(FAR, 10)).isEqualTo(1);
  }

  @Test
  void forgetsPeopleWhoseMessagesAreErased() {
    StoredJob job = aJobTo(NUMBER, "+263771230049");
    lose(job, 0);
    lose(job, 1);
    messages()
        .park(
            List.of(
                receipt("erased", NUMBER, ReceiptKind.DELIVERED),
                receipt("", NUMBER, ReceiptKind.SENT),
                receipt("another", "+263771230049", ReceiptKind.DELIVERED)),
            NOW);

    ports().transactions().run(() -> erasures().clear(List.of(job.ref(0))));

    assertThat(messages().matchedByAddress(NOW.plusSeconds(1), 10))
        .extracting(this::told)
        .containsExactly("another DELIVERED");
    append(job, accepted(0, 1, "erased"));
    assertThat(messages().matched(NOW.plusSeconds(1), 10))
        .singleElement()
        .satisfies(found -> {
          assertThat(found.receipt().address()).isEmpty();
          assertThat(found.receipt().detail()).isEmpty();
        });
  }

  private void tell(MessageRef ref, CarrierReceipt told) {
    ports()
        .transactions()
        .run(() ->
            ports()
                .log()
                .appendReceipts(
                    List.of(
                        new Receipt(
                            ref,
                            told.kind(),
                            told.reason(),
                            told.detail(),
                            told.carrier(),
                            told.carrierMessageId(),
                            told.at()))));
  }

  private static CarrierReceipt at(CarrierReceipt told, Instant time) {
    return new CarrierReceipt(
        told.carrier(),
        told.carrierMessageId(),
        told.rawId(),
        told.address(),
        told.kind(),
        told.reason(),
        told.detail(),
        time);
  }

  private static Part part(StoredJob job, int position) {
    return new Part(job.ref(position), 1, 1, 1);
  }

  private CarrierMessages messages() {
    return ports().carrierMessages();
  }

  private StoredJob aJobOf(int size, int chunkSize) {
    return storeAt(
        JobStatus.PROCESSING, anSmsJob().to(size).chunksOf(chunkSize).by(carrier.value()));
  }

  private StoredJob aJobTo(String... addresses) {
    var job = anSmsJob().by(carrier.value());
    for (String address : addresses) {
      job = job.to(address, PersonalContent.EMPTY, "");
    }
    return storeAt(JobStatus.PROCESSING, job);
  }

  /// Hands a message over and never hears of it again.
  private void lose(StoredJob job, int position) {
    change(
        job.ref(position).chunkKey(),
        chunk -> {
          chunk.move(position, MessageTransition.MARK);
          chunk.move(position, MessageTransition.LOSE_ANSWER);
        });
  }

  private String address(StoredJob job) {
    return ports().messages().find(job.scope(), job.messageId(0)).orElseThrow().address();
  }

  private void append(StoredJob job, Attempt... attempts) {
    for (Attempt attempt : attempts) {
      ports()
          .transactions()
          .run(() ->
              ports()
                  .log()
                  .appendAttempts(job.ref(attempt.position()).chunkKey(), List.of(attempt)));
    }
  }

  private Parts note(StoredJob job, int attempt, int number, ReceiptKind kind) {
    return ports()
        .transactions()
        .inTransaction(() -> {
          ports().chunks().lock(List.of(job.chunk(0)));
          return messages().note(new Part(job.ref(0), attempt, number, 3), kind);
        });
  }

  private Attempt accepted(int position, int number, String... ids) {
    return accepted(position, number, List.of(ids), NOW);
  }

  private Attempt accepted(int position, int number, String id, Instant at) {
    return accepted(position, number, List.of(id), at);
  }

  private Attempt accepted(int position, int number, List<String> ids, Instant at) {
    DispatchOutcome outcome = new DispatchOutcome.Accepted("first", ids);
    return Attempt.of(position, number, false, outcome, new Route(carrier, ""), at);
  }

  private CarrierReceipt receipt(String id, String address, ReceiptKind kind) {
    Reason reason = kind == ReceiptKind.UNDELIVERED ? Reason.NOT_DELIVERED : null;
    return new CarrierReceipt(
        carrier, id, "raw " + id, address, kind, reason, "words of " + id, NOW);
  }

  private String told(Parked parked) {
    return parked.receipt().carrierMessageId() + " " + parked.receipt().kind();
  }
}
