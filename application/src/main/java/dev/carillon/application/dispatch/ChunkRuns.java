package dev.carillon.application.dispatch;

import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.Carriers;
import dev.carillon.application.port.DispatchJob;
import dev.carillon.application.port.FlowControl;
import dev.carillon.application.port.FlowControl.Allowance;
import dev.carillon.application.port.FlowControl.Traffic;
import dev.carillon.application.port.JobAtWork;
import dev.carillon.application.port.JobControls;
import dev.carillon.application.port.Numbering;
import dev.carillon.application.port.WorkerId;
import dev.carillon.application.settling.LeasedChunk;
import dev.carillon.application.settling.Leasing;
import dev.carillon.application.settling.Settling;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.RetryPolicy;
import dev.carillon.domain.job.UnknownPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Begins runs: takes permits, leases the job's next chunk with as many messages marked, and puts
/// together what the run needs.
public final class ChunkRuns {
  private final Engine engine;
  private final JobQueue queue;
  private final JobBook book;
  private final Outside outside;
  private final InstantSource clock;
  private final RetryPolicy retries;
  private final RandomGenerator random;
  private final DispatchSettings settings;
  private final AtomicLong leases = new AtomicLong();
  private final Map<WorkerId, Unheard> forgone = new ConcurrentHashMap<>();

  public ChunkRuns(
      Engine engine,
      JobQueue queue,
      JobBook book,
      Outside outside,
      InstantSource clock,
      RetryPolicy retries,
      RandomGenerator random,
      DispatchSettings settings) {
    this.engine = engine;
    this.queue = queue;
    this.book = book;
    this.outside = outside;
    this.clock = clock;
    this.retries = retries;
    this.random = random;
    this.settings = settings;
  }

  /// A run of the job's next chunk; empty when the job has nothing now, which the queue is then
  /// told.
  Optional<ChunkRun> begin(JobAtWork job, WorkerId worker, BooleanSupplier goOn) {
    forgo(worker);
    Optional<JobBook.Known> known = book.job(job.id());
    Optional<Carrier> carrier = outside.carriers().byId(job.provider());
    if (job.sweeping()) {
      lease(job, worker, new FirstLook(0, (_, _) -> Waiting.nothing(clock)));
      return Optional.empty();
    }
    if (known.isEmpty() || carrier.isEmpty()) {
      queue.skip(job.id(), Instant.MAX);
      return Optional.empty();
    }
    return begin(new Order(job, known.get(), carrier.get(), book.controls(job.id())), worker, goOn);
  }

  private Optional<ChunkRun> begin(Order order, WorkerId worker, BooleanSupplier goOn) {
    Supplier<Traffic> traffic = () -> order.traffic(book);
    int window = window(order.carrier());
    Allowance allowance = outside.flow().ask(traffic.get(), window);
    if (allowance.permits() == 0) {
      queue.skip(order.job().id(), clock.instant().plus(allowance.retryAfter()));
      return Optional.empty();
    }
    FirstLook first = new FirstLook(allowance.permits(), order.waiting(this));
    long before = System.nanoTime();
    Optional<LeasedChunk> leased = lease(order.job(), worker, first);
    int marked = leased.map(chunk -> chunk.settled().marked().size()).orElse(0);
    Turn turn =
        new Turn(order.job(), queue, goOn, () -> order.hoursChanged(book), settings.slice());
    turn.charge(marked);
    Gate gate = new Gate(outside.flow(), traffic, first.waiting(), clock);
    gate.used(first.marks(), marked);
    return leased.map(chunk ->
        new ChunkRun(
            new Facts(
                engine.settling(),
                engine.late(),
                engine.keeper(),
                chunk,
                settings.leaseTime(),
                before),
            order.carrier(),
            window,
            first.waiting(),
            gate,
            new Parcels(chunk, order.known().wording()),
            turn,
            clock,
            settings.linger(),
            marked < allowance.permits()));
  }

  /// Leases under a name that is never used again, so that a lease of which nobody heard, because
  /// the store went away, can be found and given back.
  private Leasing leaseOnce(JobAtWork job, WorkerId worker, FirstLook first) {
    WorkerId owner = new WorkerId(worker.value() + "." + leases.incrementAndGet());
    try {
      return engine.settling().lease(job.id(), owner, settings.leaseTime(), first);
    } catch (DomainException unheard) {
      forgone.put(worker, new Unheard(job.id(), owner));
      throw unheard;
    }
  }

  private void forgo(WorkerId worker) {
    Unheard unheard = forgone.get(worker);
    if (unheard != null) {
      engine.settling().forgo(unheard.job(), unheard.owner());
      forgone.remove(worker);
    }
  }

  /// The chunk that was leased and is still open; the queue is told when there was none.
  private Optional<LeasedChunk> lease(JobAtWork job, WorkerId worker, FirstLook first) {
    return switch (leaseOnce(job, worker, first)) {
      case Leasing.Leased leased when leased.chunk().settled().closed() -> Optional.empty();
      case Leasing.Leased leased -> Optional.of(leased.chunk());
      case Leasing.NotBefore later -> skip(job, later.time());
      case Leasing.Swept _ -> Optional.empty();
      case Leasing.SwitchedOff _ -> skip(job, Instant.MAX);
      case Leasing.Done _ -> {
        queue.done(job.id());
        yield skip(job, Instant.MAX);
      }
    };
  }

  private Optional<LeasedChunk> skip(JobAtWork job, Instant until) {
    queue.skip(job.id(), until);
    return Optional.empty();
  }

  private int window(Carrier carrier) {
    int set = outside.flow().window(carrier.id());
    return set == 0 ? carrier.window() : Math.min(set, carrier.window());
  }

  /// The parts of the engine that runs share.
  ///
  /// @param late where answers go whose run has ended
  /// @param keeper prolongs the leases of runs
  public record Engine(Settling settling, LateAnswers late, LeaseKeeper keeper) {}

  /// What lies outside the engine.
  public record Outside(Carriers carriers, FlowControl flow, Numbering numbering) {}

  /// A lease that may have been taken and of which nobody heard.
  private record Unheard(JobId job, WorkerId owner) {}

  /// What a run is to do.
  private record Order(JobAtWork job, JobBook.Known known, Carrier carrier, JobControls controls) {

    DispatchJob terms() {
      return known.terms();
    }

    boolean hoursChanged(JobBook book) {
      return !Objects.equals(book.controls(job.id(), controls).window(), controls.window());
    }

    Traffic traffic(JobBook book) {
      return new Traffic(
          job.id(),
          carrier.id(),
          terms().scope(),
          terms().content().sender(),
          book.controls(job.id(), controls).ratePerSecond(),
          terms().priority());
    }

    FirstLook.MakeWaiting waiting(ChunkRuns runs) {
      Waiting.Rules rules =
          new Waiting.Rules(
              runs.retries,
              runs.random,
              runs.settings.throttlePause(),
              terms().unknown() == UnknownPolicy.RESEND,
              runs.settings.doubtPause(carrier.answerTimeout()));
      return (dueTimes, messages) ->
          new Waiting(
              runs.clock,
              rules,
              dueTimes,
              SendHours.of(
                  controls.window(), runs.outside.numbering(), messages, runs.clock.instant()));
    }
  }
}
