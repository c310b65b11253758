package dev.carillon.application.model;

import static dev.carillon.application.fixture.JobFixture.CREATED;
import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.CancelBulkJob;
import dev.carillon.application.CreateBulkJob;
import dev.carillon.application.Idempotency;
import dev.carillon.application.Limits;
import dev.carillon.application.PauseBulkJob;
import dev.carillon.application.ResumeBulkJob;
import dev.carillon.application.RetryBulkJob;
import dev.carillon.application.Steering;
import dev.carillon.application.billing.BillingSettings;
import dev.carillon.application.billing.Charging;
import dev.carillon.application.contract.Ports;
import dev.carillon.application.fixture.MutableClock;
import dev.carillon.application.fixture.NoQuotas;
import dev.carillon.application.fixture.OneCarrier;
import dev.carillon.application.fixture.PlainNumbering;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.fixture.Submission;
import dev.carillon.application.model.LossyTransactions.Loss;
import dev.carillon.application.port.JobAtWork;
import dev.carillon.application.port.WorkerId;
import dev.carillon.application.settling.Answer;
import dev.carillon.application.settling.JobLife;
import dev.carillon.application.settling.LeasedChunk;
import dev.carillon.application.settling.Leasing;
import dev.carillon.application.settling.Marks;
import dev.carillon.application.settling.Settled.Marked;
import dev.carillon.application.settling.Settling;
import dev.carillon.application.settling.Sweeping;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.RetryPolicy;
import dev.carillon.domain.job.RetrySelection;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageStatus;
import dev.carillon.domain.message.ToldStatuses;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/// One random thing after the other, done to the service and to the plain model: jobs come, workers
/// lease, settle, freeze, crash and lose the answers to their commits, receipts and late answers
/// come at any time, owners pause, resume, cancel and retry, the clock passes deadlines.
public final class RandomHistory {
  private static final Duration LEASE = Duration.ofMinutes(10);
  private static final int CHUNK = 4;
  private static final int OTHER_CARRIERS = 2;
  private static final int MOST_JOBS = 4;
  private static final int MANY = 1_000;
  private static final List<UnknownPolicy> POLICIES = List.of(UnknownPolicy.values());

  /// What a message costs.
  static final long PART_MICROS = 20_000;

  private static final List<ReceiptKind> RECEIPTS = List.of(ReceiptKind.values());

  private final Random random;
  private final ModelStore store;
  private final Ports ports;
  private final Scope scope;
  private final Caller caller;
  private final MutableClock clock = new MutableClock(CREATED);
  private final LossyTransactions transactions;
  private final Settling settling;
  private final Sweeping sweeping;
  private final PauseBulkJob pause;
  private final ResumeBulkJob resume;
  private final CancelBulkJob cancel;
  private final RetryBulkJob retry;
  private final Comparison comparison;
  private final List<StoredJob> jobs = new ArrayList<>();
  private final Map<StoredJob, PlainJob> plain = new HashMap<>();
  private final List<Work> works = new ArrayList<>();
  private final List<Forgotten> forgotten = new ArrayList<>();
  private final List<String> history = new ArrayList<>();

  public RandomHistory(ModelStore store, long seed) {
    this.random = new Random(seed);
    this.store = store;
    this.ports = store.ports();
    this.scope = ports.newScope().get();
    this.caller = Submission.callerOf(scope);
    this.transactions = new LossyTransactions(ports.transactions());
    this.comparison = new Comparison(store);
    JobLife life = new JobLife(ports.jobs(), store.outbox());
    Settling.Store stored =
        new Settling.Store(
            transactions,
            ports.chunks(),
            ports.messages(),
            ports.log(),
            ports.ledger(),
            ports.carrierNumbers());
    this.settling = new Settling(stored, life, store.feed(), clock, RetryPolicy.DEFAULT);
    this.sweeping = new Sweeping(stored, life, store.feed(), clock, RetryPolicy.DEFAULT);
    for (int number = 1; number <= OTHER_CARRIERS; number++) {
      assertThat(ports.carrierNumbers().of(Outcomes.carrier(number))).isEqualTo(number);
    }
    Idempotency idempotency = new Idempotency(ports.transactions(), ports.keys(), clock);
    Steering steering = new Steering(idempotency, ports.jobs(), store.feed(), clock);
    this.pause = new PauseBulkJob(steering, life);
    this.resume = new ResumeBulkJob(steering);
    this.cancel = new CancelBulkJob(steering, ports.chunks(), sweeping, life);
    this.retry =
        new RetryBulkJob(
            idempotency,
            new CreateBulkJob.Store(
                ports.jobs(), ports.chunks(), ports.messages(), ports.uploads()),
            new RetryBulkJob.Knowledge(
                new OneCarrier(ScriptedCarrier.withWindow(1)),
                new Charging(
                    ports.prices(),
                    ports.ledger(),
                    store.outbox(),
                    new PlainNumbering(),
                    BillingSettings.DEFAULTS),
                NoQuotas.submissions()),
            store.feed(),
            this::newId,
            clock,
            limits());
  }

