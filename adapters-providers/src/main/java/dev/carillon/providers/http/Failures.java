package dev.carillon.providers.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;

/// What went wrong, for people and without personal data: the library's own words may hold paths.
final class Failures {
  private Failures() {}

  static String describe(Exchange exchange, IOException failure) {
    if (exchange.isCut()) {
      return "cut off: it took too long, or was broken off from this side";
    }
    return switch (failure) {
      case ConnectionRequestTimeoutException e -> "no connection was free in time";
      case ConnectTimeoutException e -> "no connection could be made in time";
      case UnknownHostException e -> "the host name could not be looked up";
      case ConnectException e -> "no connection could be made";
      case SSLException e -> "TLS failed: " + e.getMessage();
      case SocketTimeoutException e -> "no answer came in time";
      case NoHttpResponseException e -> "the connection was closed without an answer";
      case ClientProtocolException e -> "the answer is not HTTP";
      default -> "the connection broke";
    };
  }
}
