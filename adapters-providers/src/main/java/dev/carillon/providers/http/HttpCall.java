package dev.carillon.providers.http;

import java.net.URI;
import java.util.Map;

/// One request to a carrier.
///
/// @param method GET or POST
/// @param headers besides those that follow from the body
/// @param contentType of the body; empty without one
@SuppressWarnings("ArrayRecordComponent") // never compared
public record HttpCall(
    String method, URI uri, Map<String, String> headers, String contentType, byte[] body) {
  @Override
  public String toString() {
    return "HttpCall[" + method + " " + uri.getHost() + "]";
  }
}
