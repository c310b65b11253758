package dev.carillon.providers.webhook;

import java.io.IOException;

/// The name of a host stands for an address that nothing may be sent to. Does not say which one:
/// whoever registers endpoints learns nothing about the network inside.
final class RefusedAddressException extends IOException {
  private static final long serialVersionUID = 1;

  RefusedAddressException() {
    super("nothing is sent to this address");
  }
}
