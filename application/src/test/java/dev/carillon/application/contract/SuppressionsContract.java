package dev.carillon.application.contract;

import static dev.carillon.application.fixture.JobFixture.CREATED;
import static dev.carillon.application.fixture.JobFixture.anEmailJob;
import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.JobFixture;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.Erasures;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.Suppressions;
import dev.carillon.application.port.Suppressions.Filter;
import dev.carillon.application.port.Suppressions.Target;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Route;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.message.MessageTransition;
import dev.carillon.domain.recipient.Suppression;
import dev.carillon.domain.recipient.SuppressionCause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every list of suppressed addresses keeps.
public abstract class SuppressionsContract extends StoreContract {
  private static final String NUMBER = "+263771234567";
  private static final Filter ALL = new Filter(null, null, "");
  private static final int MANY = 100_000;

  private CarrierId carrier = CarrierNumbersContract.aCarrier();
  private String reader = "";

  /// The erasures of the store that the ports go to.
  protected abstract Erasures erasures();

  /// Nobody else's, since who wrote to an address is asked over all scopes.
  @BeforeEach
  void takeANewCarrierAndANewReader() {
    carrier = CarrierNumbersContract.aCarrier();
    reader = "+26377" + ThreadLocalRandom.current().nextInt(1_000_000, 10_000_000);
  }

  @Test
  void suppressesNobodyOfANewBusiness() {
    for (Channel channel : Channel.values()) {
      assertThat(list().among(scope(), channel, List.of(NUMBER, "a@example.com"))).isEmpty();
    }
  }

  @Test
  void takesNoAddressAndManyAddresses() {
    List<String> many = IntStream.range(0, 50_000).mapToObj(n -> "+2637" + n).toList();
    assertThat(list().among(scope(), Channel.SMS, many)).isEmpty();
    list().add(List.of(of(scope(), Channel.SMS, "+263749999")));

    assertThat(list().among(scope(), Channel.SMS, List.of())).isEmpty();
    assertThat(list().among(scope(), Channel.SMS, many)).containsExactly("+263749999");
  }

  @Test
  void keepsScopesAndChannelsApart() {
    Scope other = ports().newScope().get();

    assertThat(list().add(List.of(of(scope(), Channel.SMS, NUMBER)))).isEqualTo(1);

    assertThat(list().among(scope(), Channel.SMS, List.of(NUMBER))).containsExactly(NUMBER);
    assertThat(list().among(scope(), Channel.WHATSAPP, List.of(NUMBER))).isEmpty();
    assertThat(list().among(testScope(), Channel.SMS, List.of(NUMBER))).isEmpty();
    assertThat(list().among(other, Channel.SMS, List.of(NUMBER))).isEmpty();
    assertThat(list().list(other, ALL, PageRequest.first()).items()).isEmpty();
  }

  @Test
  void leavesWhatIsThereAsItIs() {
    Suppression first =
        suppression(scope(), Channel.SMS, NUMBER, SuppressionCause.STOP, "said stop");
    Suppression second = of(scope(), Channel.SMS, NUMBER);

    assertThat(list().add(List.of(first))).isEqualTo(1);
    assertThat(list().add(List.of(second, of(scope(), Channel.SMS, "+1"), second))).isEqualTo(1);
    assertThat(list().add(List.of())).isZero();

    assertThat(shown(new Filter(null, null, NUMBER))).containsExactly(first);
  }

  @Test
  void takesManyAtOnce() {
    List<Suppression> many =
        IntStream.range(0, 5_001)
            .mapToObj(n -> of(scope(), Channel.EMAIL, "u" + n + "@example.com"))
            .toList();

    assertThat(list().add(many)).isEqualTo(5_001);
    assertThat(list().add(many)).isZero();
    assertThat(list().list(scope(), ALL, PageRequest.first()).totalSize()).isEqualTo(5_001);
  }

  @Test
  void forgetsWhatAFailedTransactionAdded() {
    assertThatThrownBy(() ->
            ports()
                .transactions()
                .run(() -> {
                  list().add(List.of(of(scope(), Channel.SMS, NUMBER)));
                  throw new IllegalStateException("on purpose");
                }))
        .hasMessage("on purpose");

    assertThat(list().among(scope(), Channel.SMS, List.of(NUMBER))).isEmpty();
  }

