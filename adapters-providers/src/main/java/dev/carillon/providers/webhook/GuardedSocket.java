package dev.carillon.providers.webhook;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;

/// A socket that looks at the very address it is about to be connected to, after all names were
/// looked up: no name can stand for another address between the look and the connection. Goes over
/// no proxy, whatever the environment says.
final class GuardedSocket extends Socket {
  private final AddressGuard guard;

  GuardedSocket(AddressGuard guard) {
    super(Proxy.NO_PROXY);
    this.guard = guard;
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    if (!(endpoint instanceof InetSocketAddress address)
        || address.isUnresolved()
        || !guard.allows(address.getAddress())) {
      throw new RefusedAddressException();
    }
    super.connect(endpoint, timeout);
  }

  @Override
  public void connect(SocketAddress endpoint) throws IOException {
    connect(endpoint, 0);
  }
}
