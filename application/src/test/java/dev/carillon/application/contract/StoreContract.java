package dev.carillon.application.contract;

import dev.carillon.application.fixture.JobFixture;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.ChunkChange;
import dev.carillon.application.port.ChunkChange.LeaseChange;
import dev.carillon.application.port.LockedChunk;
import dev.carillon.application.port.NextChunk;
import dev.carillon.application.port.WorkerId;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.Counters;
import dev.carillon.domain.job.JobError;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.ChunkKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What the suites of the store's ports share: a business of its own for every test, ways to store
/// and move jobs, and nothing left for dispatch afterwards. Everything goes through the ports.
public abstract class StoreContract {
  /// When the jobs of a suite are worked on.
  protected static final Instant NOW = JobFixture.CREATED.plusSeconds(3_600);

  /// Longer than any test.
  protected static final Duration LONG = Duration.ofHours(1);

  /// So short that a test can wait for its end.
  protected static final Duration SHORT = Duration.ofMillis(60);

  /// Who leases.
  protected static final WorkerId WORKER = new WorkerId("worker-1");

  /// Gives a lease up, so that the chunk may be leased again at once.
  protected static final LeaseChange.Release AT_ONCE = new LeaseChange.Release(null, Map.of());

  private static final Map<JobStatus, List<JobTransition>> WAYS = ways();

  private final List<JobId> stored = new ArrayList<>();
  private @Nullable Ports ports;
  private @Nullable Scope scope;

  /// Connects to the store; called once for every test.
  protected abstract Ports newPorts();

  @BeforeEach
  void open() {
    Ports opened = newPorts();
    ports = opened;
    scope = opened.newScope().get();
  }

  @AfterEach
  void leaveNothingToDo() {
    stored.forEach(job -> {
      closeAll(job);
      end(job);
    });
  }

  protected final Ports ports() {
    return Objects.requireNonNull(ports);
  }

  /// The LIVE scope of this test's own business.
  protected final Scope scope() {
    return Objects.requireNonNull(scope);
  }

  /// The TEST scope of the same business.
  protected final Scope testScope() {
    return new Scope(scope().business(), Environment.TEST);
  }

  protected final StoredJob store(JobFixture job) {
    return store(job, scope());
  }

  protected final StoredJob store(JobFixture job, Scope owner) {
    StoredJob made = job.storeIn(ports(), owner);
    stored.add(made.id());
    return made;
  }

  /// A job that has come to a status by the moves that lead there, a second apart.
  protected final StoredJob storeAt(JobStatus status, JobFixture job) {
    StoredJob made = store(job.inStatus(JobStatus.OPEN));
    Instant at = JobFixture.CREATED;
    for (JobTransition transition : WAYS.getOrDefault(status, List.of())) {
      at = at.plusSeconds(1);
      move(made.id(), transition, at);
    }
    return made;
  }

  /// Makes a move that must succeed.
  protected final void move(JobId job, JobTransition transition, Instant at) {
    boolean moved =
        ports()
            .transactions()
            .inTransaction(() -> ports().jobs().move(job, transition, error(transition), at));
    if (!moved) {
      throw new AssertionError(transition + " was refused");
    }
  }

  protected static @Nullable JobError error(JobTransition transition) {
    return transition.target() == JobStatus.FAILED ? JobError.ALL_MESSAGES_FAILED : null;
  }

  protected final BulkJob found(StoredJob job) {
    return ports().jobs().find(job.scope(), job.bulkId()).orElseThrow();
  }

  protected final Counters counters(StoredJob job) {
    return found(job).counters();
  }

  /// Locks a chunk, changes it and writes it back.
  protected final void change(ChunkKey key, Consumer<Chunk> change) {
    change(key, new LeaseChange.Keep(), change);
  }

  protected final void change(ChunkKey key, LeaseChange lease, Consumer<Chunk> change) {
    ports()
        .transactions()
        .run(() -> {
          LockedChunk locked = ports().chunks().lock(List.of(key)).getFirst();
          change.accept(locked.chunk());
          ports()
              .chunks()
              .save(
                  List.of(new ChunkChange(locked.chunk(), lease, false, Map.of(), locked.money())));
        });
  }

  protected final void close(ChunkKey key) {
    ports()
        .transactions()
        .run(() -> {
          Chunk chunk = ports().chunks().lock(List.of(key)).getFirst().chunk();
          ports().chunks().save(List.of(new ChunkChange(chunk, AT_ONCE, true, Map.of())));
        });
  }

  /// The chunk as it is when locked now.
  protected final LockedChunk look(ChunkKey key) {
    return ports()
        .transactions()
        .inTransaction(() -> ports().chunks().lock(List.of(key)).getFirst());
  }

  /// Leases the job's next chunk, if there is one.
  protected final Optional<ChunkKey> lease(StoredJob job, Instant now, Duration time) {
    return ports()
        .transactions()
        .inTransaction(() ->
            switch (ports().chunks().lockNext(job.id(), now)) {
              case NextChunk.Ready ready -> Optional.of(take(ready.chunk().chunk(), time));
              case NextChunk.Later _, NextChunk.None _ -> Optional.empty();
            });
  }

  private ChunkKey take(Chunk chunk, Duration time) {
    LeaseChange lease = new LeaseChange.Take(WORKER, time);
    ports().chunks().save(List.of(new ChunkChange(chunk, lease, false, Map.of())));
    return chunk.key();
  }

  private void closeAll(JobId job) {
    List<ChunkKey> open = ports().chunks().open(job, -1, 1_000);
    while (!open.isEmpty()) {
      open.forEach(this::close);
      open = ports().chunks().open(job, open.getLast().number(), 1_000);
    }
  }

  /// So that nobody comes to it any more.
  private void end(JobId job) {
    ports()
        .transactions()
        .run(() -> {
          ports().jobs().move(job, JobTransition.CANCEL, null, NOW);
          ports().jobs().move(job, JobTransition.END_CANCELLED, null, NOW);
          ports().jobs().settle(job, NOW);
        });
  }

  /// The shortest way to every status that starts at OPEN.
  private static Map<JobStatus, List<JobTransition>> ways() {
    Map<JobStatus, List<JobTransition>> ways = new EnumMap<>(JobStatus.class);
    ways.put(JobStatus.OPEN, List.of());
    Deque<JobStatus> toVisit = new ArrayDeque<>(List.of(JobStatus.OPEN));
    while (!toVisit.isEmpty()) {
      JobStatus from = toVisit.remove();
      for (JobTransition transition : JobTransition.values()) {
        if (transition.allows(from) && !ways.containsKey(transition.target())) {
          List<JobTransition> way = new ArrayList<>(ways.getOrDefault(from, List.of()));
          way.add(transition);
          ways.put(transition.target(), way);
          toVisit.add(transition.target());
        }
      }
    }
    return ways;
  }
}