  @Test
  void tellsWhatItTookOffAList() {
    Suppression kept = of(scope(), Channel.SMS, "+1");
    Suppression removed =
        suppression(scope(), Channel.SMS, NUMBER, SuppressionCause.COMPLAINT, "spam");
    list().add(List.of(kept, removed, of(scope(), Channel.WHATSAPP, NUMBER)));

    assertThat(list().remove(scope(), Channel.SMS, List.of(NUMBER, "+2", NUMBER)))
        .containsExactly(removed);
    assertThat(list().remove(scope(), Channel.SMS, List.of(NUMBER))).isEmpty();
    assertThat(list().remove(testScope(), Channel.SMS, List.of("+1"))).isEmpty();
    assertThat(list().remove(scope(), Channel.SMS, List.of())).isEmpty();

    assertThat(list().among(scope(), Channel.SMS, List.of(NUMBER, "+1"))).containsExactly("+1");
    assertThat(list().among(scope(), Channel.WHATSAPP, List.of(NUMBER))).containsExactly(NUMBER);
    assertThat(list().add(List.of(removed))).isEqualTo(1);
  }

  @Test
  void listsTheLatestFirstByPages() {
    List<Suppression> added = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      added.addFirst(of(scope(), Channel.SMS, "+" + i));
      list().add(List.of(added.getFirst()));
    }
    list().add(List.of(of(testScope(), Channel.SMS, "+9")));

    Page<Suppression> first =
        list().list(scope(), ALL, new PageRequest(2, 1, OptionalLong.empty()));
    Page<Suppression> second = list().list(scope(), ALL, new PageRequest(2, 0, first.next()));

