package dev.carillon.application.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.contract.Ports;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.LockedChunk;
import dev.carillon.application.port.MessageFilter;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.billing.Balance;
import dev.carillon.domain.billing.EntryKind;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.Counters;
import dev.carillon.domain.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/// Compares a job as the store shows it with the plain model of it: status, counters, events, and
/// of every message its state, what callers see of it, its attempts and their answers.
final class Comparison {
  private final ModelStore store;
  private final Ports ports;

  Comparison(ModelStore store) {
    this.store = store;
    this.ports = store.ports();
  }

  void compare(StoredJob stored, PlainJob model) {
    BulkJob job = ports.jobs().find(stored.scope(), stored.bulkId()).orElseThrow();
    assertThat(job.status().name()).isEqualTo(model.status);
    assertThat(job.life().error() == null ? "" : job.life().error().name())
        .isEqualTo(model.error());
    assertThat(job.life().pause() != null).isEqualTo(model.status.equals("PAUSED"));
    assertThat(job.life().startedAt() != null).as("started").isEqualTo(model.begun);
    assertThat(job.life().endedAt() != null).as("ended").isEqualTo(model.hasEnded());
    assertThat(job.life().settledAt() != null).as("settled").isEqualTo(model.settled);
    assertThat(store.events(stored.id())).isEqualTo(model.events);
    assertThat(store.messageEvents(stored.id()))
        .as("events of messages")
        .isEqualTo(model.messageEvents);
    compareCounters(job.counters(), model);
    compareMoney(stored, job, model);
    compareChunks(stored, model);
    compareMessages(stored, model);
    compareReasons(stored, model);
  }

  private static void compareCounters(Counters counters, PlainJob model) {
    boolean begun = model.hasBegun();
    assertThat(
            List.of(
                counters.pending(),
                counters.queued(),
                counters.sent(),
                counters.delivered(),
                counters.read(),
                counters.undelivered(),
                counters.failed(),
                counters.expired(),
                counters.cancelled(),
                counters.unknown()))
        .isEqualTo(
            List.of(
                    "PENDING",
                    "QUEUED",
                    "SENT",
                    "DELIVERED",
                    "READ",
                    "UNDELIVERED",
                    "FAILED",
                    "EXPIRED",
                    "CANCELLED",
                    "UNKNOWN")
                .stream()
                .map(status -> model.count(message -> message.status(begun).equals(status)))
                .toList());
    assertThat(counters.total()).isEqualTo(model.messages().size());
    assertThat(counters.retries())
        .isEqualTo(
            model.messages().stream().mapToLong(each -> Math.max(0, each.attempts - 1)).sum());
  }

  private void compareChunks(StoredJob stored, PlainJob model) {
    List<LockedChunk> locked =
        ports
            .transactions()
            .inTransaction(() ->
                ports
                    .chunks()
                    .lock(
                        IntStream.range(0, model.chunks.size()).mapToObj(stored::chunk).toList()));
    for (int number = 0; number < locked.size(); number++) {
      LockedChunk chunk = locked.get(number);
      PlainChunk plain = model.chunks.get(number);
      assertThat(chunk.open()).as("chunk %d is open", number).isEqualTo(plain.open);
      assertThat(chunk.leased()).as("chunk %d is leased", number).isEqualTo(plain.leased);
      assertThat(chunk.fence()).as("fence of chunk %d", number).isEqualTo(plain.fence);
      List<String> states = new ArrayList<>();
      List<Integer> carriers = new ArrayList<>();
      for (int i = 0; i < chunk.chunk().size(); i++) {
        states.add(chunk.chunk().state(chunk.chunk().first() + i).name());
        carriers.add(chunk.chunk().carrier(chunk.chunk().first() + i));
      }
      assertThat(carriers).isEqualTo(plain.messages.stream().map(each -> each.carrier).toList());
      assertThat(states).isEqualTo(plain.messages.stream().map(each -> each.state).toList());
    }
    assertThat(locked).hasSameSizeAs(model.chunks);
  }

  private void compareMessages(StoredJob stored, PlainJob model) {
    List<Message> shown =
        ports
            .messages()
            .list(
                stored.scope(),
                stored.bulkId(),
                MessageFilter.ALL,
                new PageRequest(PageRequest.MOST, 0, OptionalLong.empty()))
            .orElseThrow()
            .items();
    List<PlainMessage> plain = model.messages();
    Map<Integer, List<String>> answers = store.attempts(stored.id());
    assertThat(shown).hasSameSizeAs(plain);
    for (int position = 0; position < shown.size(); position++) {
      Message message = shown.get(position);
      PlainMessage expected = plain.get(position);
      assertThat(message.status().name()).isEqualTo(expected.status(model.hasBegun()));
      assertThat(message.attempts()).as("attempts").isEqualTo(expected.attempts);
      assertThat(answers.getOrDefault(position, List.of()))
          .as("answers of %d", position)
          .isEqualTo(expected.answers());
    }
  }

  /// Every attempt that counts ended for a reason, was taken, or is at a carrier: it adds up.
  private void compareReasons(StoredJob stored, PlainJob model) {
    Map<Reason, Long> reasons = ports.jobs().reasons(stored.id());
    assertThat(reasons.values()).allMatch(count -> count > 0);
    assertThat(
            reasons.values().stream().mapToLong(Long::longValue).sum()
                + model.count(PlainMessage::isTaken)
                + model.count(PlainMessage::isMarked))
        .as("attempts by how they ended, of which %s", reasons)
        .isEqualTo(model.messages().stream().mapToLong(each -> each.attempts).sum());
    assertThat(reasons.getOrDefault(Reason.OUTCOME_UNKNOWN, 0L))
        .as("lost answers")
        .isGreaterThanOrEqualTo(model.count(PlainMessage::isInDoubt));
  }

  /// The job's money is what became of its messages, and its entries say the same.
  private void compareMoney(StoredJob stored, BulkJob job, PlainJob model) {
    PlainMoney money = PlainMoney.of(model);
    assertThat(micros(job.billing().captured())).as("captured").isEqualTo(money.captured());
    assertThat(micros(job.billing().refunded())).as("refunded").isEqualTo(money.refunded());
    Map<EntryKind, Long> booked = ports.ledger().bookedFor(stored.id());
    assertThat(sum(booked, EntryKind.HOLD)).as("held").isEqualTo(micros(job.billing().held()));
    assertThat(sum(booked, EntryKind.CAPTURE) - sum(booked, EntryKind.REVERSAL))
        .isEqualTo(money.captured());
    assertThat(
            sum(booked, EntryKind.REFUND)
                - sum(booked, EntryKind.RECHARGE)
                - sum(booked, EntryKind.DEBT))
        .isEqualTo(money.refunded());
    if (model.settled) {
      assertThat(money.held()).as("held when settled").isZero();
    }
  }

  /// What the business has held is what its jobs have open.
  void compareBooks(Scope scope, Map<StoredJob, PlainJob> jobs) {
    Optional<Balance> balance = ports.ledger().balance(scope);
    long held = jobs.values().stream().mapToLong(model -> PlainMoney.of(model).held()).sum();
    assertThat(balance.map(one -> micros(one.held())).orElse(0L)).isEqualTo(held);
    assertThat(balance.map(one -> micros(one.available())).orElse(0L)).isNotNegative();
  }

  private static long sum(Map<EntryKind, Long> booked, EntryKind kind) {
    return booked.getOrDefault(kind, 0L);
  }

  private static long micros(Money money) {
    return money.micros();
  }
}
