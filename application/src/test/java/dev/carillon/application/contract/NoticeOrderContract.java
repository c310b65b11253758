package dev.carillon.application.contract;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.RecordNotices;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.fixture.JobFixture;
import dev.carillon.application.fixture.MutableClock;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.keeping.MatchParked;
import dev.carillon.application.memory.InMemoryProgressFeed;
import dev.carillon.application.port.CarrierMessages;
import dev.carillon.application.port.Outbox;
import dev.carillon.application.settling.Answer;
import dev.carillon.application.settling.JobLife;
import dev.carillon.application.settling.Settling;
import dev.carillon.application.settling.Sweeping;
import dev.carillon.application.suppression.RecordOptOuts;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.CarrierReceipt;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.delivery.Route;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.RetryPolicy;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.MessageChanges;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.MessageTransition;
import dev.carillon.domain.webhook.BalanceEvent;
import dev.carillon.domain.webhook.EndpointEvent;
import dev.carillon.domain.webhook.EventId;
import dev.carillon.domain.webhook.JobEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The answer and the receipts of a message come in every order, doubled, by our reference and by
/// the carrier's ids, whole and in parts: they always end in the same state, count and money, and
/// none is left over. Each order is played on a message of its own.
public abstract class NoticeOrderContract extends StoreContract {
  private static final CarrierId CARRIER = new CarrierId("scripted");
  private static final long PART_MICROS = 20_000;

  /// What did not arrive is given back, so that each state but SENT has its own money.
  private static final RefundPlan GENEROUS = new RefundPlan(true, true);

  private static final int OVERTAKING = 300;

  private static final Event ANSWER = new Event(0, null, false);
  private static final Event MATCH = new Event(0, null, true);

  private final MutableClock clock = new MutableClock(JobFixture.CREATED);

  protected abstract CarrierMessages carrierMessages();

  /// How many orders of each case are played: all when there are no more, else so many drawn.
  protected abstract int orders();

