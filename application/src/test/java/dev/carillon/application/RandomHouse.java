package dev.carillon.application;

import static dev.carillon.application.fixture.House.aReceipt;
import static dev.carillon.application.fixture.Submission.callerOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.fixture.Submission;
import dev.carillon.application.port.WorkerId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.message.MessageRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// A house in which one random thing after the other happens: jobs come, workers lease, settle,
/// freeze and wake up, receipts come at any time, owners pause and cancel.
final class RandomHouse {
  private static final Duration LEASE = House.SETTINGS.leaseTime();
  private static final int WORKERS = 3;
  private static final List<ReceiptKind> KINDS = List.of(ReceiptKind.values());

  private final Random random;
  private final House house = new House(ScriptedCarrier.withWindow(3));
  private final List<StoredJob> jobs = new ArrayList<>();
  private final List<Work> works = new ArrayList<>();
  private final List<String> history = new ArrayList<>();
  private final Audit audit = new Audit(house);

  RandomHouse(long seed) {
    this.random = new Random(seed);
  }

  List<String> history() {
    return history;
  }

  void step() {
    switch (random.nextInt(20)) {
      case 0, 1 -> create();
      case 2, 3, 4, 5, 6 -> lease();
      case 7, 8, 9, 10, 11, 12 -> settle();
      case 13, 14, 15 -> receipts();
      case 16 -> release();
      case 17 -> cancel();
      case 18 -> pauseOrResume();
      default -> pass();
    }
  }

  void check() {
    jobs.forEach(audit::check);
  }

  /// Lets every job come to its end: nobody pauses any more, every worker answers, every lease
  /// lapses.
  void finish() {
    history.add("finish");
    jobs.forEach(job -> move(job, JobTransition.RESUME));
    works.clear();
    house.pass(LEASE.multipliedBy(2));
    Optional<LeasedChunk> next = leaseBy(0);
    for (int round = 0; next.isPresent() && round < 10_000; round++) {
      LeasedChunk leased = next.get();
      Settled settled = leased.settled();
      for (int turn = 0; !settled.closed() && turn < 1_000; turn++) {
        List<Answer> answers =
            settled.marked().stream()
                .map(marked -> answer(marked, ScriptedCarrierAnswers.accepted()))
                .toList();
        settled =
            house.settling.settle(leased.key(), leased.lease(), answers, Marks.next(3), LEASE);
        audit.marked(leased.key(), settled.marked());
      }
      next = leaseBy(0);
    }
  }

  long checkEnded() {
    for (StoredJob job : jobs) {
      assertThat(house.job(job).done()).as("job %s ends", job.id()).isTrue();
    }
    return jobs.size();
  }

  private void create() {
    Submission submission = Submission.anSms("hello").to(1 + random.nextInt(9));
    for (int i = random.nextInt(4); i > 0; i--) {
      submission.to(random.nextBoolean() ? "nobody" : "+263771000000");
    }
    BulkJob job = house.createBulkJob.handle(submission.by(house.scope)).job();
    StoredJob stored =
        new StoredJob(job.id(), job.bulkId(), job.scope(), (int) job.counters().total(), 4);
    jobs.add(stored);
    history.add("create " + job.id().value() + " of " + stored.size());
  }

  private void lease() {
    int worker = random.nextInt(WORKERS);
    Optional<LeasedChunk> leased = leaseBy(worker);
    history.add("lease " + worker + " " + leased.map(LeasedChunk::key));
    leased
        .filter(chunk -> !chunk.settled().closed())
        .ifPresent(chunk -> works.add(new Work(chunk, new ArrayList<>(chunk.settled().marked()))));
  }

  private Optional<LeasedChunk> leaseBy(int worker) {
    int window = random.nextInt(4);
    Optional<LeasedChunk> leased =
        house.settling.lease(new WorkerId("worker-" + worker), LEASE, _ -> Math.max(window, 1));
    leased.ifPresent(chunk -> audit.marked(chunk.key(), chunk.settled().marked()));
    return leased;
  }

