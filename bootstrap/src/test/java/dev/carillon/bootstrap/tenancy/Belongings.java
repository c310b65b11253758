package dev.carillon.bootstrap.tenancy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Ids of one of everything that a tenant can have.
///
/// @param byName ids by the name that requests of probes call them by
record Belongings(Map<String, String> byName) {
  private static final AtomicLong NUMBERS = new AtomicLong(900_000_000);

  /// Ids of things that never existed.
  static Belongings never() {
    String job = UUID.randomUUID().toString();
    String number = Long.toString(NUMBERS.incrementAndGet());
    return new Belongings(
        Map.ofEntries(
            Map.entry("job", job),
            Map.entry("message", job + "-0"),
            Map.entry("upload", UUID.randomUUID().toString()),
            Map.entry("recipient", number),
            Map.entry("public", UUID.randomUUID().toString()),
            Map.entry("group", UUID.randomUUID().toString()),
            Map.entry("template", UUID.randomUUID().toString()),
            Map.entry("erasure", UUID.randomUUID().toString()),
            Map.entry("endpoint", UUID.randomUUID().toString()),
            Map.entry("event", UUID.randomUUID().toString()),
            Map.entry("import", "import-" + number),
            Map.entry("request", "request-" + number),
            Map.entry("reference", "reference-" + number),
            Map.entry("phone", phone(NUMBERS.incrementAndGet())),
            Map.entry("business", Long.toString(NUMBERS.incrementAndGet())),
            Map.entry("key", "key_" + UUID.randomUUID()),
            Map.entry("price", Long.toString(NUMBERS.incrementAndGet()))));
  }

  /// A number of Zimbabwe that nobody else has.
  static String phone(long number) {
    return String.format(Locale.ROOT, "+26377%07d", number % 10_000_000);
  }

  /// The ids that a request asks for, the longest first, since some hold others.
  List<String> askedForBy(String request) {
    return byName.entrySet().stream()
        .filter(id -> request.contains("$" + id.getKey() + "$"))
        .map(Map.Entry::getValue)
        .sorted((one, other) -> other.length() - one.length())
        .toList();
  }

  /// The request with these ids in the places of their names, such as `$job$`.
  ///
  /// @param mine the same of what is the caller's own
  String in(String request, Map<String, String> mine) {
    String filled = request;
    for (Map.Entry<String, String> id : mine.entrySet()) {
      filled = filled.replace("$" + id.getKey() + "$", id.getValue());
    }
    for (Map.Entry<String, String> id : byName.entrySet()) {
      filled = filled.replace("$" + id.getKey() + "$", id.getValue());
    }
    if (filled.contains("$")) {
      throw new AssertionError("an id without a value in: " + filled);
    }
    return filled;
  }
}
