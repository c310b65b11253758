package dev.carillon.providers.webhook;

import dev.carillon.domain.business.BusinessId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hc.client5.http.DnsResolver;

/// Looks host names up by the system, in bounded time. The system is asked on threads of their own:
/// it may take long, and would hold one of the few threads that carry all virtual ones meanwhile. A
/// lookup that nobody waits for any more keeps its thread; so all who want one name share a lookup,
/// and no business has more than a share of the threads, however slow its names are.
final class Lookups implements DnsResolver, AutoCloseable {
  private static final int MOST_AT_A_TIME = 64;
  private static final int MOST_OF_A_BUSINESS = 4;

  private final ScopedValue<BusinessId> asking = ScopedValue.newInstance();
  private final Duration most;
  private final Names names;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("webhook-dns-", 1).factory());
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private final Map<String, FutureTask<InetAddress[]>> running = new HashMap<>();
  private final Map<BusinessId, Integer> shares = new HashMap<>();

  /// @param most how long a caller waits, first for a thread and then for the answer
  Lookups(Duration most) {
    this(most, InetAddress::getAllByName);
  }

  Lookups(Duration most, Names names) {
    this.most = most;
    this.names = names;
  }

  /// Does something whose lookups are the business's.
  <R, X extends Throwable> R on(BusinessId business, ScopedValue.CallableOp<R, X> work) throws X {
    return ScopedValue.where(asking, business).call(work);
  }

  /// To be called within [#on]. Throws a LookupRefusedException when there was no thread for it in
  /// time.
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    try {
      return lookup(host.toLowerCase(Locale.ROOT)).get(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException failed) {
      throw unknown(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw unknown(stopped);
    }
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /// One that is under way, or a new one as soon as there is room for it.
  private FutureTask<InetAddress[]> lookup(String host)
      throws InterruptedException, LookupRefusedException {
    BusinessId business = asking.get();
    long left = most.toNanos();
    lock.lockInterruptibly();
    try {
      while (true) {
        FutureTask<InetAddress[]> shared = running.get(host);
        if (shared != null) {
          return shared;
        }
        if (hasRoom(business)) {
          return begin(host, business);
        }
        if (left <= 0) {
          throw new LookupRefusedException();
        }
        left = freed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean hasRoom(BusinessId business) {
    return running.size() < MOST_AT_A_TIME && shares.getOrDefault(business, 0) < MOST_OF_A_BUSINESS;
  }

  private FutureTask<InetAddress[]> begin(String host, BusinessId business) {
    FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> names.addresses(host));
    running.put(host, lookup);
    shares.merge(business, 1, Integer::sum);
    threads.execute(() -> {
      try {
        lookup.run();
      } finally {
        end(host, business);
      }
    });
    return lookup;
  }

  private void end(String host, BusinessId business) {
    lock.lock();
    try {
      running.remove(host);
      shares.computeIfPresent(business, (_, count) -> count > 1 ? count - 1 : null);
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static UnknownHostException unknown(Exception cause) {
    UnknownHostException unknown = new UnknownHostException("the name could not be looked up");
    unknown.initCause(cause);
    return unknown;
  }

  /// Knows the addresses of names.
  interface Names {
    /// The addresses of a name; may take long.
    InetAddress[] addresses(String host) throws UnknownHostException;
  }
}
