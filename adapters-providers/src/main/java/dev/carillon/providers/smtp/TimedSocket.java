package dev.carillon.providers.smtp;

import dev.carillon.providers.NameLookups;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A connection, and the time that each part of an exchange over it may take. Used by one thread at
/// a time.
final class TimedSocket {
  private final BoundedSocket socket = new BoundedSocket();
  private final Cutter cutter;
  private final SmtpConfig.Limits limits;
  private Cutter.@Nullable Cut running;

  TimedSocket(Cutter cutter, SmtpConfig.Limits limits) {
    this.cutter = cutter;
    this.limits = limits;
  }

  BoundedSocket socket() {
    return socket;
  }

  /// Connects to a host, which keeps the name that it is configured by: that is the name its
  /// certificate is checked against, and it is not looked up by its address.
  void connect(String host, int port) throws IOException {
    InetAddress found = NameLookups.SYSTEM.first(host, limits.connect());
    InetAddress named = InetAddress.getByAddress(host, found.getAddress());
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(named, port), (int) limits.connect().toMillis());
  }

  /// From now on the time for making a connection runs, or for asking after one.
  void connecting() {
    run(limits.connect());
  }

  /// From now on the time for envelope and data runs.
  void exchanging() {
    run(limits.exchange());
  }

  /// From now on the time for the relay's last word runs.
  void confirming() {
    run(limits.confirmation());
  }

  /// No time runs.
  void rest() {
    Cutter.Cut last = running;
    if (last != null) {
      last.close();
      running = null;
    }
  }

  /// Whether it was closed from either side here.
  boolean isClosed() {
    return socket.isClosed();
  }

  /// Closes it.
  void close() {
    rest();
    Cutter.shut(socket);
  }

  private void run(Duration time) {
    rest();
    running = cutter.after(time, socket);
  }
}
