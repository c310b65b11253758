package dev.carillon.providers.smtp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// How relays are greeted where the settings do not say it: by the name of this machine. Asking the
/// system for that may take long; whoever does not get it in time greets by the address (RFC 5321,
/// 4.1.3 and 4.1.4).
final class OwnName {
  private final FutureTask<String> lookup =
      new FutureTask<>(() -> InetAddress.getLocalHost().getCanonicalHostName());

  private final AtomicBoolean begun = new AtomicBoolean();

  /// The name, or the address that a connection has here.
  String within(Duration most, Socket connection) {
    if (begun.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("own-name").start(lookup);
    }
    try {
      String name = lookup.get(most.toNanos(), TimeUnit.NANOSECONDS);
      return name.matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]*[A-Za-z-][A-Za-z0-9-]*)*")
          ? name
          : literal(connection.getLocalAddress());
    } catch (ExecutionException | TimeoutException unknown) {
      return literal(connection.getLocalAddress());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return literal(connection.getLocalAddress());
    }
  }

  private static String literal(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    String bare = zone < 0 ? text : text.substring(0, zone);
    return address instanceof Inet6Address ? "[IPv6:" + bare + "]" : "[" + bare + "]";
  }
}
