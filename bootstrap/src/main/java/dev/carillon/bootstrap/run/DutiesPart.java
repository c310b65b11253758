package dev.carillon.bootstrap.run;

import dev.carillon.application.keeping.Duties;
import dev.carillon.domain.error.DomainException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The duties of the house that one node does for all. Stopped, it gives up those that it leads in,
/// so that the other nodes, or the next start of this one, need not wait.
public final class DutiesPart implements Part {
  private static final Logger log = LoggerFactory.getLogger(DutiesPart.class);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Duties duties;
  private final Loop loop;

  public DutiesPart(Duties duties) {
    this.duties = duties;
    this.loop = Loop.every(LOOK, "duties", duties::handle);
  }

  @Override
  public String name() {
    return "the duties";
  }

  @Override
  public void start() {
    loop.start();
  }

  @Override
  public void stop(Duration time) throws InterruptedException {
    loop.breakOff();
    loop.awaitEnd(time);
    try {
      duties.resign();
    } catch (DomainException away) {
      log.info("the duties are free when their leases lapse: {}", away.getMessage());
    }
  }
}
