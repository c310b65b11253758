package dev.carillon.providers;

import dev.carillon.application.port.NoticeSink;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.OptOut;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the house whom not to write to any more where a carrier's answer to a message says so,
/// without making the answer wait. What cannot be stored is left out and logged: the carrier will
/// answer the same to the next message.
public final class OptOutTeller implements AutoCloseable {
  /// Told at a time; when there are more, the answer waits after all.
  private static final int MOST = 256;

  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
  private static final Logger logger = LoggerFactory.getLogger(OptOutTeller.class);

  private final CarrierId carrier;
  private final NoticeSink sink;
  private final Semaphore room = new Semaphore(MOST);

  public OptOutTeller(CarrierId carrier, NoticeSink sink) {
    this.carrier = carrier;
    this.sink = sink;
  }

  /// Tells it soon.
  public void tell(OptOut optOut) {
    room.acquireUninterruptibly();
    Thread.ofVirtual().name("opt-out-" + carrier).start(() -> store(optOut));
  }

  /// Waits for what is being told, 5 s at most.
  @Override
  public void close() {
    try {
      if (room.tryAcquire(MOST, CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        room.release(MOST);
      } else {
        logger.warn("{}: not everybody who must not be written to is stored", carrier);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void store(OptOut optOut) {
    try {
      sink.record(List.of(new Notice.OfOptOut(optOut)));
    } catch (DomainException storeAway) {
      logger.warn("{}: somebody who must not be written to could not be stored", carrier);
    } catch (RuntimeException bug) {
      logger.error(
          "{}: somebody who must not be written to cannot be stored: {}",
          carrier,
          bug.getClass().getName());
      logger.debug("{}: where that happened", carrier, bug);
    } finally {
      room.release();
    }
  }
}
