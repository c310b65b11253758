package dev.carillon.application.dispatch;

import dev.carillon.application.settling.Answer;
import dev.carillon.application.settling.Settled;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Messages go by the house's routes: to the first of their carriers that has not refused them and
/// does not fail. One that only has enough to do is waited for. What is in doubt goes to nobody but
/// the carrier that may have it.
final class ManyWays implements Ways {
  private static final String CLOSED = "circuit open";
  private static final String REFUSED = "refused it";
  private static final String MAY_HAVE_IT = "handed over again where it may be already";

  private final List<Lane> lanes;
  private final IntFunction<List<Route>> routes;
  private final CarrierId provider;
  private final boolean several;
  private final int first;
  private final Map<Integer, List<Route>> known = new HashMap<>();
  private final Map<Integer, Map<CarrierId, String>> refusals = new HashMap<>();
  private final @Nullable Route[] given;

  /// @param lanes those of all routes, and of all carriers at which something is in doubt
  /// @param routes to be tried for the message at a position, in order
  /// @param provider the job's own
  /// @param several whether there is a choice at all, which is then told
  /// @param first position of the chunk's first message
  /// @param refused by whom messages were refused before, for what those carriers are
  ManyWays(
      List<Lane> lanes,
      IntFunction<List<Route>> routes,
      CarrierId provider,
      boolean several,
      int first,
      int size,
      Map<Integer, Set<CarrierId>> refused) {
    this.lanes = lanes;
    this.routes = routes;
    this.provider = provider;
    this.several = several;
    this.first = first;
    this.given = new Route[size];
    refused.forEach((position, by) -> by.forEach(carrier -> refuse(position, carrier, REFUSED)));
  }

  @Override
  public void begin() {
    lanes.forEach(Lane::begin);
  }

  @Override
  public int choose(int position, int boundTo) {
    if (boundTo != ANY) {
      Lane lane = byNumber(boundTo);
      return lane != null && lane.take() ? boundTo : NOT_NOW;
    }
    List<Route> left = left(position);
    return left.isEmpty() ? PROVIDER : firstThatWorks(left);
  }

  private int firstThatWorks(List<Route> left) {
    for (Route route : left) {
      Lane lane = byId(route.carrier());
      if (lane != null && !lane.isPassedOver()) {
        return lane.take() ? lane.number() : NOT_NOW;
      }
    }
    for (Route route : left) {
      Lane lane = byId(route.carrier());
      if (lane != null) {
        lane.await();
      }
    }
    return NOT_NOW;
  }

  @Override
  public List<Load> loads(List<Settled.Marked> marked) {
    Map<Integer, List<Settled.Marked>> byCarrier = new LinkedHashMap<>();
    List<Settled.Marked> nowhere = new ArrayList<>();
    for (Settled.Marked message : marked) {
      boolean leads = leads(message);
      given[message.position() - first] = leads ? way(message) : new Route(provider, "");
      (leads ? byCarrier.computeIfAbsent(message.carrier(), _ -> new ArrayList<>()) : nowhere)
          .add(message);
    }
    List<Load> loads = new ArrayList<>();
    byCarrier.forEach((number, messages) -> loads.add(new Load(byNumber(number), messages)));
    if (!nowhere.isEmpty()) {
      loads.add(new Load(null, nowhere));
    }
    return loads;
  }

  @Override
  public int countBy(Lane lane, List<Settled.Marked> marked) {
    int count = 0;
    for (Settled.Marked message : marked) {
      count += message.carrier() == lane.number() && leads(message) ? 1 : 0;
    }
    return count;
  }

  /// Whether any carrier is left for a message.
  private boolean leads(Settled.Marked message) {
    return message.resent() || !left(message.position()).isEmpty();
  }

  private Route way(Settled.Marked message) {
    Lane lane = byNumber(message.carrier());
    CarrierId carrier = lane == null ? provider : lane.id();
    if (!several) {
      return new Route(carrier, "");
    }
    List<Route> all = all(message.position());
    if (message.resent()) {
      return new Route(carrier, MAY_HAVE_IT);
    }
    Route before = all.getFirst();
    return all.stream()
        .filter(route -> route.carrier().equals(carrier))
        .findFirst()
        .map(route ->
            route.carrier().equals(before.carrier())
                ? route
                : route.insteadOf(before.carrier(), why(message.position(), before.carrier())))
        .orElseGet(() -> new Route(carrier, ""));
  }

  private String why(int position, CarrierId passedOver) {
    return refusals.getOrDefault(position, Map.of()).getOrDefault(passedOver, CLOSED);
  }

  @Override
  public Route route(int position) {
    Route route = given[position - first];
    return route == null ? new Route(provider, "") : route;
  }

  @Override
  public boolean heard(List<Answer> answers) {
    boolean elsewhere = false;
    for (int i = 0; i < answers.size(); i++) {
      Answer answer = answers.get(i);
      if (answer.isRefusalOfCarrier()
          && answer.outcome() instanceof DispatchOutcome.Rejected rejected) {
        String why = REFUSED + ": " + rejected.reason().description();
        refuse(answer.position(), answer.route().carrier(), why);
        if (!left(answer.position()).isEmpty()) {
          answers.set(i, answer.goingElsewhere());
          elsewhere = true;
        }
      }
    }
    return elsewhere;
  }

  private void refuse(int position, CarrierId carrier, String why) {
    refusals.computeIfAbsent(position, _ -> new HashMap<>()).put(carrier, why);
  }

  /// The carriers that have not refused the message.
  private List<Route> left(int position) {
    Map<CarrierId, String> refused = refusals.get(position);
    List<Route> all = all(position);
    return refused == null
        ? all
        : all.stream().filter(route -> !refused.containsKey(route.carrier())).toList();
  }

  private List<Route> all(int position) {
    return known.computeIfAbsent(position, routes::apply);
  }

  private @Nullable Lane byNumber(int number) {
    for (Lane lane : lanes) {
      if (lane.number() == number) {
        return lane;
      }
    }
    return null;
  }

  private @Nullable Lane byId(CarrierId id) {
    for (Lane lane : lanes) {
      if (lane.id().equals(id)) {
        return lane;
      }
    }
    return null;
  }
}
