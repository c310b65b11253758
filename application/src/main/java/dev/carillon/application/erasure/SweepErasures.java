package dev.carillon.application.erasure;

import dev.carillon.application.port.Erasures;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.application.port.Transactions;
import dev.carillon.application.settling.Forgetting;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.recipient.Erasure;
import dev.carillon.domain.recipient.ErasureId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Forgets, page by page, whom the house was asked to forget: what waits for them is cancelled,
/// then address and words are taken out of their messages and of what carriers said. An erasure
/// ends when nothing is left, and nobody can bring anything any more who did not know of it. Each
/// is looked at by itself: one that fails waits a minute and keeps none of the others.
public final class SweepErasures {
  private static final int ERASURES = 20;
  private static final int MESSAGES = 10_000;
  private static final int CHUNKS_PER_STEP = 50;

  /// What is at a carrier has its answer soon, and transactions end soon.
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private static final Duration PAUSE_OF_FAILED = Duration.ofMinutes(1);

  /// After so long others of the house's duties have their turn.
  private static final Duration LONGEST_TURN = Duration.ofSeconds(3);

  private final Store store;
  private final Forgetting forgetting;
  private final ProgressFeed feed;
  private final InstantSource clock;

  public SweepErasures(Store store, Forgetting forgetting, ProgressFeed feed, InstantSource clock) {
    this.store = store;
    this.forgetting = forgetting;
    this.feed = feed;
    this.clock = clock;
  }

  /// Does a part of it; returns how much was done, 0 when there is nothing to do just now. Throws
  /// what the first failing one threw, after the others had their turn.
  public int handle() {
    Instant now = clock.instant();
    int done = 0;
    List<RuntimeException> failures = new ArrayList<>();
    for (Erasures.Due erasure : store.erasures().due(now, ERASURES)) {
      if (clock.instant().isAfter(now.plus(LONGEST_TURN))) {
        break;
      }
      try {
        done += sweep(erasure);
      } catch (RuntimeException failure) {
        putOff(erasure.id());
        failures.add(failure);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
    return done;
  }

  private int sweep(Erasures.Due erasure) {
    List<Erasures.Target> targets = store.erasures().targets(List.of(erasure.id()), MESSAGES);
    boolean touched = false;
    int done = 0;
    for (List<Erasures.Target> step : steps(targets)) {
      Step forgotten = store.transactions().inTransaction(() -> forget(erasure.id(), step));
      forgotten.changed().forEach(feed::changed);
      touched |= forgotten.touched();
      done += forgotten.done();
    }
    return done + conclude(erasure.id(), next(erasure.line(), targets.size(), touched));
  }

  private Step forget(ErasureId erasure, List<Erasures.Target> step) {
    Forgetting.Released released =
        forgetting.release(step.stream().map(Erasures.Target::message).toList());
    List<MessageRef> atRest = released.atRest();
    if (atRest.isEmpty()) {
      return new Step(false, 0, released.changed());
    }
    Erasure.Counts counts = clear(atRest, released.cancelled());
    store.erasures().add(Map.of(erasure, counts));
    return new Step(
        true, Math.toIntExact(counts.cancelled() + counts.erased()), released.changed());
  }

  private Erasure.Counts clear(List<MessageRef> messages, Set<MessageRef> cancelled) {
    long stopped = messages.stream().filter(cancelled::contains).count();
    return store.erasures().clear(messages).plus(new Erasure.Counts(stopped, 0, 0));
  }

  private int conclude(ErasureId erasure, Next next) {
    Instant now = clock.instant();
    List<ErasureId> it = List.of(erasure);
    switch (next) {
      case END -> store.erasures().end(it, now);
      case LINE -> store.erasures().drawLine(it);
      case PAUSE -> store.erasures().defer(it, now.plus(PAUSE));
      case MORE -> {}
    }
    return next == Next.END || next == Next.LINE ? 1 : 0;
  }

  /// A part of it may have been done, and copies of that may be under way.
  private void putOff(ErasureId failed) {
    store.erasures().drawLine(List.of(failed));
    store.erasures().defer(List.of(failed), clock.instant().plus(PAUSE_OF_FAILED));
  }

  private static Next next(Erasures.Line line, int found, boolean touched) {
    // Copies of what was touched may be under way.
    if (touched || line == Erasures.Line.NONE) {
      return Next.LINE;
    }
    if (found == MESSAGES) {
      return Next.MORE;
    }
    return found > 0 || line == Erasures.Line.AHEAD ? Next.PAUSE : Next.END;
  }

  /// At most so many chunks are locked at a time.
  private static List<List<Erasures.Target>> steps(List<Erasures.Target> targets) {
    List<List<Erasures.Target>> steps = new ArrayList<>();
    Set<ChunkKey> chunks = new HashSet<>();
    int from = 0;
    for (int i = 0; i < targets.size(); i++) {
      ChunkKey chunk = targets.get(i).message().chunkKey();
      if (!chunks.contains(chunk) && chunks.size() == CHUNKS_PER_STEP) {
        steps.add(targets.subList(from, i));
        chunks.clear();
        from = i;
      }
      chunks.add(chunk);
    }
    if (from < targets.size()) {
      steps.add(targets.subList(from, targets.size()));
    }
    return steps;
  }

  /// What comes next for an erasure.
  private enum Next {
    END,
    LINE,
    PAUSE,
    MORE
  }

  /// What one step did.
  ///
  /// @param touched whether a message was at rest, so that it was cleared
  private record Step(boolean touched, int done, Set<JobId> changed) {}

  /// Where it is stored.
  public record Store(Transactions transactions, Erasures erasures) {}
}
