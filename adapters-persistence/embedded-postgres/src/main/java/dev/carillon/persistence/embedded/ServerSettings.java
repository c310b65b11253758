package dev.carillon.persistence.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The parameters a server is started with: the caller's own over the defaults, except where the
/// launcher's promises (loopback only, durable where it is kept) would break.
final class ServerSettings {
  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)?");

  private static final Set<String> FIXED =
      Set.of(
          "port",
          "listen_addresses",
          "unix_socket_directories",
          "data_directory",
          "external_pid_file",
          "fsync",
          "full_page_writes");

  // DETAIL lines and statement texts carry the values of rows, and rows hold addresses.
  private static final Map<String, String> DEFAULTS =
      Map.of(
          // On few cores the processes that read ahead cost more than they save: two nodes on two
          // cores had 0.79 of one node's rate with them, and 1.01 without.
          "io_method", "sync",
          "timezone", "UTC",
          "log_timezone", "UTC",
          "log_error_verbosity", "terse",
          "log_min_error_statement", "panic");

  private final Map<String, String> values;

  ServerSettings(Durability durability, Map<String, String> wanted) {
    wanted.keySet().forEach(ServerSettings::check);
    values = new TreeMap<>(DEFAULTS);
    values.putAll(durability.settings());
    values.putAll(wanted);
    values.put("listen_addresses", "127.0.0.1");
    values.put("unix_socket_directories", "");
  }

  List<String> asOptions() {
    List<String> options = new ArrayList<>();
    values.forEach((name, value) -> options.addAll(List.of("-c", name + "=" + value)));
    return options;
  }

  private static void check(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a PostgreSQL parameter: " + name);
    }
    if (FIXED.contains(name)) {
      throw new IllegalArgumentException("the launcher sets this parameter itself: " + name);
    }
  }
}
