package dev.carillon.bootstrap.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueType;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.providers.CarrierConfig;
import dev.carillon.providers.CarrierPlan;
import dev.carillon.providers.simulated.SimulatedCarrier;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Reads which carriers the house has and what leads to them. What a carrier does not say is said
/// by the defaults of its type.
final class CarriersConfig {
  static final String CARRIERS = "carillon.carriers";
  static final String TYPE = "type";
  static final String DEFAULTS = "carillon.carrier-defaults";

  private final Config config;
  private final Config defaults;
  private final Problems problems;

  CarriersConfig(Config config, Config defaults, Problems problems) {
    this.config = config;
    this.defaults = defaults;
    this.problems = problems;
  }

  static CarrierPlan read(Config config, Config defaults, Problems problems) {
    return new CarriersConfig(config, defaults, problems).read();
  }

  /// The names of all carriers, whatever they are worth.
  static Set<String> names(Config config) {
    return isObject(config, CARRIERS)
        ? config.getObject(CARRIERS).keySet().stream()
            .filter(name -> config.hasPath(path(name)))
            .collect(Collectors.toCollection(TreeSet::new))
        : Set.of();
  }

  /// The types that carriers have.
  static Set<String> types(Config config) {
    return names(config).stream()
        .map(name -> type(name, config))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Where a carrier's settings are.
  static String path(String name) {
    return CARRIERS + "." + ConfigUtil.quoteString(name).replaceFirst("^\"([a-z0-9-]+)\"$", "$1");
  }

  /// What is said by default of a carrier; empty when its type is unknown.
  static Config defaultsOf(String name, Config config, Config from) {
    String type = type(name, config);
    String section = DEFAULTS + "." + type;
    return CarrierTypes.ALL.containsKey(type) && from.hasPath(section)
        ? from.getConfig(section).atPath(path(name))
        : ConfigFactory.empty();
  }

  private CarrierPlan read() {
    Map<CarrierId, CarrierConfig> carriers = new HashMap<>();
    Map<CarrierId, Set<Channel>> served = new HashMap<>();
    served.put(SimulatedCarrier.ID, EnumSet.allOf(Channel.class));
    for (String name : names(config)) {
      usable(name)
          .ifPresent(type -> {
            CarrierId id = new CarrierId(name);
            served.put(id, type.channels());
            carriers.put(id, settings(name, type));
          });
    }
    BounceMailboxes.check(carriers, problems);
    return new CarrierPlan(carriers, new RoutesConfig(config, served, problems).read());
  }

  private Optional<CarrierTypes.Type> usable(String name) {
    Optional<CarrierTypes.Type> type =
        Optional.ofNullable(CarrierTypes.ALL.get(type(name, config)));
    String at = path(name);
    String from = " (from " + config.getValue(at).origin().description() + ")";
    if (!name.matches("[a-z0-9-]{1,32}")) {
      problems.add(at + ": a carrier's name has 1 to 32 small letters, digits and hyphens" + from);
      return Optional.empty();
    }
    if (name.equals(SimulatedCarrier.ID.value())) {
      problems.add(
          at
              + ": the simulated carrier is always there; it is set up by carillon.simulated"
              + from);
      return Optional.empty();
    }
    if (type.isEmpty()) {
      String types = String.join(", ", new TreeSet<>(CarrierTypes.ALL.keySet()));
      problems.add(at + ".type must be one of " + types + from);
    }
    return type;
  }

  private CarrierConfig settings(String name, CarrierTypes.Type type) {
    Section section = new Section(path(name), config, defaultsOf(name, config, defaults), problems);
    CarrierConfig read = type.reader().read(section);
    read.problems().forEach(section::problemOf);
    return read;
  }

  private static String type(String name, Config config) {
    String path = path(name) + "." + TYPE;
    return isObject(config, path(name)) && config.hasPath(path)
        ? config.getValue(path).unwrapped().toString()
        : "";
  }

  private static boolean isObject(Config config, String path) {
    return config.hasPath(path) && config.getValue(path).valueType() == ConfigValueType.OBJECT;
  }
}
