package dev.carillon.providers.twilio;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Fields as Twilio takes and sends them: `application/x-www-form-urlencoded` in UTF-8.
///
/// @param fields by name, each with all its values in the order in which they came
record TwilioForm(SortedMap<String, List<String>> fields) {
  static final String CONTENT_TYPE = "application/x-www-form-urlencoded; charset=utf-8";

  private static final Pattern PAIRS = Pattern.compile("&");

  /// Written out.
  static byte[] write(Map<String, String> fields) {
    StringBuilder written = new StringBuilder();
    fields.forEach((name, value) ->
        written
            .append(written.isEmpty() ? "" : "&")
            .append(coded(name))
            .append('=')
            .append(coded(value)));
    return written.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /// The fields of a body; empty when it is no form.
  static Optional<TwilioForm> read(byte[] body) {
    SortedMap<String, List<String>> fields = new TreeMap<>();
    try {
      PAIRS
          .splitAsStream(new String(body, StandardCharsets.UTF_8))
          .filter(pair -> !pair.isEmpty())
          .forEach(pair -> add(pair, fields));
      return Optional.of(new TwilioForm(fields));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// The first value of a field; `""` when it is missing.
  String text(String name) {
    return fields.getOrDefault(name, List.of("")).getFirst();
  }

  /// The values never get into a log.
  @Override
  public String toString() {
    return "TwilioForm[" + fields.size() + " fields]";
  }

  private static void add(String pair, SortedMap<String, List<String>> fields) {
    int split = pair.indexOf('=');
    String name = split < 0 ? pair : pair.substring(0, split);
    String value = split < 0 ? "" : pair.substring(split + 1);
    fields.computeIfAbsent(decoded(name), _ -> new ArrayList<>()).add(decoded(value));
  }

  private static String coded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
