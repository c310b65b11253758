package dev.carillon.providers.tokens;

import java.io.IOException;

/// Reads a key set from where it is kept. Takes a bounded time and a bounded room.
interface KeySource {
  /// No key set is larger, in bytes: a hundred RSA keys fit.
  int MOST_BYTES = 256 << 10;

  /// The key set as JSON. Throws when it cannot be had.
  String read() throws IOException;

  static KeySource at(TokenConfig.KeyPlace place) {
    return switch (place) {
      case TokenConfig.KeyPlace.Local local -> new FileKeys(local.file());
      case TokenConfig.KeyPlace.Remote remote -> new WebKeys(remote.address());
    };
  }
}
