package dev.carillon.application.keeping;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.RoutedCarriers;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.CarrierMessages;
import dev.carillon.application.port.Carriers;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.application.settling.Marks;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.message.MessageState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AskCarriersTest {
  private static final Duration GRACE = Duration.ofMinutes(5);

  private final ScriptedCarrier silent =
      ScriptedCarrier.withWindow(10).answering(_ -> new DispatchOutcome.Unconfirmed("lost"));
  private final House house = new House(silent);
  private final Knowing knowing = new Knowing(silent);
  private final AskCarriers askCarriers = asking(house.carriers);

  @BeforeEach
  void putTheCarrierThatCanBeAskedInPlace() {
    house.carriers.replaceBy(knowing);
  }

  @Test
  void settlesWhatTheCarrierSaysItTookOrNeverTook() {
    StoredJob job = inDoubt(3);
    knowing.findings.put(job.ref(0), new Carrier.Finding.Taken("id-0"));
    knowing.findings.put(job.ref(1), new Carrier.Finding.NeverTaken());

    assertThat(askCarriers.handle()).isEqualTo(2);

    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.SENT);
    assertThat(house.state(job.ref(1))).isEqualTo(MessageState.FAILED);
    assertThat(house.state(job.ref(2))).isEqualTo(MessageState.UNKNOWN);
    assertThat(house.store.log().receipts(job.id(), 0))
        .extracting(Receipt::carrierMessageId)
        .containsExactly("id-0");
    assertThat(house.store.log().attempts(job.id(), 1))
        .extracting(Attempt::reason)
        .contains(Reason.CARRIER_UNREACHABLE);
  }

  @Test
  void aJobThatTheCarrierTookAfterAllEndsUpCompleted() {
    StoredJob job = inDoubt(1);
    knowing.findings.put(job.ref(0), new Carrier.Finding.Taken("id-0"));

    askCarriers.handle();
    house.receipt(job.ref(0), ReceiptKind.DELIVERED);

    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void asksNobodyBeforeTheGraceIsOver() {
    house.stored(anSmsJob().to(1));
    house.workAll();

    askCarriers.handle();

    assertThat(knowing.asked).isEmpty();
  }

  @Test
  void asksAboutTheSameOnlyAfterPausesThatDouble() {
    inDoubt(1);

    List<Integer> askedInEachMinute = new ArrayList<>();
    for (int minute = 0; minute < 8; minute++) {
      askCarriers.handle();
      askCarriers.handle();
      askedInEachMinute.add(knowing.asked.size());
      knowing.asked.clear();
      house.pass(Duration.ofMinutes(1));
    }

    assertThat(askedInEachMinute).containsExactly(1, 1, 0, 1, 0, 0, 0, 1);
  }

  @Test
  void goesRoundThroughMoreThanItCanAskAboutAtOnce() {
    house.stored(anSmsJob().to(150).chunksOf(1));
    house.workAll();
    house.pass(GRACE.plusSeconds(1));

    askCarriers.handle();
    assertThat(knowing.asked).hasSize(20);
    for (int call = 0; call < 9; call++) {
      askCarriers.handle();
    }

    assertThat(knowing.asked).hasSize(150).doesNotHaveDuplicates();
  }

  @Test
  void doesNotAskAgainAtOnceAfterTheCarrierFailed() {
    inDoubt(1);
    knowing.breaks = true;
    assertThatThrownBy(askCarriers::handle).isInstanceOf(IllegalStateException.class);
    knowing.breaks = false;

    askCarriers.handle();

    assertThat(knowing.asked).hasSize(1);
  }

  @Test
  void leavesInDoubtWhatNobodyCanBeAskedAbout() {
    StoredJob job = inDoubt(1);
    house.carriers.replaceBy(silent);

    assertThat(askCarriers.handle()).isZero();

    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.UNKNOWN);
  }

  @Test
  void asksEachCarrierOnlyAboutWhatItMayHave() {
    Knowing other = new Knowing(ScriptedCarrier.named("other", 10));
    ScriptedCarrier deaf = ScriptedCarrier.named("deaf", 10);
    RoutedCarriers carriers = new RoutedCarriers(knowing, other, deaf);
    StoredJob job = house.stored(anSmsJob().to(4));
    List<Integer> numbers =
        List.of(
            0,
            house.store.carrierNumbers().of(other.id()),
            house.store.carrierNumbers().of(deaf.id()),
            house.store.carrierNumbers().of(new CarrierId("gone")));
    house.settling.lease(
        job.id(),
        House.WORKER,
        House.LEASE,
        (_, _, _) -> new Marks(4, _ -> true, (position, _) -> numbers.get(position)));
    house.pass(House.LEASE);
    house.lease(House.WORKER, 0);
    house.pass(GRACE.plusSeconds(1));
    other.findings.put(job.ref(1), new Carrier.Finding.Taken("id-1"));

    assertThat(asking(carriers).handle()).isEqualTo(1);

    assertThat(knowing.asked).containsExactly(job.ref(0));
    assertThat(other.asked).containsExactly(job.ref(1));
    assertThat(house.state(job.ref(1))).isEqualTo(MessageState.SENT);
    assertThat(house.store.log().receipts(job.id(), 1))
        .extracting(Receipt::carrier)
        .containsExactly(other.id());
  }

  @Test
  void makesTheIdsKnownThatACarrierTellsWhenItIsAsked() {
    StoredJob job = inDoubt(1);
    knowing.findings.put(job.ref(0), new Carrier.Finding.Taken("P1", List.of("p1", "p2")));

    askCarriers.handle();

    assertThat(house.store.carrierMessages().find(silent.id(), List.of("p1", "p2")))
        .isEqualTo(
            Map.of(
                "p1", new CarrierMessages.Part(job.ref(0), 1, 1, 2),
                "p2", new CarrierMessages.Part(job.ref(0), 1, 2, 2)));
  }

  private AskCarriers asking(Carriers carriers) {
    return new AskCarriers(
        new AskCarriers.Store(
            house.store,
            house.store.jobs(),
            house.store.chunks(),
            house.store.carrierNumbers(),
            house.store.carrierMessages()),
        carriers,
        house.sweeping,
        house.clock,
        () -> GRACE);
  }

  private StoredJob inDoubt(int count) {
    StoredJob job = house.stored(anSmsJob().to(count));
    house.workAll();
    house.pass(GRACE.plusSeconds(1));
    return job;
  }

  /// A carrier that can be asked.
  private static final class Knowing implements Carrier, Carrier.Inquiry {
    private final Carrier other;
    private final Map<MessageRef, Finding> findings = new HashMap<>();
    private final List<MessageRef> asked = new ArrayList<>();
    private boolean breaks;

    Knowing(Carrier other) {
      this.other = other;
    }

    @Override
    public Map<MessageRef, Finding> ask(Collection<MessageRef> messages) {
      asked.addAll(messages);
      if (breaks) {
        throw new IllegalStateException("a bug");
      }
      Map<MessageRef, Finding> known = new HashMap<>(findings);
      known.keySet().retainAll(messages);
      return known;
    }

    @Override
    public Optional<Inquiry> inquiry() {
      return Optional.of(this);
    }

    @Override
    public CarrierId id() {
      return other.id();
    }

    @Override
    public Set<Channel> channels() {
      return other.channels();
    }

    @Override
    public int window() {
      return other.window();
    }

    @Override
    public Duration answerTimeout() {
      return other.answerTimeout();
    }

    @Override
    public void submit(List<OutboundMessage> messages, HandOver handOver) {
      other.submit(messages, handOver);
    }
  }
}
