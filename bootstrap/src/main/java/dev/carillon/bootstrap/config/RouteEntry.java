package dev.carillon.bootstrap.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.RouteRule.Share;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// One route as it is written. What cannot be read throws an IllegalArgumentException or a
/// ConfigException.
final class RouteEntry {
  private static final int LONGEST_NAME = 64;
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private final String at;
  private final ConfigValue value;
  private final Problems problems;

  RouteEntry(String at, ConfigValue value, Problems problems) {
    this.at = at;
    this.value = value;
    this.problems = problems;
  }

  /// Notes a problem of one of its keys.
  void problem(String key, String what) {
    problems.add(at + "." + key + " " + what + hint());
  }

  /// Notes a problem of it as a whole.
  void problem(String what) {
    problems.add(at + ": " + what + hint());
  }

  /// Notes every other key.
  void allow(String... keys) {
    Set<String> others = new TreeSet<>(entry().root().keySet());
    Arrays.asList(keys).forEach(others::remove);
    others.forEach(key -> problem(key, "is no key"));
  }

  String name() {
    String name = entry().hasPath("name") ? entry().getString("name").strip() : "";
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException("a route needs a name of 1 to 64 characters");
    }
    return name;
  }

  Channel channel() {
    String named = entry().hasPath("channel") ? entry().getString("channel") : "";
    return Arrays.stream(Channel.values())
        .filter(channel -> channel.name().equalsIgnoreCase(named))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "channel must be one of "
                    + Arrays.stream(Channel.values())
                        .map(channel -> channel.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "))));
  }

  List<Long> numbers(String key) {
    return entry().hasPath(key) ? entry().getLongList(key) : List.of();
  }

  List<String> texts(String key) {
    return entry().hasPath(key) ? entry().getStringList(key) : List.of();
  }

  Set<String> countries() {
    Set<String> countries =
        texts("countries").stream()
            .map(country -> country.toUpperCase(Locale.ROOT))
            .collect(Collectors.toSet());
    countries.stream()
        .filter(country -> !COUNTRIES.contains(country))
        .forEach(country ->
            problem("countries", "must be of ISO 3166-1 alpha-2, such as ZW, not " + country));
    return countries;
  }

  /// A carrier alone may be given by its name.
  List<Share> shares() {
    if (!entry().hasPath("to")) {
      throw new IllegalArgumentException("to must name at least one carrier");
    }
    return entry().getList("to").stream().map(RouteEntry::share).toList();
  }

  private static Share share(ConfigValue value) {
    if (value instanceof ConfigObject object) {
      Config share = object.toConfig();
      return new Share(
          new CarrierId(share.getString("carrier")),
          share.hasPath("weight") ? share.getInt("weight") : 1);
    }
    return new Share(new CarrierId(value.unwrapped().toString()), 1);
  }

  private Config entry() {
    if (value instanceof ConfigObject object) {
      return object.toConfig();
    }
    throw new IllegalArgumentException("a route is an object: { name, channel, to }");
  }

  private String hint() {
    return " (from " + value.origin().description() + ")";
  }
}
