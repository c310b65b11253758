package dev.carillon.providers;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Looks the host names of carriers up without waiting longer than allowed, which the system does
/// not promise. The system is asked on a thread of its own, since it would hold one of the few
/// threads that carry all virtual ones; who wants a name that is being looked up waits along, so
/// that there are never more such threads than carriers have names.
public final class NameLookups {
  /// By the system, which remembers names for a while.
  public static final NameLookups SYSTEM = new NameLookups(InetAddress::getAllByName);

  private final Resolver resolver;
  private final Map<String, FutureTask<InetAddress[]>> going = new ConcurrentHashMap<>();

  NameLookups(Resolver resolver) {
    this.resolver = resolver;
  }

  /// The addresses of a host, at least one.
  public InetAddress[] all(String host, Duration most) throws UnknownHostException {
    FutureTask<InetAddress[]> lookup = going.computeIfAbsent(host, this::begin);
    try {
      return lookup.get(most.toNanos(), TimeUnit.NANOSECONDS).clone();
    } catch (ExecutionException | TimeoutException failed) {
      throw unknown(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw unknown(stopped);
    }
  }

  /// The first address of a host.
  public InetAddress first(String host, Duration most) throws UnknownHostException {
    return all(host, most)[0];
  }

  private FutureTask<InetAddress[]> begin(String host) {
    FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> lookUp(host));
    Thread.ofPlatform().daemon().name("dns").start(lookup);
    return lookup;
  }

  private InetAddress[] lookUp(String host) throws UnknownHostException {
    try {
      return resolver.all(host);
    } finally {
      going.remove(host);
    }
  }

  private static UnknownHostException unknown(Exception cause) {
    UnknownHostException unknown = new UnknownHostException("the name could not be looked up");
    unknown.initCause(cause);
    return unknown;
  }

  /// Asks who knows names; may take long.
  interface Resolver {
    InetAddress[] all(String host) throws UnknownHostException;
  }
}
