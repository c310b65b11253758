package dev.carillon.bootstrap.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.RouteRule;
import dev.carillon.domain.delivery.RouteRule.Share;
import dev.carillon.domain.delivery.RoutingTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads what leads to the carriers.
final class RoutesConfig {
  static final String ROUTES = "carillon.routes";

  private final Config config;
  private final Map<CarrierId, Set<Channel>> carriers;
  private final Problems problems;

  /// @param carriers that there are, with the channels that each can serve at most
  RoutesConfig(Config config, Map<CarrierId, Set<Channel>> carriers, Problems problems) {
    this.config = config;
    this.carriers = carriers;
    this.problems = problems;
  }

  /// Rules that cannot be used are noted and left out.
  RoutingTable read() {
    if (!(config.getValue(ROUTES) instanceof ConfigList all)) {
      problems.add(ROUTES + " must be a list");
      return RoutingTable.EMPTY;
    }
    List<RouteRule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < all.size(); i++) {
      RouteEntry entry = new RouteEntry(ROUTES + "[" + i + "]", all.get(i), problems);
      try {
        RouteRule rule = rule(entry);
        if (!names.add(rule.name())) {
          entry.problem("name", "is that of another route: " + rule.name());
        }
        rules.add(rule);
      } catch (ConfigException | IllegalArgumentException unusable) {
        entry.problem(String.valueOf(unusable.getMessage()));
      }
    }
    return new RoutingTable(rules);
  }

  private RouteRule rule(RouteEntry entry) {
    entry.allow("name", "channel", "businesses", "countries", "networks", "to");
    String name = entry.name();
    Channel channel = entry.channel();
    return new RouteRule(
        name,
        channel,
        Set.copyOf(entry.numbers("businesses").stream().map(BusinessId::new).toList()),
        entry.countries(),
        Set.copyOf(entry.texts("networks")),
        entry.shares().stream().map(share -> checked(share, channel, entry)).toList());
  }

  private Share checked(Share share, Channel channel, RouteEntry entry) {
    Set<Channel> served = carriers.get(share.carrier());
    if (served == null) {
      entry.problem("to", "names " + share.carrier() + ", which is no carrier");
    } else if (!served.contains(channel)) {
      entry.problem("to", "names " + share.carrier() + ", which does not serve " + channel);
    }
    return share;
  }
}
