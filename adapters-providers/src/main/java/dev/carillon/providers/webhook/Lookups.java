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
/// and [LookupShares] says who may begin another one.
final class Lookups implements DnsResolver, AutoCloseable {
  private final ScopedValue<BusinessId> asking = ScopedValue.newInstance();
  private final Duration most;
  private final Names names;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("webhook-dns-", 1).factory());
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private final Map<String, Lookup> running = new HashMap<>();
  private final LookupShares shares = new LookupShares();

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
      return answer(lookup(host.toLowerCase(Locale.ROOT)));
    } catch (ExecutionException | TimeoutException failed) {
      throw unknown(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw unknown(stopped);
    }
  }

  private InetAddress[] answer(Lookup lookup)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      return lookup.get(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      noteLate(lookup);
      throw late;
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
  private Lookup lookup(String host) throws InterruptedException, LookupRefusedException {
    BusinessId business = asking.get();
    long left = most.toNanos();
    lock.lockInterruptibly();
    try {
      while (true) {
        Lookup shared = running.get(host);
        if (shared != null) {
          return shared;
        }
        if (shares.hasRoom(business, System.nanoTime())) {
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

  private Lookup begin(String host, BusinessId business) {
    Lookup lookup = new Lookup(host, business);
    running.put(host, lookup);
    shares.begin(business);
    threads.execute(lookup);
    return lookup;
  }

  private void end(Lookup lookup) {
    lock.lock();
    try {
      running.remove(lookup.host);
      shares.end(lookup.business);
      note(lookup);
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// To be called under the lock. What says at once that there is no such name has answered, too.
  private void note(Lookup lookup) {
    long now = System.nanoTime();
    if (now - lookup.began >= most.toNanos()) {
      shares.late(lookup.business, now);
    } else if (lookup.isDone()) {
      shares.answered(lookup.business);
    }
  }

  private void noteLate(Lookup lookup) {
    lock.lock();
    try {
      note(lookup);
    } finally {
      lock.unlock();
    }
  }

  private static UnknownHostException unknown(Exception cause) {
    UnknownHostException unknown = new UnknownHostException("the name could not be looked up");
    unknown.initCause(cause);
    return unknown;
  }

  /// A name that is being looked up.
  private final class Lookup extends FutureTask<InetAddress[]> {
    private final String host;
    private final BusinessId business;
    private final long began = System.nanoTime();

    Lookup(String host, BusinessId business) {
      super(() -> names.addresses(host));
      this.host = host;
      this.business = business;
    }

    @Override
    public void run() {
      try {
        super.run();
      } finally {
        end(this);
      }
    }
  }

  /// Knows the addresses of names.
  interface Names {
    /// The addresses of a name; may take long.
    InetAddress[] addresses(String host) throws UnknownHostException;
  }
}
