package dev.carillon.persistence;

import dev.carillon.application.CancelBulkJob;
import dev.carillon.application.ResumeBulkJob;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.WorkerId;
import dev.carillon.application.settling.Answer;
import dev.carillon.application.settling.LeasedChunk;
import dev.carillon.application.settling.Leasing;
import dev.carillon.application.settling.Marks;
import dev.carillon.application.settling.Settled.Marked;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.delivery.Route;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.message.MessageState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the house does with the jobs of a business, at random: workers lease, settle, freeze and
/// die, carriers tell early, late and twice, keepers sweep, rescue and give up, people are deleted.
final class MoneyWork {
  private static final Duration LEASE = Duration.ofMinutes(10);
  private static final Duration TOO_LATE = Duration.ofDays(4);
  private static final int MANY = 100;
  private static final MessageState SENT = MessageState.SENT;
  private static final MessageState GIVEN_UP = MessageState.FAILED_OUTCOME_UNKNOWN;
  private static final List<ReceiptKind> RECEIPTS = List.of(ReceiptKind.values());

  private final MoneyCaller caller;
  private final MoneyNode node;
  private final List<Shop> all;
  private final List<Work> works = new ArrayList<>();
  private final List<Work> forgotten = new ArrayList<>();

  MoneyWork(MoneyCaller caller, List<Shop> all) {
    this.caller = caller;
    this.node = caller.node;
    this.all = all;
  }

  /// Something random, mostly with a job of this business.
  void step(Shop shop) {
    StoredJob job = shop.anyJob(caller.random());
    if (job == null) {
      return;
    }
    switch (caller.random().nextInt(30)) {
      case 0, 1, 2, 3, 4, 5, 6 -> lease(job.id(), caller.random().nextInt(MoneyNode.CHUNK + 2));
      case 7, 8, 9, 10, 11, 12, 13 -> settle();
      case 14 -> lateAnswers();
      case 15, 16, 17, 18 -> receipts();
      case 19 -> freeze(job.id());
      case 20 -> rescue(job.id());
      case 21 -> caller.later(TOO_LATE, () -> sweep(job.id()));
      case 22, 23 -> giveUp(job.id());
      case 24, 25 -> forget(job);
      case 26 -> breakDown(job.id());
      case 27, 28 -> lateEvidence(job.id());
      default -> settleByDeadline(job.id());
    }
  }

  /// Lets a job end and settle, whatever became of it so far; all that was leased is forgotten.
  void finish(Unsettled unsettled) {
    StoredJob stored = unsettled.job();
    JobId job = stored.id();
    works.clear();
    if (unsettled.waits()) {
      Runnable goOn = () -> goOn(unsettled);
      caller.surely("go on", () -> caller.database.tenancy().run(stored.scope(), goOn));
    }
    if (!unsettled.hasEnded()) {
      workAll(job);
    }
    if (caller.oneIn(2)) {
      caller.surely("receipts", () -> node.sweeping.receipts(ofAll(job, SENT)));
    }
    settleByDeadline(job);
    if (caller.oneIn(3)) {
      lateEvidence(job);
    }
  }

  private void workAll(JobId job) {
    caller.surely("freeze", () -> lapse(job));
    Duration time = Duration.ZERO;
    Leasing leasing = leaseAll(job, time);
    for (int round = 0; round < MANY && !(leasing instanceof Leasing.Done); round++) {
      works.forEach(work -> end(work, work.open.stream().map(this::answer).toList()));
      works.clear();
      time = leasing instanceof Leasing.NotBefore || caller.oneIn(4) ? TOO_LATE : time;
      leasing = leaseAll(job, time);
    }
  }

  private void goOn(Unsettled unsettled) {
    String bulkId = unsettled.job().bulkId().toString();
    Caller client = Shop.callerOf(unsettled.job().scope());
    if (unsettled.status() == JobStatus.PAUSED) {
      node.resume.handle(new ResumeBulkJob.Command(client, bulkId, ""));
    } else {
      node.cancel.handle(new CancelBulkJob.Command(client, bulkId, ""));
    }
  }

