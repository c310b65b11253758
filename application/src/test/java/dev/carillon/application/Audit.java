package dev.carillon.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.Counters;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.RetryPolicy;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.MessageTransition;
import dev.carillon.domain.message.Tally;
import dev.carillon.domain.webhook.EventType;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Compares what a store holds with itself and with what was handed over. It remembers what it saw,
/// so that nothing may move back.
final class Audit {
  private static final Set<EventType> ENDS =
      EnumSet.of(EventType.BULK_COMPLETED, EventType.BULK_FAILED, EventType.BULK_CANCELLED);
  private static final Map<MessageState, Set<MessageState>> REACHABLE = reachable();

  private final House house;
  private final Map<Place, MessageState> seen = new HashMap<>();
  private final Map<StoredJob, BulkJob> before = new HashMap<>();
  private final Set<Place> handedOver = new HashSet<>();

  Audit(House house) {
    this.house = house;
  }

  /// These are handed over now; none of them may be at a carrier, or have been taken by one.
  void marked(ChunkKey chunk, List<Settled.Marked> marked) {
    for (Settled.Marked message : marked) {
      assertThat(handedOver.add(new Place(chunk, message.position())))
          .as("message %s of %s is handed over once", message, chunk)
          .isTrue();
    }
  }

  /// A message surely not taken may be handed over again.
  void answered(ChunkKey chunk, Settled.Marked marked, DispatchOutcome outcome) {
    if (outcome instanceof DispatchOutcome.Throttled
        || outcome instanceof DispatchOutcome.Withdrawn
        || outcome instanceof DispatchOutcome.Unreachable) {
      handedOver.remove(new Place(chunk, marked.position()));
    }
  }

  void check(StoredJob stored) {
    BulkJob job = house.job(stored);
    List<Chunk> chunks = house.store.chunks().all(stored.id());
    checkCounters(job, stored, chunks);
    checkMessages(stored, chunks);
    checkLife(job, stored, chunks);
    before.put(stored, job);
  }

  private static void checkCounters(BulkJob job, StoredJob stored, List<Chunk> chunks) {
    Counters counters = job.counters();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long retries = 0;
    for (Chunk chunk : chunks) {
      bytes.writeBytes(chunk.statuses());
      retries += chunk.retries();
    }
    assertThat(counters)
        .isEqualTo(Tally.of(bytes.toByteArray()).counters(job.status().hasStarted(), retries));
    assertThat(counters.total()).isEqualTo(stored.size());
    assertThat(counters.rejected() + counters.accepted()).isEqualTo(counters.total());
    assertThat(counters.retries()).isNotNegative();
  }

  private void checkMessages(StoredJob stored, List<Chunk> chunks) {
    for (Chunk chunk : chunks) {
      for (int position = chunk.first(); position < chunk.first() + chunk.size(); position++) {
        Place place = new Place(chunk.key(), position);
        MessageState state = chunk.state(position);
        MessageState was = seen.getOrDefault(place, state);
        assertThat(REACHABLE.getOrDefault(was, Set.of()))
            .as("%s moves from %s to %s", place, was, state)
            .contains(state);
        seen.put(place, state);
        checkAttempts(stored, chunk, position);
      }
    }
  }

  private void checkAttempts(StoredJob stored, Chunk chunk, int position) {
    int attempts = chunk.attempts(position);
    List<Attempt> kept = house.store.log().attempts(stored.id(), position);
    assertThat(attempts).isBetween(0, RetryPolicy.DEFAULT.maxAttempts());
    assertThat(kept).allSatisfy(attempt -> assertThat(attempt.number()).isBetween(1, attempts));
    assertThat(kept.stream().map(Attempt::number).distinct().count()).isEqualTo(kept.size());
    if (chunk.state(position) == MessageState.FAILED) {
      assertThat(kept).as("a failure has its attempt").isNotEmpty();
    }
    if (chunk.state(position) == MessageState.IN_FLIGHT) {
      assertThat(attempts).isPositive();
    }
  }

  private void checkLife(BulkJob job, StoredJob stored, List<Chunk> chunks) {
    boolean open = !house.store.chunks().open(stored.id(), -1, 1_000).isEmpty();
    assertThat(job.done()).as("%s ends when its last chunk closes", job.status()).isEqualTo(!open);
    assertThat(open).isEqualTo(chunks.stream().anyMatch(chunk -> !chunk.isFinished()));
    assertThat(job.life().endedAt() != null).isEqualTo(job.done());
    assertThat(job.life().settledAt() != null)
        .isEqualTo(job.done() && !job.counters().hasOpenReceipts());
    checkEnd(job);
    checkEvents(job, house.events(stored));
    BulkJob earlier = before.getOrDefault(stored, job);
    assertThat(job.version()).isGreaterThanOrEqualTo(earlier.version());
    if (earlier.done() && earlier.status() != JobStatus.PARTIAL) {
      assertThat(job.status()).isEqualTo(earlier.status());
    }
    if (!job.equals(earlier)) {
      assertThat(job.version()).as("every change shows").isGreaterThan(earlier.version());
    }
  }

  private static void checkEnd(BulkJob job) {
    Counters counters = job.counters();
    switch (job.status()) {
      case COMPLETED -> assertThat(counters.sentCount()).isEqualTo(counters.accepted());
      case FAILED -> assertThat(counters.sentCount() + counters.unknown()).isZero();
      default -> assertThat(job.life().error()).isNull();
    }
  }

  private static void checkEvents(BulkJob job, List<EventType> events) {
    assertThat(events).doesNotHaveDuplicates();
    assertThat(events.stream().filter(ENDS::contains).count()).isEqualTo(job.done() ? 1 : 0);
    assertThat(events.contains(EventType.BULK_SETTLED)).isEqualTo(job.life().settledAt() != null);
  }

  private static Map<MessageState, Set<MessageState>> reachable() {
    Map<MessageState, Set<MessageState>> reachable = new EnumMap<>(MessageState.class);
    for (MessageState from : MessageState.values()) {
      Set<MessageState> found = EnumSet.of(from);
      boolean grows = true;
      while (grows) {
        grows =
            Arrays.stream(MessageTransition.values())
                    .filter(move -> move != MessageTransition.MARK_AGAIN)
                    .filter(move -> found.stream().anyMatch(move::allows))
                    .filter(move -> found.add(move.target()))
                    .count()
                > 0;
      }
      reachable.put(from, found);
    }
    return reachable;
  }

  private record Place(ChunkKey chunk, int position) {}
}
