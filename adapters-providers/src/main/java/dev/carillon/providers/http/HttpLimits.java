package dev.carillon.providers.http;

import java.time.Duration;

/// Bounds of the requests to one carrier.
///
/// @param connections at a time
/// @param connect longest wait for a free place among them, and again for a connection to be made,
///   TLS included
/// @param answer longest time from there on until the whole answer is there, however little by
///   little request and answer move
/// @param mostBytes of an answer's body that are read
public record HttpLimits(int connections, Duration connect, Duration answer, int mostBytes) {
  /// The longest time that one request takes.
  public Duration whole() {
    return connect.multipliedBy(2).plus(answer);
  }
}
