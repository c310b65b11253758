package dev.carillon.providers.smtp;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes connections whose time is over, so that whoever reads from one or writes to it goes on.
/// The time-outs of sockets do not do that: they begin anew with every octet.
final class Cutter implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(Cutter.class);

  private final ScheduledThreadPoolExecutor timer;
  private final Set<Socket> watched = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Cutter() {
    timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("smtp-cutter").daemon().factory());
    timer.setRemoveOnCancelPolicy(true);
  }

  /// Closes a connection after a time, unless what is returned is closed before.
  Cut after(Duration time, Socket socket) {
    watched.add(socket);
    Cut cut = new Cut(socket);
    try {
      cut.due = timer.schedule(() -> shut(socket), time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException tooLate) {
      shut(socket);
    }
    if (closed) {
      shut(socket);
    }
    return cut;
  }

  /// Closes all connections that have a time at once, and from now on each that is given one.
  @Override
  public void close() {
    closed = true;
    timer.shutdownNow();
    watched.forEach(Cutter::shut);
  }

  /// Closes a connection, whatever it is doing.
  static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      logger.debug("a connection could not be closed", e);
    }
  }

  /// One connection's time.
  final class Cut implements AutoCloseable {
    private final Socket socket;
    private volatile @Nullable Future<?> due;

    private Cut(Socket socket) {
      this.socket = socket;
    }

    @Override
    public void close() {
      Future<?> set = due;
      if (set != null) {
        set.cancel(false);
      }
      watched.remove(socket);
    }
  }
}