  private @Nullable Leasing leaseAll(JobId job, Duration time) {
    Leasing[] leasing = new Leasing[1];
    caller.later(
        time, () -> caller.surely("lease", () -> leasing[0] = lease(job, Marks.next(MANY))));
    return leasing[0];
  }

  private void lease(JobId job, int window) {
    int modulus = 2 + caller.random().nextInt(3);
    caller.dare("lease", () -> lease(job, new Marks(window, position -> position % modulus != 0)));
  }

  private Leasing lease(JobId job, Marks marks) {
    WorkerId worker = new WorkerId("worker-" + caller.random().nextInt(3));
    Leasing leasing = node.settling.lease(job, worker, LEASE, (_, _, _) -> marks);
    if (leasing instanceof Leasing.Leased leased) {
      works.add(new Work(leased.chunk(), new ArrayList<>(leased.chunk().settled().marked())));
    }
    return leasing;
  }

  /// Some of the answers that a worker waits for have come, of which some say that nobody knows.
  private void settle() {
    if (works.isEmpty()) {
      return;
    }
    Work work = caller.oneOf(works);
    List<Answer> answers = new ArrayList<>();
    for (int i = caller.random().nextInt(work.open.size() + 1); i > 0; i--) {
      answers.add(answer(work.open.remove(0)));
    }
    if (work.open.isEmpty() || caller.oneIn(4)) {
      works.remove(work);
      if (!work.open.isEmpty()) {
        forgotten.add(work);
      }
      end(work, answers);
      return;
    }
    boolean heard =
        caller.dare(
            "settle",
            () ->
                work.open.addAll(
                    node.settling
                        .settle(work.key(), work.leased.lease(), answers, Marks.next(2), LEASE)
                        .marked()));
    if (!heard) {
      settleAgain(work, answers);
    }
  }

  private void settleAgain(Work work, List<Answer> answers) {
    List<Integer> handedOver = work.open.stream().map(Marked::position).toList();
    caller.surely(
        "settle again",
        () ->
            node.settling.settleAgain(
                work.key(), work.leased.lease(), answers, handedOver::contains, LEASE));
  }

  private void end(Work work, List<Answer> answers) {
    boolean[] open = {true};
    boolean heard =
        caller.dare(
            "settle",
            () ->
                open[0] =
                    !node.settling
                        .settle(work.key(), work.leased.lease(), answers, Marks.NONE, LEASE)
                        .closed());
    if (!heard) {
      settleAgain(work, answers);
    }
    if (open[0]) {
      caller.dare(
          "release",
          () -> node.settling.release(work.key(), work.leased.lease(), caller.now(), Map.of()));
    }
  }

  private void lateAnswers() {
    if (!forgotten.isEmpty()) {
      Work work = forgotten.removeLast();
      List<Answer> answers = work.open.stream().map(this::answer).toList();
      if (!caller.dare("late answers", () -> node.sweeping.answers(work.key(), answers))) {
        caller.surely("late answers", () -> node.sweeping.answersAgain(work.key(), answers));
      }
    }
  }

  /// Of several jobs at once, and of several businesses, as a carrier brings them.
  private void receipts() {
    List<Receipt> receipts = new ArrayList<>();
    for (int i = 1 + caller.random().nextInt(8); i > 0; i--) {
      StoredJob job = caller.oneOf(all).anyJob(caller.random());
      if (job != null) {
        receipts.add(receipt(job.ref(caller.random().nextInt(job.size())), caller.oneOf(RECEIPTS)));
      }
    }
    if (!receipts.isEmpty()) {
      caller.dare("receipts", () -> node.sweeping.receipts(receipts));
      if (caller.oneIn(3)) {
        caller.dare("receipts", () -> node.sweeping.receipts(receipts));
      }
    }
  }

  /// Carriers tell that they did deliver what was given up.
  void lateEvidence(JobId job) {
    List<Receipt> late = ofAll(job, GIVEN_UP);
    if (!late.isEmpty()) {
      caller.dare("late evidence", () -> node.sweeping.receipts(late));
    }
  }

