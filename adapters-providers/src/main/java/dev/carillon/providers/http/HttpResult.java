package dev.carillon.providers.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What came of one request to a carrier.
public sealed interface HttpResult {
  /// It was answered.
  ///
  /// @param headers by name in small letters, the first of each
  /// @param body at most as long as was allowed
  /// @param truncated whether the body was longer than that
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Answered(int status, Map<String, String> headers, byte[] body, boolean truncated)
      implements HttpResult {
    /// The header of that name, whatever its case; empty when there is none.
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    @Override
    public String toString() {
      return "Answered[" + status + "]";
    }
  }

  /// It surely did not reach the other side whole: no connection could be made, or it broke before
  /// all of it was written.
  ///
  /// @param why without personal data
  record NotSent(String why) implements HttpResult {}

  /// It was written, and no whole answer came.
  ///
  /// @param why without personal data
  record NoAnswer(String why) implements HttpResult {}
}