  /// What has happened so far.
  public List<String> history() {
    return history;
  }

  /// One random thing.
  public void step() {
    if (jobs.isEmpty()) {
      create();
      return;
    }
    switch (random.nextInt(32)) {
      case 0, 1 -> create();
      case 2, 3, 4, 5, 6 -> lease();
      case 7, 8, 9, 10, 11, 12, 13 -> settle(Loss.NONE);
      case 14 -> settle(Loss.COMMIT);
      case 15 -> settle(Loss.ANSWER);
      case 16, 17, 18 -> receipt();
      case 19, 20 -> lateAnswer();
      case 21 -> release();
      case 22 -> pause();
      case 23, 24 -> resume();
      case 25 -> cancel();
      case 26, 27 -> retry();
      case 28 -> crash();
      case 29 -> freeze();
      case 30 -> keepHouse();
      default -> pass();
    }
  }

  /// Compares everything with the model.
  public void check() {
    List<StoredJob> atWork = jobs.stream().filter(job -> plain(job).isAtWork()).toList();
    assertThat(ports.jobs().atWork(List.of(), MANY, MANY))
        .extracting(JobAtWork::id)
        .containsExactlyElementsOf(atWork.stream().map(StoredJob::id).toList());
    jobs.forEach(job -> comparison.compare(job, plain(job)));
    comparison.compareBooks(
        scope, jobs.stream().collect(Collectors.toMap(job -> job, this::plain)));
  }

  /// Lets every job come to its end: nobody pauses any more, every lease lapses, every carrier says
  /// yes.
  public void finish() {
    works.clear();
    lapse();
    for (StoredJob job : jobs) {
      if (plain(job).status.equals("PAUSED")) {
        resume(job);
      }
      for (int round = 0; plain(job).isAtWork() && round < MANY; round++) {
        work(job);
      }
      assertThat(plain(job).hasEnded()).as("job %s ends", job.id()).isTrue();
    }
  }

  /// How many jobs there were.
  public int jobs() {
    return jobs.size();
  }

  private void work(StoredJob job) {
    lease(job, Wish.all(CHUNK));
    while (!works.isEmpty()) {
      Work work = works.getFirst();
      List<Answer> answers = work.open.stream().map(marked -> answer(marked, "ACCEPTED")).toList();
      work.open.clear();
      settle(work, answers, Wish.all(CHUNK), Loss.NONE);
      if (work.open.isEmpty()) {
        works.remove(work);
      }
    }
  }

  private void create() {
    if (jobs.size() >= MOST_JOBS) {
      pass();
      return;
    }
    int size = 1 + random.nextInt(9);
    UnknownPolicy policy = oneOf(POLICIES);
    Instant deadline = clock.instant().plusSeconds(random.nextInt(6) == 0 ? 30 : 1_000_000);
    RefundPlan plan = new RefundPlan(random.nextBoolean(), random.nextBoolean());
    ToldStatuses told =
        new ToldStatuses(random.nextInt(1 + ToldStatuses.ALL.bits()) * random.nextInt(2));
    StoredJob job =
        anSmsJob()
            .to(size)
            .chunksOf(CHUNK)
            .onUnknown(policy)
            .until(deadline)
            .createdAt(clock.instant())
            .costing(PART_MICROS, plan)
            .tellingOf(told)
            .storeIn(ports, scope);
    add(job, new PlainJob(size, CHUNK, deadline, policy.name(), plan, names(told)));
    say("create " + size + " " + policy + " telling of " + told.statuses());
  }

  private void add(StoredJob job, PlainJob model) {
    jobs.add(job);
    plain.put(job, model);
  }

