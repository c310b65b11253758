package dev.carillon.bootstrap.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValue;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads the keys of one section. A value that cannot be used is noted as a problem and read as its
/// default, so that reading goes on to the next.
final class Section {
  /// Decimals of a unit of money that are counted.
  private static final int MICROS = 6;

  private static final Pattern KEY = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*");
  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]+(\\.[0-9]+)?");

  private final String path;
  private final Config config;
  private final Config defaults;
  private final Problems problems;

  Section(String path, Config config, Config defaults, Problems problems) {
    this.path = path;
    this.config = config;
    this.defaults = defaults;
    this.problems = problems;
  }

  String text(String key) {
    return read(key, "text", from -> from.getString(at(key)), _ -> true);
  }

  boolean flag(String key) {
    return read(key, "true or false", from -> from.getBoolean(at(key)), _ -> true);
  }

  int integer(String key, int least, int most) {
    return read(
        key,
        "a whole number from " + least + " to " + most,
        from -> from.getInt(at(key)),
        value -> value >= least && value <= most);
  }

  double share(String key) {
    return read(
        key,
        "a share from 0 to 1",
        from -> from.getDouble(at(key)),
        value -> value >= 0 && value <= 1);
  }

  /// Units of money, from 0, exact to a millionth.
  BigDecimal amount(String key, int most) {
    return read(
        key,
        "an amount from 0 to " + most + " with at most six decimals",
        from -> new BigDecimal(from.getString(at(key))),
        value ->
            value.signum() >= 0
                && value.compareTo(BigDecimal.valueOf(most)) <= 0
                && value.stripTrailingZeros().scale() <= MICROS);
  }

  Duration duration(String key, Duration least, Duration most) {
    return read(
        key,
        "a time from %s to %s with its unit, such as %s"
            .formatted(inWords(least), inWords(most), inWords(most)),
        from -> time(from, at(key)),
        value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0);
  }

  int bytes(String key, int least, int most) {
    return read(
            key,
            "a size from " + least + " to " + most + " bytes, such as 16 MiB",
            from -> from.getBytes(at(key)),
            value -> value >= least && value <= most)
        .intValue();
  }

  <E extends Enum<E>> E choice(String key, Class<E> type) {
    return choice(key, type, value -> hyphened(value.name()));
  }

  /// One of an enum's values by the name that it has for people, or by its own.
  <E extends Enum<E>> E choice(String key, Class<E> type, Function<E, String> name) {
    E[] values = type.getEnumConstants();
    String names = Arrays.stream(values).map(name).collect(Collectors.joining(", "));
    return read(
        key,
        "one of " + names,
        from -> {
          String said = hyphened(from.getString(at(key)));
          return Arrays.stream(values)
              .filter(value -> name.apply(value).equals(said))
              .findFirst()
              .orElseGet(() -> Enum.valueOf(type, said.toUpperCase(Locale.ROOT).replace('-', '_')));
        },
        _ -> true);
  }

  private static String hyphened(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Texts in their order. A single one needs no brackets, so that an environment variable can give
  /// it.
  List<String> texts(String key) {
    return read(key, "a list of texts", from -> texts(from.getValue(at(key))), _ -> true);
  }

  /// A path; null where the text is empty.
  @Nullable Path file(String key) {
    String file = text(key);
    return file.isEmpty() ? null : Path.of(file);
  }

  /// An address that begins with https:// or http://; null where the text is empty.
  @Nullable URI address(String key) {
    String address =
        read(
            key,
            "an address that begins with https:// or http://",
            from -> from.getString(at(key)),
            value -> value.isEmpty() || isWebAddress(value));
    return address.isEmpty() ? null : URI.create(address);
  }

  /// Notes a problem of a key that was read.
  void problem(String key, String what) {
    problems.add(at(key) + " " + what + Origins.ofKey(config, path, key));
  }

  /// Notes a problem of several keys together.
  void problem(String what) {
    problems.add(path + ": " + what + Origins.ofSection(config, path));
  }

  /// Notes a problem that the settings found themselves: most begin with the key that they are
  /// about.
  void problemOf(String problem) {
    String[] words = problem.split(" ", 2);
    if (words.length == 2 && KEY.matcher(words[0]).matches() && config.hasPath(at(words[0]))) {
      problem(words[0], words[1]);
    } else {
      problem(problem);
    }
  }

  private <T> T read(
      String key, String wanted, Function<Config, T> reading, Function<T, Boolean> acceptable) {
    try {
      T value = reading.apply(config);
      if (acceptable.apply(value)) {
        return value;
      }
    } catch (ConfigException | IllegalArgumentException unreadable) {
      // Told below, in words that name what is wanted.
    }
    problem(key, "must be " + wanted + ", not " + shown(key));
    return reading.apply(defaults);
  }

  /// A number alone would count as milliseconds, which nobody who reads it can see.
  private static Duration time(Config from, String at) {
    String said = from.getString(at).strip();
    if (NUMBER.matcher(said).matches() && new BigDecimal(said).signum() != 0) {
      throw new IllegalArgumentException("a time without a unit");
    }
    return from.getDuration(at);
  }

  private static boolean isWebAddress(String text) {
    URI address = URI.create(text);
    return ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
        && address.getHost() != null;
  }

  private static List<String> texts(ConfigValue value) {
    return value.unwrapped() instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of(value.unwrapped().toString());
  }

  private String shown(String key) {
    if (!config.hasPath(at(key))) {
      return "null";
    }
    ConfigValue value = config.getValue(at(key));
    return Secrets.isSecret(at(key)) ? Secrets.MASK : value.render().replace('\n', ' ');
  }

  private String at(String key) {
    return path + "." + key;
  }

  private static String inWords(Duration time) {
    if (time.toSeconds() == 0) {
      return time.toMillis() + "ms";
    }
    return time.toMinutes() > 0 && time.toSecondsPart() == 0
        ? time.toMinutes() + "m"
        : time.toSeconds() + "s";
  }
}
