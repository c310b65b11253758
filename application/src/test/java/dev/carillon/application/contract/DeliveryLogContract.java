package dev.carillon.application.contract;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.fixture.StoredJob;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.delivery.Route;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.message.Message;
import dev.carillon.domain.message.MessageTransition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every delivery log keeps. It is read as callers see it: through the messages.
public abstract class DeliveryLogContract extends StoreContract {
  private static final CarrierId CARRIER = new CarrierId("scripted");
  private static final Route ROUTE = new Route(CARRIER, "");
  private static final Reason REFUSED = Reason.ROUTE_REFUSED;

  @Test
  void keepsManyAttemptsOfOneCall() {
    StoredJob job = aMarkedJob(500);

    append(job, IntStream.range(0, 500).mapToObj(DeliveryLogContract::accepted).toList());

    assertThat(carrierMessageId(job, 0)).isEqualTo("id-0");
    assertThat(carrierMessageId(job, 499)).isEqualTo("id-499");
  }

  @Test
  void keepsTheCarriersWordsAsTheyAre() {
    StoredJob job = aMarkedJob(1);
    String words = "tab\there, \"quotes\", back\\slash, ☃ 😀 " + "x".repeat(200);

    append(
        job, List.of(attempt(0, 1, new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, words))));
    change(job.chunk(0), chunk -> chunk.move(0, MessageTransition.FAIL));

