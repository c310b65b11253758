package dev.carillon.domain.delivery;

import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.content.Channel;
import java.util.List;

/// All rules of the house, in the order in which they are looked at: the first that is about a
/// message decides.
public record RoutingTable(List<RouteRule> rules) {
  /// Nothing leads anywhere.
  public static final RoutingTable EMPTY = new RoutingTable(List.of());

  public RoutingTable {
    rules = List.copyOf(rules);
  }

  /// What of it concerns a business's messages over a channel.
  public ChannelRoutes of(BusinessId business, Channel channel) {
    return new ChannelRoutes(rules.stream().filter(rule -> rule.isFor(business, channel)).toList());
  }
}
