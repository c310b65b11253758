package dev.carillon.application.dispatch;

import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.StoredMessage;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.ChannelRoutes;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.CarrierChoice;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.MessageState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// Finds the ways of a job's messages by the house's routes as they are when a run begins. Where
/// the job's own provider gets everything, and always has, it looks nothing up.
final class Pathfinder {
  private final JobId job;
  private final CarrierId provider;
  private final ChannelRoutes routes;
  private final Knowledge knowledge;
  private final MakeLane make;
  private final boolean one;

  /// @param provider the job's own carrier
  /// @param routes of its messages, as they are now
  Pathfinder(
      JobId job, CarrierId provider, ChannelRoutes routes, Knowledge knowledge, MakeLane make) {
    this.job = job;
    this.provider = provider;
    this.routes = routes;
    this.knowledge = knowledge;
    this.make = make;
    this.one = routes.only().filter(provider::equals).isPresent();
  }

  /// A lane for each carrier that the routes name.
  List<Lane> routed() {
    return routes.carriers().stream()
        .flatMap(id -> knowledge.carriers().byId(id).stream())
        .map(carrier -> make.lane(carrier, numberOf(carrier.id())))
        .toList();
  }

  /// The carrier that the whole job counts as one of: its provider as long as the routes name that,
  /// else the first that they name.
  CarrierId main(List<Lane> routed) {
    boolean named = routed.stream().anyMatch(lane -> lane.id().equals(provider));
    return named ? provider : routed.getFirst().id();
  }

  private int numberOf(CarrierId id) {
    return id.equals(provider) ? CarrierChoice.PROVIDER : knowledge.numbers().of(id);
  }

  /// Lanes for carriers at which something of the chunk is in doubt and that the routes do not name
  /// any more, as far as they are still there.
  List<Lane> bound(Chunk chunk, List<Lane> routed) {
    if (isPlain(chunk)) {
      return List.of();
    }
    Set<Integer> numbers = new TreeSet<>();
    positions(chunk)
        .filter(position -> chunk.state(position) == MessageState.UNKNOWN)
        .forEach(position -> numbers.add(chunk.carrier(position)));
    routed.forEach(lane -> numbers.remove(lane.number()));
    List<Lane> bound = new ArrayList<>();
    for (int number : numbers) {
      named(number)
          .flatMap(knowledge.carriers()::byId)
          .ifPresent(carrier -> bound.add(make.lane(carrier, number)));
    }
    return bound;
  }

  private Optional<CarrierId> named(int number) {
    return number == CarrierChoice.PROVIDER
        ? Optional.of(provider)
        : knowledge.numbers().named(number);
  }

  /// The ways of a chunk's messages. Called inside the leasing transaction.
  Ways ways(Chunk chunk, List<StoredMessage> messages, List<Lane> lanes) {
    if (isPlain(chunk)) {
      return new OneWay(lanes.getFirst());
    }
    boolean several = routes.carriers().size() > 1;
    Destinations to =
        new Destinations(job, routes, chunk.first(), chunk.size(), messages, knowledge.numbering());
    return new ManyWays(
        lanes,
        to::routes,
        provider,
        several,
        chunk.first(),
        chunk.size(),
        several && wasTried(chunk)
            ? knowledge.log().refusedBy(job, chunk.first(), chunk.size())
            : Map.of());
  }

  private boolean isPlain(Chunk chunk) {
    return one && chunk.routes() == null;
  }

  /// Whether something that waits was handed over before.
  private static boolean wasTried(Chunk chunk) {
    return positions(chunk)
        .anyMatch(position ->
            chunk.state(position) == MessageState.QUEUED && chunk.attempts(position) > 0);
  }

  private static IntStream positions(Chunk chunk) {
    return IntStream.range(chunk.first(), chunk.first() + chunk.size());
  }

  /// Makes the lanes of a run.
  interface MakeLane {
    /// A carrier's, by the number under which the job's chunks remember it.
    Lane lane(Carrier carrier, int number);
  }
}
