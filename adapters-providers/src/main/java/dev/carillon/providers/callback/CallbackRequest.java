package dev.carillon.providers.callback;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A call as it came in, whole and bounded.
///
/// @param method in capital letters: GET or POST
/// @param url as the carrier called it from outside, with its query
/// @param path what follows the carrier's own path; empty or beginning with `/`
/// @param query decoded, in order
/// @param headers by name in small letters
/// @param body as it came
@SuppressWarnings("ArrayRecordComponent") // never compared
public record CallbackRequest(
    String method,
    String url,
    String path,
    Map<String, List<String>> query,
    Map<String, List<String>> headers,
    byte[] body) {

  /// The first header of that name, whatever its case; empty when there is none.
  public Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
  }

  /// The first query parameter of that name; empty when there is none.
  public Optional<String> parameter(String name) {
    return query.getOrDefault(name, List.of()).stream().findFirst();
  }

  @Override
  public String toString() {
    return "CallbackRequest[" + method + ", " + body.length + " bytes]";
  }
}