    assertThat(found(job, 0).detail()).isEqualTo(words);
    assertThat(found(job, 0).reason()).isEqualTo(Reason.CARRIER_REFUSED);
  }

  @Test
  void takesNothingWhenThereIsNothing() {
    StoredJob job = aMarkedJob(1);

    append(job, List.of());
    ports().transactions().run(() -> ports().log().appendReceipts(List.of()));

    assertThat(found(job, 0).last()).isNull();
  }

  @Test
  void failsTheTransactionWhenAnAttemptIsWrittenTwice() {
    StoredJob job = aMarkedJob(2);
    append(job, List.of(accepted(0)));

    assertThatThrownBy(() -> append(job, List.of(accepted(1), accepted(0))))
        .isInstanceOf(RuntimeException.class);

    assertThat(found(job, 0).last()).isNotNull();
    assertThat(found(job, 1).last()).isNull();
  }

  @Test
  void appendsWhatIsMissingAndLeavesWhatIsThere() {
    StoredJob job = aMarkedJob(3);
    append(job, List.of(accepted(0)));

    for (int i = 0; i < 2; i++) {
      appendMissing(
          job, List.of(attempt(0, 1, new DispatchOutcome.Accepted("other")), accepted(1)));
    }

    assertThat(carrierMessageId(job, 0)).isEqualTo("id-0");
    assertThat(carrierMessageId(job, 1)).isEqualTo("id-1");
    assertThat(found(job, 2).last()).isNull();
    assertThatThrownBy(() -> append(job, List.of(accepted(1))))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void appendsWhatIsMissingOfAnAttemptWithAnotherAnswer() {
    StoredJob job = aMarkedJob(1);
    append(job, List.of(attempt(0, 1, new DispatchOutcome.Unconfirmed("no answer"))));

    appendMissing(job, List.of(accepted(0)));
    appendMissing(job, List.of());

    assertThat(carrierMessageId(job, 0)).isEqualTo("id-0");
  }

  @Test
  void keepsALateAnswerBesideItsAbsence() {
    StoredJob job = aMarkedJob(1);

    append(job, List.of(attempt(0, 1, new DispatchOutcome.Unconfirmed("no answer"))));
    append(job, List.of(accepted(0)));

    assertThat(carrierMessageId(job, 0)).isEqualTo("id-0");
  }

  @Test
  void forgetsWhatAFailedTransactionAppended() {
    StoredJob job = aMarkedJob(1);

    assertThatThrownBy(() ->
            ports()
                .transactions()
                .run(() -> {
                  append(job, List.of(accepted(0)));
                  throw new IllegalStateException("on purpose");
                }))
        .hasMessage("on purpose");
    assertThat(found(job, 0).last()).isNull();

    append(job, List.of(accepted(0)));
    assertThat(carrierMessageId(job, 0)).isEqualTo("id-0");
  }

  @Test
  void keepsWhyACarrierWasChosen() {
    StoredJob job = aMarkedJob(2);
    Route chosen = new Route(CARRIER, "route east, weight 3 of 10");
    DispatchOutcome taken = new DispatchOutcome.Accepted("id");

    append(job, List.of(Attempt.of(0, 1, false, taken, chosen, NOW)));
    appendMissing(job, List.of(Attempt.of(1, 1, false, taken, chosen, NOW)));

    for (int position = 0; position < 2; position++) {
      assertThat(found(job, position).last())
          .isEqualTo(new Message.LastHandOver("scripted", "id", "route east, weight 3 of 10"));
    }
  }

  @Test
  void tellsWhichCarriersRefusedForWhatTheyAreThemselves() {
    StoredJob job = aMarkedJob(5);
    CarrierId other = new CarrierId("other");
    DispatchOutcome noRoute = new DispatchOutcome.Rejected(Reason.ROUTE_REFUSED, "");
    DispatchOutcome noSender = new DispatchOutcome.Rejected(Reason.SENDER_REFUSED, "");
    DispatchOutcome noMailbox = new DispatchOutcome.Rejected(Reason.UNKNOWN_DESTINATION, "");
    DispatchOutcome down = new DispatchOutcome.Unreachable(Reason.ACCOUNT_REFUSED, "", null);
    append(
        job,
        List.of(
            attempt(0, 1, noRoute),
            attempt(1, 1, noRoute),
            Attempt.of(1, 2, false, noSender, new Route(other, ""), NOW),
            attempt(2, 1, noMailbox),
            attempt(3, 1, down),
            attempt(4, 1, noRoute)));

    assertThat(ports().log().refusedBy(job.id(), 0, 4))
        .isEqualTo(Map.of(0, Set.of(CARRIER), 1, Set.of(CARRIER, other)));
    assertThat(ports().log().refusedBy(job.id(), 4, 1)).isEqualTo(Map.of(4, Set.of(CARRIER)));
    assertThat(ports().log().refusedBy(job.id(), 5, 10)).isEmpty();
  }

  @Test
  void seesRefusalsOfItsOwnTransaction() {
    StoredJob job = aMarkedJob(1);

    ports()
        .transactions()
        .run(() -> {
          append(job, List.of(attempt(0, 1, new DispatchOutcome.Rejected(REFUSED, ""))));
          assertThat(ports().log().refusedBy(job.id(), 0, 1)).containsOnlyKeys(0);
        });
  }

  @Test
  void keepsReceiptsThatSayTheSameOnce() {
    StoredJob job = aMarkedJob(2);
    Receipt receipt = receipt(job, 0, ReceiptKind.UNDELIVERED, "UNDELIV");
    List<Receipt> doubled = new ArrayList<>(List.of(receipt, receipt));
    doubled.add(receipt(job, 1, ReceiptKind.UNDELIVERED, "EXPIRED"));

    ports().transactions().run(() -> ports().log().appendReceipts(doubled));
    ports().transactions().run(() -> ports().log().appendReceipts(doubled));
    change(job.chunk(0), chunk -> chunk.moveAll(MessageTransition.FAIL_DELIVERY));

    assertThat(found(job, 0).detail()).isEqualTo("UNDELIV");
    assertThat(found(job, 1).detail()).isEqualTo("EXPIRED");
    assertThat(found(job, 1).reason()).isEqualTo(Reason.NOT_DELIVERED);
    assertThat(receiptsOf(job, 0)).isEqualTo(1);
    assertThat(receiptsOf(job, 1)).isEqualTo(1);
  }

  @Test
  void keepsReceiptsThatSaySomethingElse() {
    StoredJob job = aMarkedJob(2);
    CarrierId other = new CarrierId("other");
    List<Receipt> different =
        List.of(
            receipt(job, 0, ReceiptKind.UNDELIVERED, "UNDELIV"),
            receipt(job, 1, ReceiptKind.UNDELIVERED, "UNDELIV"),
            receipt(job, 0, ReceiptKind.DELIVERED, "UNDELIV"),
            receipt(job, 0, ReceiptKind.UNDELIVERED, ""),
            new Receipt(job.ref(0), ReceiptKind.UNDELIVERED, null, "UNDELIV", CARRIER, "id-0", NOW),
            new Receipt(job.ref(0), ReceiptKind.UNDELIVERED, REFUSED, "UNDELIV", other, "", NOW));

    for (Receipt receipt : different) {
      for (int i = 0; i < 2; i++) {
        Receipt again = at(receipt, NOW.plusSeconds(i));
        ports().transactions().run(() -> ports().log().appendReceipts(List.of(again)));
      }
    }

    assertThat(receiptsOf(job, 0)).isEqualTo(5);
    assertThat(receiptsOf(job, 1)).isEqualTo(1);
  }

  @Test
  void takesReceiptsOfSeveralJobsInOneCall() {
    StoredJob one = aMarkedJob(1);
    StoredJob other = aMarkedJob(1);

    ports()
        .transactions()
        .run(() ->
            ports()
                .log()
                .appendReceipts(
                    List.of(
                        receipt(one, 0, ReceiptKind.UNDELIVERED, "one"),
                        receipt(other, 0, ReceiptKind.UNDELIVERED, "other"))));
    change(one.chunk(0), chunk -> chunk.moveAll(MessageTransition.FAIL_DELIVERY));
    change(other.chunk(0), chunk -> chunk.moveAll(MessageTransition.FAIL_DELIVERY));

    assertThat(found(one, 0).detail()).isEqualTo("one");
    assertThat(found(other, 0).detail()).isEqualTo("other");
  }

  /// How many receipts are kept of a message.
  protected abstract int receiptsOf(StoredJob job, int position);

  private static Receipt at(Receipt receipt, Instant time) {
    return new Receipt(
        receipt.ref(),
        receipt.kind(),
        receipt.reason(),
        receipt.detail(),
        receipt.carrier(),
        receipt.carrierMessageId(),
        time);
  }

  private StoredJob aMarkedJob(int size) {
    StoredJob job = storeAt(JobStatus.PROCESSING, anSmsJob().to(size).chunksOf(size));
    change(job.chunk(0), chunk -> chunk.moveAll(MessageTransition.MARK));
    return job;
  }

  private void append(StoredJob job, List<Attempt> attempts) {
    ports().transactions().run(() -> ports().log().appendAttempts(job.chunk(0), attempts));
  }

  private void appendMissing(StoredJob job, List<Attempt> attempts) {
    ports().transactions().run(() -> ports().log().appendMissingAttempts(job.chunk(0), attempts));
  }

  private Message found(StoredJob job, int position) {
    return ports().messages().find(job.scope(), job.messageId(position)).orElseThrow();
  }

  private String carrierMessageId(StoredJob job, int position) {
    return Objects.requireNonNull(found(job, position).last()).carrierMessageId();
  }

  private static Attempt accepted(int position) {
    return attempt(position, 1, new DispatchOutcome.Accepted("id-" + position));
  }

  private static Attempt attempt(int position, int number, DispatchOutcome outcome) {
    return Attempt.of(position, number, false, outcome, ROUTE, NOW);
  }

  private static Receipt receipt(StoredJob job, int position, ReceiptKind kind, String detail) {
    return new Receipt(
        job.ref(position), kind, Reason.NOT_DELIVERED, detail, CARRIER, "id-" + position, NOW);
  }
}