  private void lease() {
    List<StoredJob> atWork = jobs.stream().filter(job -> plain(job).isAtWork()).toList();
    if (!atWork.isEmpty()) {
      lease(oneOf(atWork), wish(random.nextInt(CHUNK + 2)));
    }
  }

  private void lease(StoredJob job, Wish wish) {
    PlainJob model = plain(job);
    PlainChunk expected = model.next();
    Leasing leasing =
        settling.lease(
            job.id(),
            new WorkerId("worker-" + random.nextInt(3)),
            LEASE,
            (_, _, _) -> wish.marks());
    say("lease " + job.id().value() + " window " + wish.window() + " -> " + leasing);
    if (expected == null) {
      boolean none = model.chunks.stream().noneMatch(chunk -> chunk.open);
      assertThat(leasing).isInstanceOf(none ? Leasing.Done.class : Leasing.NotBefore.class);
      return;
    }
    if (model.isSwept(clock.instant())) {
      model.rescue(expected, clock.instant());
      assertThat(leasing).isInstanceOf(Leasing.Swept.class);
      return;
    }
    List<Integer> marks = model.lease(expected, wish, clock.instant());
    assertThat(leasing).isInstanceOf(Leasing.Leased.class);
    LeasedChunk leased = ((Leasing.Leased) leasing).chunk();
    assertThat(leased.first()).isEqualTo(expected.first);
    assertThat(leased.settled().marked()).extracting(Marked::position).isEqualTo(marks);
    assertThat(leased.settled().closed()).isEqualTo(!expected.open);
    if (expected.open) {
      works.add(new Work(job, leased, expected, leased.settled().marked()));
    }
  }

  /// A worker, whose lease may long have been lost, brings some of the answers it waits for.
  private void settle(Loss loss) {
    if (works.isEmpty()) {
      return;
    }
    Work work = oneOf(works);
    List<Answer> answers = new ArrayList<>();
    for (int i = random.nextInt(work.open.size() + 1); i > 0; i--) {
      Marked marked = work.open.remove(random.nextInt(work.open.size()));
      Answer answer = answer(marked, Outcomes.any(random));
      answers.add(answer);
      if (Outcomes.kind(answer).equals("UNCONFIRMED") && random.nextBoolean()) {
        forgotten.add(new Forgotten(work.job, work.leased.key(), marked));
      }
    }
    settle(work, answers, wish(random.nextInt(CHUNK + 1)), loss);
  }

  private void settle(Work work, List<Answer> answers, Wish wish, Loss loss) {
    ChunkKey key = work.leased.key();
    say("settle " + key + " " + answers + " window " + wish.window() + " losing " + loss);
    Marks marks = wish.marks();
    List<PlainAnswer> given = answers.stream().map(Outcomes::plain).toList();
    List<Integer> expected =
        loss == Loss.COMMIT
            ? List.of()
            : plain(work.job).settle(work.chunk, work.fence(), given, wish, clock.instant());
    if (loss == Loss.NONE) {
      List<Marked> marked =
          settling.settle(key, work.leased.lease(), answers, marks, LEASE).marked();
      assertThat(marked).extracting(Marked::position).isEqualTo(expected);
      work.open.addAll(marked);
      return;
    }
    transactions.loseNext(loss);
    boolean refused =
        refused(() -> {
          settling.settle(key, work.leased.lease(), answers, marks, LEASE);
          return true;
        });
    assertThat(refused).isTrue();
    IntPredicate handedOver =
        position -> work.open.stream().anyMatch(marked -> marked.position() == position);
    settling.settleAgain(key, work.leased.lease(), answers, handedOver, LEASE);
    plain(work.job).settleAgain(work.chunk, work.fence(), given, handedOver, clock.instant());
  }

  private void receipt() {
    StoredJob job = oneOf(jobs);
    int position = random.nextInt(job.size());
    ReceiptKind kind = oneOf(RECEIPTS);
    int own = plain(job).holding(position).at(position).carrier;
    int from = random.nextInt(5) == 0 ? random.nextInt(OTHER_CARRIERS + 1) : own;
    sweeping.receipts(
        List.of(
            new Receipt(
                job.ref(position),
                kind,
                null,
                "",
                Outcomes.carrier(from),
                "id-" + position,
                clock.instant())));
    plain(job).receipt(position, kind.name(), from, clock.instant());
    say("receipt " + kind + " of " + job.ref(position) + " from carrier " + from);
  }