  static Stream<Case> cases() {
    ReceiptKind sent = ReceiptKind.SENT;
    ReceiptKind delivered = ReceiptKind.DELIVERED;
    ReceiptKind undelivered = ReceiptKind.UNDELIVERED;
    ReceiptKind read = ReceiptKind.READ;
    List<Event> twice =
        List.of(
            of(sent),
            of(sent),
            of(delivered),
            of(delivered),
            of(undelivered),
            of(undelivered),
            of(read),
            of(read));
    return Stream.of(
        new Case("all kinds by reference", 0, MessageState.READ, twice),
        new Case(
            "no read receipt, by reference",
            0,
            MessageState.DELIVERED,
            List.of(of(sent), of(delivered), of(undelivered))),
        new Case(
            "not arrived, by reference",
            0,
            MessageState.UNDELIVERED,
            List.of(of(sent), of(undelivered))),
        new Case("sent, by reference", 0, MessageState.SENT, List.of(of(sent), of(sent))),
        new Case("all kinds by id", 1, MessageState.READ, twice),
        new Case(
            "all kinds by id, matched in between",
            1,
            MessageState.READ,
            List.of(of(sent), of(delivered), of(undelivered), of(read), MATCH)),
        new Case(
            "not arrived, by id",
            1,
            MessageState.UNDELIVERED,
            List.of(of(undelivered), of(sent), of(undelivered), MATCH, MATCH)),
        new Case(
            "delivered by id, refuted before",
            1,
            MessageState.DELIVERED,
            List.of(of(undelivered), of(delivered), of(sent), MATCH)),
        new Case(
            "three parts sent",
            3,
            MessageState.SENT,
            List.of(of(1, sent), of(2, sent), of(3, sent), MATCH)),
        new Case(
            "two of three parts delivered",
            3,
            MessageState.SENT,
            List.of(of(1, delivered), of(3, delivered), of(3, delivered), of(2, sent), MATCH)),
        new Case(
            "three parts delivered",
            3,
            MessageState.DELIVERED,
            List.of(of(1, delivered), of(2, delivered), of(3, delivered), of(2, delivered), MATCH)),
        new Case(
            "a part of three not delivered",
            3,
            MessageState.UNDELIVERED,
            List.of(of(1, delivered), of(2, undelivered), of(3, delivered), of(1, sent), MATCH)),
        new Case(
            "a part of three not delivered, then delivered, another silent",
            3,
            MessageState.UNDELIVERED,
            List.of(of(1, undelivered), of(1, delivered), of(2, delivered), of(1, undelivered))),
        new Case(
            "three parts delivered, one refuted before",
            3,
            MessageState.DELIVERED,
            List.of(
                of(1, delivered),
                of(2, undelivered),
                of(2, delivered),
                of(3, delivered),
                of(2, undelivered),
                of(1, delivered))),
        new Case(
            "three parts read, one refuted before",
            3,
            MessageState.READ,
            List.of(
                of(1, read),
                of(2, read),
                of(3, undelivered),
                of(3, read),
                of(1, delivered),
                MATCH)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void endsInTheSameStateAndMoneyWhateverTheOrder(Case one) {
    List<Event> events = new ArrayList<>(one.events());
    events.add(ANSWER);
    Orders<Event> orders = Orders.of(events, orders());
    StoredJob job = marked(one, orders.all().size());
    Play play = new Play(one.parts());

    for (int position = 0; position < orders.all().size(); position++) {
      for (Event event : orders.all().get(position)) {
        play.play(job.ref(position), event);
      }
      clock.advance(Duration.ofHours(2));
      play.match();
    }

    for (int position = 0; position < orders.all().size(); position++) {
      assertThat(chunk(job, position).state(position))
          .as("order %s, drawn by seed %d", orders.all().get(position), orders.seed())
          .isEqualTo(one.end());
    }
    assertThat(leftOver()).as("parked receipts that are left over").isZero();
    assertMoney(job, one, orders.all().size());
  }

  @Test
  void losesNoReceiptThatOvertakesItsAnswer() {
    StoredJob job = marked(new Case("two parts", 2, MessageState.DELIVERED, List.of()), OVERTAKING);
    Play play = new Play(2);

    Background<Integer> answers = Background.start(() -> forEach(job, play::answer));
    Background<Integer> first =
        Background.start(() -> forEach(job, ref -> play.tell(ref, 1, ReceiptKind.DELIVERED)));
    Background<Integer> second =
        Background.start(() -> forEach(job, ref -> play.tell(ref, 2, ReceiptKind.DELIVERED)));
    while (!answers.isDone() || !first.isDone() || !second.isDone()) {
      play.match();
    }

    assertThat(List.of(answers.result(), first.result(), second.result())).containsOnly(OVERTAKING);
    clock.advance(Duration.ofHours(2));
    play.match();
    assertThat(counters(job).delivered()).isEqualTo(OVERTAKING);
    assertThat(leftOver()).isZero();
  }

  private static int forEach(StoredJob job, Consumer<MessageRef> work) {
    for (int position = 0; position < job.size(); position++) {
      work.accept(job.ref(position));
    }
    return job.size();
  }

  private int leftOver() {
    return carrierMessages().forget(clock.instant().plusSeconds(1), 1_000);
  }

  private void assertMoney(StoredJob job, Case one, int messages) {
    Money all = new Money("USD", PART_MICROS * Math.max(1, one.parts()) * messages);
    Money nothing = Money.zero("USD");
    boolean givenBack = one.end() == MessageState.UNDELIVERED;
    assertThat(found(job).billing().captured()).isEqualTo(givenBack ? nothing : all);
    assertThat(found(job).billing().refunded()).isEqualTo(givenBack ? all : nothing);
    assertThat(
            switch (one.end()) {
              case SENT -> counters(job).sent();
              case DELIVERED -> counters(job).delivered();
              case READ -> counters(job).read();
              default -> counters(job).undelivered();
            })
        .isEqualTo(messages);
  }

  private StoredJob marked(Case one, int messages) {
    JobFixture fixture =
        anSmsJob().chunksOf(100).inStatus(JobStatus.PROCESSING).costing(PART_MICROS, GENEROUS);
    IntStream.range(0, messages).forEach(_ -> fixture.toOneOf(Math.max(1, one.parts())));
    StoredJob job = store(fixture);
    for (int first = 0; first < messages; first += 100) {
      change(job.ref(first).chunkKey(), NoticeOrderContract::mark);
    }
    return job;
  }

  private static void mark(Chunk chunk) {
    chunk.moveAll(MessageTransition.MARK);
  }

  private Chunk chunk(StoredJob job, int position) {
    return look(job.ref(position).chunkKey()).chunk();
  }

  private static Event of(ReceiptKind kind) {
    return new Event(1, kind, false);
  }

  private static Event of(int part, ReceiptKind kind) {
    return new Event(part, kind, false);
  }

  /// What becomes of one message.
  ///
  /// @param parts that are told of by the carrier's ids; 0 when it echoes our reference
  /// @param events besides the answer
  public record Case(String name, int parts, MessageState end, List<Event> events) {
    @Override
    public String toString() {
      return name;
    }
  }

  /// One thing that happens to a message.
  ///
  /// @param kind of the receipt; null for the answer and for a look at what is parked
  public record Event(int part, @Nullable ReceiptKind kind, boolean match) {
    @Override
    public String toString() {
      return match ? "match" : kind == null ? "answer" : kind + "/" + part;
    }
  }

  /// Has events happen.
  private final class Play {
    private final int parts;
    private final Sweeping sweeping;
    private final RecordNotices notices;
    private final MatchParked matching;

    Play(int parts) {
      this.parts = parts;
      this.sweeping =
          new Sweeping(
              new Settling.Store(
                  ports().transactions(),
                  ports().chunks(),
                  ports().messages(),
                  ports().log(),
                  ports().ledger(),
                  ports().carrierNumbers()),
              new JobLife(ports().jobs(), new Nobody()),
              new InMemoryProgressFeed(),
              clock,
              RetryPolicy.DEFAULT);
      this.notices =
          new RecordNotices(
              sweeping,
              carrierMessages(),
              new RecordOptOuts(ports().suppressions(), _ -> {}),
              new Strict(),
              clock);
      this.matching =
          new MatchParked(
              carrierMessages(),
              sweeping,
              clock,
              (_, failure) -> {
                throw failure;
              });
    }

    void play(MessageRef ref, Event event) {
      clock.advance(Duration.ofSeconds(1));
      if (event.match()) {
        match();
      } else if (event.kind() == null) {
        answer(ref);
      } else {
        tell(ref, event.part(), event.kind());
      }
    }

    void tell(MessageRef ref, int part, ReceiptKind kind) {
      notices.record(List.of(notice(ref, part, kind)));
    }

    void match() {
      while (matching.handle() > 0) {
        clock.advance(Duration.ofSeconds(1));
      }
    }

    void answer(MessageRef ref) {
      List<String> ids = IntStream.rangeClosed(1, parts).mapToObj(part -> id(ref, part)).toList();
      sweeping.answers(
          ref.chunkKey(),
          List.of(
              new Answer(
                  ref.position(),
                  1,
                  false,
                  new DispatchOutcome.Accepted(id(ref, 1), ids),
                  new Route(CARRIER, ""),
                  clock.instant())));
    }

    private Notice notice(MessageRef ref, int part, ReceiptKind kind) {
      return parts == 0
          ? new Notice.OfMessage(new Receipt(ref, kind, null, "", CARRIER, "", JobFixture.CREATED))
          : new Notice.OfCarrierMessage(
              new CarrierReceipt(
                  CARRIER, id(ref, part), "", "", kind, null, "", JobFixture.CREATED));
    }

    private static String id(MessageRef ref, int part) {
      return ref + "/" + part;
    }
  }

  /// Nothing is about nobody, and nothing fails.
  private static final class Strict implements RecordNotices.Watch {
    @Override
    public void ofNobody(int notices) {
      throw new AssertionError(notices + " notices are about nothing");
    }

    @Override
    public void parked(int receipts) {}

    @Override
    public void failed(Notice notice, RuntimeException failure) {
      throw failure;
    }
  }

  /// Told of everything, and tells nobody.
  private static final class Nobody implements Outbox {
    @Override
    public void append(Scope scope, JobId job, JobEvent event) {}

    @Override
    public void append(List<MessageChanges> changes, Instant at) {}

    @Override
    public void append(Scope scope, BalanceEvent event) {}

    @Override
    public EventId append(Scope scope, EndpointEvent event) {
      throw new AssertionError("no endpoint takes part here");
    }
  }
}