    assertThat(first.items()).isEqualTo(added.subList(1, 3));
    assertThat(first.totalSize()).isEqualTo(5);
    assertThat(second.items()).isEqualTo(added.subList(3, 5));
    assertThat(second.next()).isEmpty();
  }

  @Test
  void listsWhatFitsTheFilter() {
    Suppression stop = suppression(scope(), Channel.SMS, NUMBER, SuppressionCause.STOP, "");
    Suppression manual = of(scope(), Channel.SMS, "+1");
    Suppression bounce =
        suppression(scope(), Channel.EMAIL, "a@example.com", SuppressionCause.HARD_BOUNCE, "5.1.1");
    list().add(List.of(stop));
    list().add(List.of(manual));
    list().add(List.of(bounce));

    assertThat(shown(new Filter(Channel.SMS, null, ""))).containsExactly(manual, stop);
    assertThat(shown(new Filter(null, SuppressionCause.HARD_BOUNCE, ""))).containsExactly(bounce);
    assertThat(shown(new Filter(null, null, "a@example.com"))).containsExactly(bounce);
    assertThat(shown(new Filter(Channel.EMAIL, SuppressionCause.STOP, ""))).isEmpty();
    assertThat(shown(ALL)).containsExactly(bounce, manual, stop);
  }

  @Test
  void tellsWhatWasAddedLatelyByItsOwnClock() {
    Suppression old = of(scope(), Channel.SMS, "+1");
    list().add(List.of(old));
    Duration moment = Duration.ofMillis(50);
    Await.until("the first is old", () -> !list().recent(moment, MANY).contains(old));
    Suppression young = of(testScope(), Channel.EMAIL, "b@example.com");
    list().add(List.of(young));

    assertThat(list().recent(Duration.ofHours(1), MANY)).containsSubsequence(young, old);
    assertThat(list().recent(Duration.ofHours(1), 1)).containsExactly(young);

    list().remove(testScope(), Channel.EMAIL, List.of("b@example.com"));
    assertThat(list().recent(Duration.ofHours(1), MANY)).contains(old).doesNotContain(young);
  }

  @Test
  void tellsWhomMessagesWentTo() {
    StoredJob job = store(anSmsJob().to(5).chunksOf(2));
    StoredJob mail =
        store(anEmailJob().to("c@example.com", PersonalContent.EMPTY, ""), testScope());
    ports().transactions().run(() -> erasures().clear(List.of(job.ref(3))));

    Map<MessageRef, Target> targets =
        list()
            .targets(
                List.of(
                    job.ref(4),
                    job.ref(3),
                    mail.ref(0),
                    new MessageRef(job.id(), 0, 4),
                    new MessageRef(job.id(), 9, 40)));

    assertThat(targets)
        .isEqualTo(
            Map.of(
                job.ref(4), new Target(scope(), Channel.SMS, address(job, 4), Set.of()),
                mail.ref(0), new Target(testScope(), Channel.EMAIL, "c@example.com", Set.of())));
    assertThat(list().targets(List.of())).isEmpty();
  }

  @Test
  void tellsThroughWhomMessagesWent() {
    CarrierId provider = CarrierNumbersContract.aCarrier();
    int number = ports().carrierNumbers().of(carrier);
    StoredJob job = store(anSmsJob().to(4).by(provider.value()));
    handOver(job, 0);
    change(job.chunk(0), chunk -> chunk.assign(1, number));
    handOver(job, 1);
    handOver(job, 2);
    DispatchOutcome refused = new DispatchOutcome.Rejected(Reason.ROUTE_REFUSED, "");
    ports()
        .transactions()
        .run(() ->
            ports()
                .log()
                .appendAttempts(
                    job.chunk(0),
                    List.of(Attempt.of(2, 1, false, refused, new Route(carrier, ""), NOW))));

    Map<MessageRef, Set<CarrierId>> carriers = new HashMap<>();
    list()
        .targets(List.of(job.ref(0), job.ref(1), job.ref(2), job.ref(3)))
        .forEach((ref, target) -> carriers.put(ref, target.carriers()));

    assertThat(carriers)
        .isEqualTo(
            Map.of(
                job.ref(0), Set.of(provider),
                job.ref(1), Set.of(carrier),
                job.ref(2), Set.of(provider, carrier),
                job.ref(3), Set.of()));
  }

  @Test
  void tellsWhoWroteToAnAddress() {
    handOver(store(anSmsJob().to(3).to(reader, PersonalContent.EMPTY, "").by(carrier.value())), 3);
    Scope other = ports().newScope().get();
    handOver(store(aJobToReader().by(carrier.value()), other), 0);
    store(aJobToReader().by(carrier.value()), ports().newScope().get());

    assertThat(writers("", CREATED)).containsExactlyInAnyOrder(scope(), other);
    assertThat(writers("ACME", CREATED)).containsExactlyInAnyOrder(scope(), other);
    assertThat(writers("ELSE", CREATED)).isEmpty();
    assertThat(writers("", CREATED.plusSeconds(1))).isEmpty();
    assertThat(list().writersTo(stop("+1", Channel.SMS, carrier, ""), CREATED)).isEmpty();
    assertThat(list().writersTo(stop(reader, Channel.WHATSAPP, carrier, ""), CREATED)).isEmpty();
    assertThat(list().writersTo(stop(reader, Channel.SMS, new CarrierId("none"), ""), CREATED))
        .isEmpty();
  }

  @Test
  void tellsWhoWroteThroughACarrierThatTheMarkOrAnAttemptNames() {
    int number = ports().carrierNumbers().of(carrier);
    StoredJob marked = store(aJobToReader());
    handOver(marked, 0);
    assertThat(writers("", CREATED)).isEmpty();
    change(marked.chunk(0), chunk -> chunk.assign(0, number));
    StoredJob answered = store(aJobToReader(), testScope());
    handOver(answered, 0);
    DispatchOutcome taken = new DispatchOutcome.Accepted("id");
    ports()
        .transactions()
        .run(() ->
            ports()
                .log()
                .appendAttempts(
                    answered.chunk(0),
                    List.of(Attempt.of(0, 1, false, taken, new Route(carrier, ""), NOW))));

    assertThat(writers("", CREATED)).containsExactlyInAnyOrder(scope(), testScope());
  }

  private Suppressions list() {
    return ports().suppressions();
  }

  private List<Suppression> shown(Filter filter) {
    return list().list(scope(), filter, PageRequest.first()).items();
  }

  private Set<Scope> writers(String sender, Instant since) {
    return list().writersTo(stop(reader, Channel.SMS, carrier, sender), since);
  }

  private JobFixture aJobToReader() {
    return anSmsJob().to(reader, PersonalContent.EMPTY, "").inStatus(JobStatus.PROCESSING);
  }

  private void handOver(StoredJob job, int position) {
    change(job.ref(position).chunkKey(), chunk -> chunk.move(position, MessageTransition.MARK));
  }

  private String address(StoredJob job, int position) {
    return ports().messages().find(job.scope(), job.messageId(position)).orElseThrow().address();
  }

  private static OptOut.OfAddress stop(
      String address, Channel channel, CarrierId carrier, String sender) {
    return new OptOut.OfAddress(
        carrier, channel, address, sender, SuppressionCause.STOP, "STOP", NOW);
  }

  private static Suppression of(Scope scope, Channel channel, String address) {
    return suppression(scope, channel, address, SuppressionCause.MANUAL, "");
  }

  private static Suppression suppression(
      Scope scope, Channel channel, String address, SuppressionCause cause, String detail) {
    return new Suppression(scope, channel, address, cause, detail, "key:admin", NOW);
  }
}
