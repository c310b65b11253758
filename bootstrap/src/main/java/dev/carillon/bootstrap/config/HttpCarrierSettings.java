package dev.carillon.bootstrap.config;

import dev.carillon.providers.http.HandOverLimits;
import dev.carillon.providers.http.HttpLimits;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// What carriers that are reached over HTTP have in common.
///
/// @param handOver one message to a request
/// @param http a connection for each request at a time
record HttpCarrierSettings(HandOverLimits handOver, HttpLimits http) {
  private static final Duration MOMENT = Duration.ofMillis(10);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final int MOST_REQUESTS = 1_000;

  /// Reads them.
  ///
  /// @param mostBytes of an answer
  static HttpCarrierSettings read(Section section, int mostBytes) {
    int concurrency = section.integer("concurrency", 1, MOST_REQUESTS);
    return new HttpCarrierSettings(
        new HandOverLimits(1, concurrency, section.duration("queue-timeout", MOMENT, LONG)),
        new HttpLimits(
            concurrency,
            section.duration("connect-timeout", MOMENT, MINUTE),
            section.duration("answer-timeout", MOMENT, LONG),
            mostBytes));
  }

  /// Where the carrier is; what is not given is told by its settings.
  static URI api(Section section) {
    URI given = section.address("api-url");
    return given == null ? URI.create("") : given;
  }

  /// Texts such as `a=b`, as a map.
  static Map<String, String> pairs(String key, String example, Section section) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String text : section.texts(key)) {
      int split = text.indexOf('=');
      if (split < 1 || split == text.length() - 1) {
        section.problem(key, "must be texts such as \"" + example + "\"");
      } else {
        pairs.put(text.substring(0, split).strip(), text.substring(split + 1).strip());
      }
    }
    return pairs;
  }
}