  private List<Receipt> ofAll(JobId job, MessageState state) {
    return caller
        .sql
        .fetch(
            "SELECT chunk_no, position FROM told_message WHERE job_id = ? AND state = ?",
            job.value(),
            state.code())
        .map(row ->
            receipt(
                new MessageRef(job, row.get(0, Integer.class), row.get(1, Integer.class)),
                caller.oneIn(3) ? ReceiptKind.UNDELIVERED : ReceiptKind.DELIVERED));
  }

  private Receipt receipt(MessageRef ref, ReceiptKind kind) {
    return new Receipt(ref, kind, null, "", ScriptedCarrier.ID, "id", caller.now());
  }

  /// A worker stands still beyond its lease, and does not know; or it is gone.
  private void freeze(JobId job) {
    caller.dare("freeze", () -> lapse(job));
    if (caller.oneIn(2)) {
      forgotten.addAll(works);
      works.clear();
    }
  }

  private void lapse(JobId job) {
    caller.sql.execute(
        "UPDATE chunk SET lease_until = 'epoch' WHERE job_id = ? AND lease_until IS NOT NULL",
        job.value());
  }

  private void rescue(JobId job) {
    for (ChunkKey chunk : chunks(job)) {
      caller.dare("rescue", () -> node.sweeping.rescue(chunk, Duration.ZERO));
    }
  }

  private void sweep(JobId job) {
    caller.dare("sweep", () -> node.sweeping.sweep(chunks(job)));
  }

  private void giveUp(JobId job) {
    caller.dare("give up", () -> node.sweeping.giveUp(node.engine.chunks().inDoubt(job, -1, MANY)));
  }

  private void settleByDeadline(JobId job) {
    caller.surely(
        "settle by deadline",
        () -> {
          node.sweeping.giveUp(node.engine.chunks().inDoubt(job, -1, MANY));
          node.engine.transactions().run(() -> node.life.settleByDeadline(job, caller.now()));
        });
  }

  private void forget(StoredJob job) {
    List<MessageRef> some =
        IntStream.range(0, job.size()).filter(_ -> caller.oneIn(4)).mapToObj(job::ref).toList();
    caller.dare(
        "delete people", () -> node.engine.transactions().run(() -> node.forgetting.release(some)));
  }

  private void breakDown(JobId job) {
    caller.dare("break", () -> node.engine.jobs().markBroken(job, caller.now()));
    sweep(job);
  }

  private List<ChunkKey> chunks(JobId job) {
    return Stream.iterate(0, number -> number + 1)
        .limit(3)
        .map(number -> new ChunkKey(job, number))
        .toList();
  }

  private Answer answer(Marked marked) {
    return new Answer(
        marked.position(),
        marked.attempt(),
        marked.resent(),
        outcome(),
        new Route(ScriptedCarrier.ID, ""),
        caller.now());
  }

  private DispatchOutcome outcome() {
    return switch (caller.random().nextInt(12)) {
      case 0, 1, 2, 3, 4, 5 -> new DispatchOutcome.Accepted("id");
      case 6 -> new DispatchOutcome.Rejected(Reason.CARRIER_REFUSED, "no");
      case 7 -> new DispatchOutcome.Unreachable(Reason.CARRIER_UNREACHABLE, "down", null);
      case 8 -> new DispatchOutcome.Throttled(null);
      case 9 -> new DispatchOutcome.Withdrawn();
      default -> new DispatchOutcome.Unconfirmed("lost");
    };
  }

  /// What a worker believes to have in its hands.
  private record Work(LeasedChunk leased, List<Marked> open) {
    ChunkKey key() {
      return leased.key();
    }
  }

  /// A job that has not settled.
  record Unsettled(StoredJob job, JobStatus status) {
    /// Whether its owner has to say what is to be done with it.
    boolean waits() {
      return status == JobStatus.PAUSED || status == JobStatus.OPEN;
    }

    boolean hasEnded() {
      return status.isEnd();
    }
  }
}
