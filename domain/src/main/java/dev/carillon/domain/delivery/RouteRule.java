package dev.carillon.domain.delivery;

import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.content.Channel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Which carriers share the messages of a channel, for whom, and to where.
///
/// @param name for people; told with every choice
/// @param businesses whose messages; empty for everybody's
/// @param countries where to (ISO 3166-1 alpha-2); empty for everywhere
/// @param networks to which mobile networks, whatever their case; empty for all
/// @param shares at least one, each carrier once
public record RouteRule(
    String name,
    Channel channel,
    Set<BusinessId> businesses,
    Set<String> countries,
    Set<String> networks,
    List<Share> shares) {

  public RouteRule {
    businesses = Set.copyOf(businesses);
    countries = Set.copyOf(countries);
    networks =
        networks.stream()
            .map(network -> network.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    shares = List.copyOf(shares);
    Set<CarrierId> seen = new HashSet<>();
    if (shares.isEmpty() || !shares.stream().allMatch(share -> seen.add(share.carrier()))) {
      throw new IllegalArgumentException("a rule names at least one carrier, and each once");
    }
  }

  /// Whether it is about messages of that business over that channel.
  boolean isFor(BusinessId business, Channel of) {
    return channel == of && (businesses.isEmpty() || businesses.contains(business));
  }

  /// Whether it is about messages to there.
  boolean leadsTo(String country, String network) {
    return (countries.isEmpty() || countries.contains(country))
        && (networks.isEmpty() || networks.contains(network.toLowerCase(Locale.ROOT)));
  }

  /// Whether it is about messages to everywhere.
  boolean leadsEverywhere() {
    return countries.isEmpty() && networks.isEmpty();
  }

  /// Its carriers in the order in which they are to be tried: first the one that the draw falls on,
  /// each as often as its weight says, then the others, the heaviest first.
  ///
  /// @param draw any number; the same one falls on the same carrier
  List<Route> order(long draw) {
    List<Share> left = new ArrayList<>(shares);
    left.sort(Comparator.comparingInt(Share::weight).reversed());
    Share first = drawn(draw);
    left.remove(first);
    left.addFirst(first);
    int all = weight();
    return left.stream().map(share -> new Route(share.carrier(), reason(share, all))).toList();
  }

  /// The carrier that gets most; of several that get as much, the first.
  CarrierId heaviest() {
    Share most = shares.getFirst();
    for (Share share : shares) {
      most = share.weight() > most.weight() ? share : most;
    }
    return most.carrier();
  }

  private Share drawn(long draw) {
    int all = weight();
    if (all == 0) {
      return shares.getFirst();
    }
    long falls = Math.floorMod(draw, all);
    for (Share share : shares) {
      falls -= share.weight();
      if (falls < 0) {
        return share;
      }
    }
    throw new IllegalStateException("a draw falls on one of them");
  }

  private int weight() {
    return shares.stream().mapToInt(Share::weight).sum();
  }

  private String reason(Share share, int all) {
    return shares.size() == 1
        ? "route " + name
        : "route " + name + ", weight " + share.weight() + " of " + all;
  }

  /// What a carrier gets of it.
  ///
  /// @param weight 0 to 1,000 of the sum of all weights; with 0 it only stands in for the others
  public record Share(CarrierId carrier, int weight) {
    private static final int MOST = 1_000;

    public Share {
      if (weight < 0 || weight > MOST) {
        throw new IllegalArgumentException("a weight is 0 to " + MOST);
      }
    }
  }
}