  /// A worker, whose lease may long have been lost, brings some of the answers it waits for.
  private void settle() {
    if (works.isEmpty()) {
      return;
    }
    Work work = works.get(random.nextInt(works.size()));
    List<Answer> answers = new ArrayList<>();
    for (int i = random.nextInt(work.open().size() + 1); i > 0; i--) {
      Settled.Marked marked = work.open().remove(random.nextInt(work.open().size()));
      Answer answer = answer(marked, ScriptedCarrierAnswers.any(random));
      answers.add(answer);
      audit.answered(work.chunk().key(), marked, answer.outcome());
    }
    int room = 3 - work.open().size();
    Settled settled =
        house.settling.settle(
            work.chunk().key(),
            work.chunk().lease(),
            answers,
            random.nextInt(4) == 0 ? Marks.NONE : Marks.next(room),
            LEASE);
    audit.marked(work.chunk().key(), settled.marked());
    work.open().addAll(settled.marked());
    history.add("settle " + work.chunk().key() + " " + answers + " -> " + settled);
  }

  private void receipts() {
    if (jobs.isEmpty()) {
      return;
    }
    List<Receipt> receipts = new ArrayList<>();
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      StoredJob job = jobs.get(random.nextInt(jobs.size()));
      MessageRef ref = job.ref(random.nextInt(job.size()));
      ReceiptKind kind = KINDS.get(random.nextInt(KINDS.size()));
      receipts.add(aReceipt(ref, kind, house.clock.instant()));
    }
    house.recordReceipts.record(receipts);
    history.add("receipts " + receipts);
  }

  private void release() {
    if (works.isEmpty()) {
      return;
    }
    Work work = works.get(random.nextInt(works.size()));
    if (work.open().isEmpty()) {
      works.remove(work);
      house.settling.release(
          work.chunk().key(), work.chunk().lease(), house.clock.instant().plusSeconds(2));
      history.add("release " + work.chunk().key());
    }
  }

  private void cancel() {
    if (jobs.isEmpty()) {
      return;
    }
    StoredJob job = jobs.get(random.nextInt(jobs.size()));
    try {
      house.cancelBulkJob.handle(
          new CancelBulkJob.Command(callerOf(house.scope), job.bulkId().toString(), ""));
      history.add("cancel " + job.id().value());
    } catch (DomainException refused) {
      assertThat(house.job(job).done()).isTrue();
      history.add("cancel refused " + job.id().value());
    }
  }

  private void pauseOrResume() {
    if (!jobs.isEmpty()) {
      StoredJob job = jobs.get(random.nextInt(jobs.size()));
      move(job, random.nextBoolean() ? JobTransition.PAUSE : JobTransition.RESUME);
    }
  }

  private void move(StoredJob job, JobTransition transition) {
    if (house.store.jobs().move(job.id(), transition, null, house.clock.instant())) {
      history.add(transition + " " + job.id().value());
    }
  }

  private void pass() {
    Duration time = random.nextBoolean() ? Duration.ofSeconds(3) : LEASE;
    house.pass(time);
    history.add("pass " + time);
  }

  private Answer answer(Settled.Marked marked, DispatchOutcome outcome) {
    return new Answer(
        marked.position(), marked.attempt(), outcome, ScriptedCarrier.ID, house.clock.instant());
  }

  /// What a worker believes to have in its hands.
  private record Work(LeasedChunk chunk, List<Settled.Marked> open) {}

  /// What carriers say.
  private static final class ScriptedCarrierAnswers {
    private ScriptedCarrierAnswers() {}

    static DispatchOutcome accepted() {
      return new DispatchOutcome.Accepted("id");
    }

    static DispatchOutcome any(Random random) {
      return switch (random.nextInt(10)) {
        case 0, 1, 2, 3 -> accepted();
        case 4 -> new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, "no");
        case 5, 6 -> new DispatchOutcome.Unreachable(Reason.CARRIER_UNREACHABLE, "down", null);
        case 7 -> new DispatchOutcome.Throttled(null);
        case 8 -> new DispatchOutcome.Withdrawn();
        default -> new DispatchOutcome.Unconfirmed("lost");
      };
    }
  }
}
