package dev.carillon.application.memory;

import dev.carillon.application.port.CarrierMessages.Part;
import dev.carillon.application.port.PreparedMessage;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.message.MessageState;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Which carrier has which message, by the marks and the attempts.
final class HandedOver {
  private final InMemoryBulkJobs jobs;
  private final InMemoryChunks chunks;
  private final InMemoryMessages messages;
  private final InMemoryDeliveryLog log;
  private final InMemoryCarrierNumbers numbers;

  HandedOver(
      InMemoryBulkJobs jobs,
      InMemoryChunks chunks,
      InMemoryMessages messages,
      InMemoryDeliveryLog log,
      InMemoryCarrierNumbers numbers) {
    this.jobs = jobs;
    this.chunks = chunks;
    this.messages = messages;
    this.log = log;
    this.numbers = numbers;
  }

  /// Whether there is such a message.
  boolean exists(MessageRef ref) {
    return Optional.ofNullable(chunks.of(ref.job()).get(ref.chunkKey()))
        .filter(row -> row.chunk().contains(ref.position()))
        .isPresent();
  }

  /// Whether the carrier was ever given the message.
  boolean wasGivenTo(CarrierId carrier, JobRow job, int position) {
    Chunk chunk = chunks.holding(job.id(), position);
    return chunk.attempts(position) > 0
        && (markedFor(job, chunk, position).equals(carrier)
            || log.attempts(job.id(), position).stream()
                .anyMatch(attempt -> attempt.carrier().equals(carrier)));
  }

  /// What receipts told of the message.
  List<Receipt> receipts(MessageRef ref) {
    return log.receipts(ref.job(), ref.position());
  }

  /// The carriers that were given the message.
  Set<CarrierId> givenTo(JobRow job, int position) {
    Chunk chunk = chunks.holding(job.id(), position);
    Set<CarrierId> carriers = new HashSet<>();
    if (chunk.attempts(position) > 0) {
      carriers.add(markedFor(job, chunk, position));
    }
    log.attempts(job.id(), position).forEach(attempt -> carriers.add(attempt.carrier()));
    return carriers;
  }

  /// The only message under way to the address through the carrier, of the jobs that had started by
  /// then, if it is one of a single part and in doubt.
  Optional<Part> onlyUnderWay(CarrierId carrier, String address, Instant startedBy) {
    List<Found> found =
        jobs.newestFirst()
            .filter(job -> hadStarted(job, startedBy))
            .flatMap(job -> underWay(job, carrier, address))
            .toList();
    return found.size() == 1
            && found.getFirst().row().parts() == 1
            && found.getFirst().state() == MessageState.UNKNOWN
        ? Optional.of(found.getFirst().part())
        : Optional.empty();
  }

  private Stream<Found> underWay(JobRow job, CarrierId carrier, String address) {
    List<PreparedMessage> own = messages.rows(job.id());
    return IntStream.range(0, own.size())
        .filter(position -> own.get(position).address().equals(address))
        .mapToObj(
            position -> new Found(chunks.holding(job.id(), position), position, own.get(position)))
        .filter(found -> found.state().isInDoubt() || found.state().isMarked())
        .filter(found -> markedFor(job, found.chunk(), found.position()).equals(carrier));
  }

  private CarrierId markedFor(JobRow job, Chunk chunk, int position) {
    return numbers
        .named(chunk.carrier(position))
        .orElseGet(() -> new CarrierId(job.submission().provider()));
  }

  private static boolean hadStarted(JobRow job, Instant by) {
    Instant started = job.life().startedAt();
    return started != null && !started.isAfter(by);
  }

  private record Found(Chunk chunk, int position, PreparedMessage row) {
    MessageState state() {
      return chunk.state(position);
    }

    Part part() {
      MessageRef ref = new MessageRef(chunk.key().job(), chunk.key().number(), position);
      return new Part(ref, chunk.attempts(position), 1, 1);
    }
  }
}
