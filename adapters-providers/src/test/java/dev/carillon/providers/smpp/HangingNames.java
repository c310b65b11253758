package dev.carillon.providers.smpp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/// The JVM's way to ask for names, as the system's, but for names below `hangs.invalid`, which
/// nobody answers: as where a name server swallows what it is asked. As the system does, it holds
/// the thread that asks, and with a virtual thread the one that carries it.
public final class HangingNames extends InetAddressResolverProvider {
  static final String SUFFIX = ".hangs.invalid";

  @Override
  public InetAddressResolver get(Configuration configuration) {
    InetAddressResolver system = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        if (host.endsWith(SUFFIX)) {
          Silence.listen();
        }
        return system.lookupByName(host, policy);
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return system.lookupByAddress(address);
      }
    };
  }

  @Override
  public String name() {
    return "hanging";
  }

  /// A class whose initialisation never ends: who waits for that cannot be taken off its thread.
  private static final class Silence {
    static {
      boolean over = false;
      while (!over) {
        over = isOver();
      }
    }

    private static boolean isOver() {
      try {
        new CountDownLatch(1).await();
        return true;
      } catch (InterruptedException goesOn) {
        return false;
      }
    }

    static void listen() {}
  }
}