  /// Comes when its worker has gone, or has stopped waiting for it.
  private void lateAnswer() {
    if (forgotten.isEmpty()) {
      return;
    }
    Forgotten one = forgotten.remove(random.nextInt(forgotten.size()));
    Answer answer = answer(one.marked(), Outcomes.any(random));
    sweeping.answers(one.key(), List.of(answer));
    PlainJob model = plain(one.job());
    PlainChunk chunk = model.chunks.get(one.key().number());
    model.settle(chunk, -1, List.of(Outcomes.plain(answer)), Wish.NONE, clock.instant());
    say("late " + one.key() + " " + answer);
  }

  private void release() {
    works.stream()
        .filter(work -> work.open.isEmpty())
        .findFirst()
        .ifPresent(work -> {
          works.remove(work);
          settling.release(work.leased.key(), work.leased.lease(), clock.instant(), Map.of());
          plain(work.job).release(work.chunk, work.fence(), clock.instant());
          say("release " + work.leased.key());
        });
  }

  private void pause() {
    StoredJob job = oneOf(jobs);
    boolean allowed = plain(job).pause();
    boolean refused =
        refused(() -> {
          pause.handle(new PauseBulkJob.Command(caller, job.bulkId().toString(), ""));
          return true;
        });
    assertThat(refused).isEqualTo(!allowed);
    say("pause " + job.id().value());
  }

  private void resume() {
    resume(oneOf(jobs));
  }

  private void resume(StoredJob job) {
    boolean allowed = plain(job).resume();
    boolean refused =
        refused(() -> {
          resume.handle(new ResumeBulkJob.Command(caller, job.bulkId().toString(), ""));
          return true;
        });
    assertThat(refused).isEqualTo(!allowed);
    say("resume " + job.id().value());
  }

  private void cancel() {
    StoredJob job = oneOf(jobs);
    boolean allowed = plain(job).cancel(clock.instant());
    boolean refused =
        refused(() -> {
          cancel.handle(new CancelBulkJob.Command(caller, job.bulkId().toString(), ""));
          return true;
        });
    assertThat(refused).isEqualTo(!allowed);
    say("cancel " + job.id().value());
  }

  private void retry() {
    StoredJob job = oneOf(jobs);
    PlainJob model = plain(job);
    List<PlainMessage> taken = model.hasEnded() ? model.toRetry() : List.of();
    RetryBulkJob.Command command =
        new RetryBulkJob.Command(caller, job.bulkId().toString(), "", "", RetrySelection.DEFAULT);
    say("retry " + job.id().value() + " of " + taken.size());
    if (taken.isEmpty()) {
      assertThat(
              refused(() -> {
                retry.handle(command);
                return true;
              }))
          .isTrue();
      return;
    }
    BulkJob child = retry.handle(command);
    taken.forEach(message -> message.retried = true);
    StoredJob stored =
        new StoredJob(child.id(), child.bulkId(), child.scope(), taken.size(), CHUNK);
    Instant deadline = child.submission().plan().deadline();
    add(stored, new PlainJob(taken.size(), CHUNK, deadline, model.policy, model.plan, model.asked));
    assertThat(child.submission().parent()).isEqualTo(job.bulkId());
  }

  /// Every worker forgets everything; the answers to what it handed over may still come.
  private void crash() {
    for (Work work : works) {
      work.open.forEach(
          marked -> forgotten.add(new Forgotten(work.job, work.leased.key(), marked)));
    }
    works.clear();
    lapse();
    say("crash");
  }

  /// Every worker stands still beyond its lease, and does not know.
  private void freeze() {
    lapse();
    say("freeze");
  }

  private void lapse() {
    store.lapseLeases();
    plain.values().forEach(job -> job.chunks.forEach(chunk -> chunk.leased = false));
  }

  /// What the house's own loops do: overdue jobs, paused jobs whose worker is gone, jobs that
  /// broke, and what nothing settled in time.
  private void keepHouse() {
    switch (random.nextInt(4)) {
      case 0 -> sweepOverdue();
      case 1 -> rescuePaused();
      case 2 -> breakOne();
      default -> giveUpOne();
    }
  }

  private void sweepOverdue() {
    List<StoredJob> overdue =
        jobs.stream().filter(job -> plain(job).isOverdue(clock.instant())).toList();
    assertThat(ports.jobs().overdue(clock.instant(), MANY))
        .containsExactlyInAnyOrderElementsOf(overdue.stream().map(StoredJob::id).toList());
    for (StoredJob job : overdue) {
      sweeping.sweep(ports.chunks().open(job.id(), -1, MANY));
      plain(job).sweepOpen(clock.instant());
    }
    say("sweep " + overdue.size() + " overdue");
  }

