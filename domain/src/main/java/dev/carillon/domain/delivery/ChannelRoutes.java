package dev.carillon.domain.delivery;

import dev.carillon.domain.content.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where the messages of one business over one channel may go, by the first rule that leads there.
///
/// @param rules without those that never come to their turn, because one before leads everywhere
public record ChannelRoutes(List<RouteRule> rules) {
  /// Nowhere.
  public static final ChannelRoutes NONE = new ChannelRoutes(List.of());

  public ChannelRoutes {
    rules = reached(rules);
  }

  /// All go to the same carrier.
  public static ChannelRoutes only(CarrierId carrier, Channel channel) {
    return new ChannelRoutes(
        List.of(
            new RouteRule(
                carrier.value(),
                channel,
                Set.of(),
                Set.of(),
                Set.of(),
                List.of(new RouteRule.Share(carrier, 1)))));
  }

  /// The carriers for one message in the order in which they are to be tried; empty when no rule
  /// leads there.
  ///
  /// @param country of its number (ISO 3166-1 alpha-2); empty when it has none
  /// @param network of its number; may be empty
  /// @param draw on which carrier it falls where several share; the same for the same message
  public List<Route> to(String country, String network, long draw) {
    return rules.stream()
        .filter(rule -> rule.leadsTo(country, network))
        .findFirst()
        .map(rule -> rule.order(draw))
        .orElse(List.of());
  }

  /// All carriers that may get something, in the order of the rules.
  public List<CarrierId> carriers() {
    return rules.stream()
        .flatMap(rule -> rule.shares().stream())
        .map(RouteRule.Share::carrier)
        .distinct()
        .toList();
  }

  /// The one carrier that gets everything; empty when there are several, or places that no rule
  /// leads to.
  public Optional<CarrierId> only() {
    List<CarrierId> carriers = carriers();
    return carriers.size() == 1 && rules.stream().anyMatch(RouteRule::leadsEverywhere)
        ? Optional.of(carriers.getFirst())
        : Optional.empty();
  }

  /// The carrier that is named to callers for the whole: the heaviest of the last rule, which is
  /// the most general one; empty when there is none.
  public Optional<CarrierId> main() {
    return rules.isEmpty() ? Optional.empty() : Optional.of(rules.getLast().heaviest());
  }

  private static List<RouteRule> reached(List<RouteRule> rules) {
    List<RouteRule> reached = new ArrayList<>();
    for (RouteRule rule : rules) {
      reached.add(rule);
      if (rule.leadsEverywhere()) {
        break;
      }
    }
    return List.copyOf(reached);
  }
}
