package dev.carillon.providers.callback;

import java.time.Duration;

/// What the listener answers.
///
/// @param status of HTTP
/// @param contentType of the body; empty without one
/// @param retryAfter whole seconds after which the caller may come again; 0 when that is not said
record HttpAnswer(int status, String contentType, String body, long retryAfter) {
  static final HttpAnswer NOT_THERE = of(404);
  static final HttpAnswer NO_METHOD = of(405);
  static final HttpAnswer TOO_LARGE = of(413);
  static final HttpAnswer TOO_MANY = of(429).after(Duration.ofSeconds(1));
  static final HttpAnswer FAILED = of(500);
  static final HttpAnswer BUSY = of(503).after(Duration.ofSeconds(1));

  static HttpAnswer of(int status) {
    return new HttpAnswer(status, "", "", 0);
  }

  static HttpAnswer of(int status, String contentType, String body) {
    return new HttpAnswer(status, contentType, body, 0);
  }

  /// The same, asking the caller to come again.
  HttpAnswer after(Duration wait) {
    return new HttpAnswer(status, contentType, body, Math.max(1, wait.toSeconds()));
  }

  @Override
  public String toString() {
    return "HttpAnswer[" + status + "]";
  }
}
