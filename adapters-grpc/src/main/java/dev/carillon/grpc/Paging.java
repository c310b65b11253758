package dev.carillon.grpc;

import dev.carillon.application.port.PageRequest;
import java.util.OptionalLong;

/// Reads which part of a list is wanted (AIP-158).
final class Paging {
  private Paging() {}

  /// @param size 0 means the default; the rules of the request bound it
  /// @param token empty for the first page
  static PageRequest request(int size, int skip, String token, PageTokens tokens) {
    return new PageRequest(
        size == 0 ? PageRequest.DEFAULT_SIZE : size,
        skip,
        token.isEmpty() ? OptionalLong.empty() : OptionalLong.of(tokens.cursor(token)));
  }
}
