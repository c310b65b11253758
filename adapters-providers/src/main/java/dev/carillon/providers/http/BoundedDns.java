package dev.carillon.providers.http;

import dev.carillon.providers.NameLookups;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.apache.hc.client5.http.DnsResolver;

/// Looks host names up in bounded time for the library.
final class BoundedDns implements DnsResolver {
  private final Duration most;

  BoundedDns(Duration most) {
    this.most = most;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    return NameLookups.SYSTEM.all(host, most);
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