  private void rescuePaused() {
    List<ChunkKey> expected = new ArrayList<>();
    for (StoredJob job : jobs) {
      PlainJob model = plain(job);
      for (int number = 0; number < model.chunks.size(); number++) {
        PlainChunk chunk = model.chunks.get(number);
        if (model.status.equals("PAUSED") && chunk.open && chunk.held && !chunk.leased) {
          expected.add(job.chunk(number));
        }
      }
    }
    assertThat(ports.chunks().lapsed(MANY)).containsExactlyInAnyOrderElementsOf(expected);
    for (ChunkKey key : expected) {
      sweeping.rescue(key, Duration.ZERO);
      PlainJob model = plain(jobOf(key));
      model.rescue(model.chunks.get(key.number()), clock.instant());
    }
    say("rescue " + expected);
  }

  private void breakOne() {
    StoredJob job = oneOf(jobs);
    if (random.nextInt(3) > 0) {
      return;
    }
    PlainJob model = plain(job);
    boolean expected = !model.hasEnded() && !model.broken;
    assertThat(ports.jobs().markBroken(job.id(), clock.instant())).isEqualTo(expected);
    model.broken |= expected;
    say("break " + job.id().value());
  }

  private void giveUpOne() {
    StoredJob job = oneOf(jobs);
    PlainJob model = plain(job);
    if (!model.hasEnded()) {
      return;
    }
    sweeping.giveUp(ports.chunks().inDoubt(job.id(), -1, MANY));
    model.giveUp(clock.instant());
    say("give up in " + job.id().value());
  }

  private void pass() {
    Duration time = Duration.ofSeconds(1 + random.nextInt(12));
    clock.advance(time);
    say("pass " + time);
  }

  private StoredJob jobOf(ChunkKey key) {
    return jobs.stream().filter(job -> job.id().equals(key.job())).findFirst().orElseThrow();
  }

  private PlainJob plain(StoredJob job) {
    PlainJob model = plain.get(job);
    if (model == null) {
      throw new IllegalStateException("no model of " + job.id());
    }
    return model;
  }

  private Wish wish(int window) {
    int modulus = 2 + random.nextInt(3);
    IntPredicate ready = random.nextBoolean() ? _ -> true : position -> position % modulus != 0;
    int shift = random.nextInt(4);
    return new Wish(window, ready, random.nextBoolean() ? _ -> 0 : at -> (at + shift) % 4 - 1);
  }

  private Answer answer(Marked marked, String kind) {
    return Outcomes.answer(marked, kind, clock.instant());
  }

  private void say(String what) {
    history.add(what);
  }

  private <T> T oneOf(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private static Set<String> names(ToldStatuses told) {
    return told.statuses().stream().map(MessageStatus::name).collect(Collectors.toSet());
  }

  /// Of version 7 (RFC 9562, 5.7), and nobody else's.
  private UUID newId(Instant now) {
    long high = now.toEpochMilli() << 16 | 0x7000L | random.nextInt(0x1000);
    return new UUID(high, Long.MIN_VALUE | random.nextLong() >>> 2);
  }

  private static boolean refused(BooleanSupplier action) {
    try {
      return !action.getAsBoolean();
    } catch (DomainException refusal) {
      return true;
    }
  }

  private static Limits limits() {
    Limits defaults = Limits.DEFAULTS;
    return new Limits(
        defaults.recipientsPerJob(),
        defaults.storedRecipientsPerJob(),
        CHUNK,
        defaults.content(),
        defaults.rejectedShown(),
        defaults.maxAge(),
        defaults.failurePercent());
  }

  /// What a worker believes to have in its hands.
  private static final class Work {
    private final StoredJob job;
    private final LeasedChunk leased;
    private final PlainChunk chunk;
    private final List<Marked> open;

    Work(StoredJob job, LeasedChunk leased, PlainChunk chunk, List<Marked> open) {
      this.job = job;
      this.leased = leased;
      this.chunk = chunk;
      this.open = new ArrayList<>(open);
    }

    long fence() {
      return leased.lease().fence();
    }
  }

  /// What was handed over and is not waited for any more.
  private record Forgotten(StoredJob job, ChunkKey key, Marked marked) {}
}
