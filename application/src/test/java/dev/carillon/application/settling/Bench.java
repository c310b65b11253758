package dev.carillon.application.settling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.admin.AuditBulkJob;
import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.JobFixture;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.WorkerId;
import dev.carillon.application.settling.Settled.Marked;
import dev.carillon.domain.audit.Recount;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Route;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.JobTransition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// One job in a house, and a worker's hands, for tests of the settling step.
final class Bench {
  static final Duration LEASE = House.LEASE;
  static final WorkerId OTHER = new WorkerId("worker-2");
  static final DispatchOutcome ACCEPTED = new DispatchOutcome.Accepted("c-1");
  static final DispatchOutcome REJECTED =
      new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, "no");
  static final DispatchOutcome THROTTLED = new DispatchOutcome.Throttled(null);
  static final DispatchOutcome UNREACHABLE =
      new DispatchOutcome.Unreachable(Reason.CARRIER_UNREACHABLE, "down", null);
  static final DispatchOutcome UNCONFIRMED = new DispatchOutcome.Unconfirmed("lost");
  static final DispatchOutcome WITHDRAWN = new DispatchOutcome.Withdrawn();

  final House house = new House(ScriptedCarrier.withWindow(10));
  final StoredJob job;

  Bench(JobFixture fixture) {
    this.job = house.stored(fixture);
  }

  LeasedChunk lease(int window) {
    return lease(House.WORKER, Marks.next(window));
  }

  LeasedChunk lease(WorkerId worker, Marks marks) {
    Leasing leasing = leasing(worker, marks);
    assertThat(leasing).isInstanceOf(Leasing.Leased.class);
    return ((Leasing.Leased) leasing).chunk();
  }

  Leasing leasing(WorkerId worker, Marks marks) {
    return house.settling.lease(job.id(), worker, LEASE, (_, _, _) -> marks);
  }

  Settled settle(LeasedChunk leased, Marks marks, Answer... answers) {
    return house.settling.settle(leased.key(), leased.lease(), List.of(answers), marks, LEASE);
  }

  Settled settleAgain(LeasedChunk leased, List<Integer> handedOver, Answer... answers) {
    return house.settling.settleAgain(
        leased.key(), leased.lease(), List.of(answers), handedOver::contains, LEASE);
  }

  void late(Answer... answers) {
    house.sweeping.answers(job.chunk(0), List.of(answers));
  }

  Recount audit() {
    Caller operator = new Caller(house.scope, Role.OPERATOR, "key-1", "ZW", "USD");
    return new AuditBulkJob(house.store, house.store.records())
        .handle(new AuditBulkJob.Query(operator, job.bulkId().toString()))
        .recount();
  }

  /// Lets the lease lapse and another worker come, who marks nothing.
  LeasedChunk rescue() {
    house.pass(LEASE);
    return lease(OTHER, Marks.NONE);
  }

  Answer answer(int position, int attempt, DispatchOutcome outcome) {
    return answer(position, attempt, false, outcome);
  }

  Answer resent(int position, int attempt, DispatchOutcome outcome) {
    return answer(position, attempt, true, outcome);
  }

  private Answer answer(int position, int attempt, boolean resent, DispatchOutcome outcome) {
    return new Answer(
        position,
        attempt,
        resent,
        outcome,
        new Route(ScriptedCarrier.ID, ""),
        house.clock.instant());
  }

  void move(JobTransition transition) {
    assertThat(house.store.jobs().move(job.id(), transition, null, house.clock.instant())).isTrue();
  }

  BulkJob shown() {
    return house.job(job);
  }

  List<String> states() {
    return IntStream.range(0, job.size()).mapToObj(at -> house.state(job.ref(at)).name()).toList();
  }

  List<Integer> attempts() {
    return IntStream.range(0, job.size())
        .mapToObj(at -> house.store.chunks().chunk(job.ref(at).chunkKey()).attempts(at))
        .toList();
  }

  List<OutcomeKind> kept(int position) {
    return house.store.log().attempts(job.id(), position).stream().map(Attempt::kind).toList();
  }

  Map<Reason, Long> reasons() {
    return house.store.jobs().reasons(job.id());
  }

  boolean isOpen(int number) {
    return house.store.chunks().open(job.id(), -1, 1_000).contains(job.chunk(number));
  }

  static Marked marked(int position, int attempt) {
    return new Marked(position, attempt, false);
  }

  static Marked markedAgain(int position, int attempt) {
    return new Marked(position, attempt, true);
  }

  static Marks only(int position) {
    return new Marks(1, each -> each == position);
  }
}
