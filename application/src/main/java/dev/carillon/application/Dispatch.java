package dev.carillon.application;

import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.Carriers;
import dev.carillon.application.port.DispatchJob;
import dev.carillon.application.port.MessageRepository;
import dev.carillon.application.port.WorkerId;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.RetryPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/// Hands messages over: leases a chunk, and keeps its carrier's window full until every message of
/// it has been answered or has to wait.
public final class Dispatch {
  private static final Duration WITHOUT_CARRIER = Duration.ofSeconds(30);

  private final Settling settling;
  private final MessageRepository messages;
  private final Carriers carriers;
  private final JobBook book;
  private final InstantSource clock;
  private final RetryPolicy retries;
  private final RandomGenerator random;
  private final DispatchSettings settings;
  private final Tails tails;

  public Dispatch(
      Settling settling,
      MessageRepository messages,
      Carriers carriers,
      JobBook book,
      InstantSource clock,
      RetryPolicy retries,
      RandomGenerator random,
      DispatchSettings settings,
      Tails tails) {
    this.settling = settling;
    this.messages = messages;
    this.carriers = carriers;
    this.book = book;
    this.clock = clock;
    this.retries = retries;
    this.random = random;
    this.settings = settings;
    this.tails = tails;
  }

  /// Works one chunk until it is closed, has to wait, is lost, or only misses a few answers, which
  /// are then awaited elsewhere; false when none had work.
  ///
  /// @param goOn asked again and again: once it is false nothing more is marked, and the chunk is
  ///   given back as soon as what is in flight has been answered
  public boolean handle(WorkerId worker, BooleanSupplier goOn) throws InterruptedException {
    long before = System.nanoTime();
    Optional<LeasedChunk> leased = settling.lease(worker, settings.leaseTime(), this::window);
    if (leased.isEmpty()) {
      return false;
    }
    LeasedChunk chunk = leased.get();
    if (!chunk.settled().closed()) {
      work(chunk, before, goOn);
    }
    return true;
  }

  private void work(LeasedChunk chunk, long leasedAtNanos, BooleanSupplier goOn)
      throws InterruptedException {
    JobId id = chunk.key().job();
    DispatchJob job = book.job(id).orElseThrow();
    Optional<Carrier> carrier = carriers.byId(job.provider());
    if (carrier.isEmpty()) {
      settling.release(chunk.key(), chunk.lease(), clock.instant().plus(WITHOUT_CARRIER));
      return;
    }
    ChunkRun run =
        new ChunkRun(
            settling,
            chunk,
            job.content(),
            messages,
            carrier.get(),
            new Waiting(clock, retries, random, settings.throttlePause()),
            () -> goOn.getAsBoolean() && !book.isStopped(id),
            clock,
            settings,
            leasedAtNanos);
    book.enter(id);
    boolean tail = false;
    try {
      tail = run.work();
    } finally {
      if (!tail) {
        book.leave(id);
      }
    }
    if (tail && !tails.offer(() -> awaitTail(run, id))) {
      awaitTail(run, id);
    }
  }

  private void awaitTail(ChunkRun run, JobId id) {
    try {
      run.awaitTail();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } finally {
      book.leave(id);
    }
  }

  private int window(JobId id) {
    return book.job(id)
        .flatMap(job -> carriers.byId(job.provider()))
        .map(Carrier::window)
        .orElse(0);
  }
}
