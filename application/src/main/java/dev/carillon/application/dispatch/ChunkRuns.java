package dev.carillon.application.dispatch;

import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.FlowControl;
import dev.carillon.application.port.JobAtWork;
import dev.carillon.application.port.WorkerId;
import dev.carillon.application.settling.FirstMarks;
import dev.carillon.application.settling.LeasedChunk;
import dev.carillon.application.settling.Leasing;
import dev.carillon.application.settling.Marks;
import dev.carillon.application.settling.Settled;
import dev.carillon.application.settling.Settling;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.RetryPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
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
    if (job.sweeping()) {
      lease(job, worker, (_, _, _) -> Marks.NONE);
      return Optional.empty();
    }
    if (known.isEmpty()) {
      return none(job, Instant.MAX);
    }
    return begin(new Order(job, known.get(), book.controls(job.id())), worker, goOn);
  }

  private Optional<ChunkRun> begin(Order order, WorkerId worker, BooleanSupplier goOn) {
    InFlight inFlight = new InFlight();
    Pathfinder pathfinder = pathfinder(order);
    List<Lane> routed = pathfinder.routed();
    if (routed.isEmpty()) {
      return none(order.job(), Instant.MAX);
    }
    queue.goesBy(order.job(), pathfinder.main(routed));
    Lanes lanes = new Lanes(routed, pathfinder, inFlight);
    if (lanes.ask(true) == 0) {
      return none(order.job(), lanes.opensAt());
    }
    FirstLook first = new FirstLook(lanes, waiting(order, lanes));
    long before = System.nanoTime();
    Optional<LeasedChunk> leased = lease(order.job(), worker, first);
    List<Settled.Marked> marked = leased.map(chunk -> chunk.settled().marked()).orElse(List.of());
    Turn turn =
        new Turn(order.job(), queue, goOn, () -> order.hoursChanged(book), settings.slice());
    turn.charge(marked.size());
    lanes.used(marked);
    lanes.looked(marked.size());
    return leased.map(chunk ->
        new ChunkRun(
            facts(chunk, inFlight, before),
            lanes,
            first.waiting(),
            new Parcels(chunk, order.known().wording(), order.terms().deadline()),
            outside.stops().of(order.terms().scope(), order.channel(), chunk.messages()),
            turn,
            clock,
            settings.linger()));
  }

  private Facts facts(LeasedChunk chunk, InFlight inFlight, long leasedAtNanos) {
    return new Facts(
        engine.settling(),
        engine.late(),
        engine.keeper(),
        chunk,
        inFlight,
        settings.leaseTime(),
        leasedAtNanos);
  }

  private Pathfinder pathfinder(Order order) {
    return new Pathfinder(
        order.job().id(),
        order.job().provider(),
        outside.knowledge().carriers().routes(order.terms().scope(), order.channel()),
        outside.knowledge(),
        (carrier, number) ->
            new Lane(
                carrier,
                number,
                window(carrier),
                new Gate(outside.flow(), () -> order.traffic(book, carrier.id()), clock)));
  }

  private FirstLook.MakeWaiting waiting(Order order, Lanes lanes) {
    return (dueTimes, messages) ->
        new Waiting(
            clock,
            new Waiting.Rules(
                retries,
                random,
                settings.throttlePause(),
                order.resends(),
                settings.doubtPause(lanes.longestAnswerTimeout())),
            dueTimes,
            SendHours.of(
                order.controls().window(),
                outside.knowledge().numbering(),
                messages,
                clock.instant()));
  }

  /// Leases under a name that is never used again, so that a lease of which nobody heard, because
  /// the store went away, can be found and given back.
  private Leasing leaseOnce(JobAtWork job, WorkerId worker, FirstMarks first) {
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
  private Optional<LeasedChunk> lease(JobAtWork job, WorkerId worker, FirstMarks first) {
    return switch (leaseOnce(job, worker, first)) {
      case Leasing.Leased leased when leased.chunk().settled().closed() -> Optional.empty();
      case Leasing.Leased leased -> Optional.of(leased.chunk());
      case Leasing.NotBefore later -> none(job, later.time());
      case Leasing.Swept _ -> Optional.empty();
      case Leasing.SwitchedOff _ -> none(job, Instant.MAX);
      case Leasing.Done _ -> {
        queue.done(job.id());
        yield none(job, Instant.MAX);
      }
    };
  }

  /// Nothing of the job can be worked at before that time.
  private <T> Optional<T> none(JobAtWork job, Instant until) {
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
  public record Outside(Knowledge knowledge, FlowControl flow, StopLists stops) {}

  /// A lease that may have been taken and of which nobody heard.
  private record Unheard(JobId job, WorkerId owner) {}
}
