package dev.carillon.bootstrap;

import dev.carillon.bootstrap.run.Part;
import dev.carillon.persistence.Database;
import dev.carillon.persistence.InDoubt;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Tells at the start how many messages are in doubt, as after a crash. Nothing depends on it.
final class DoubtPart implements Part {
  private static final Logger log = LoggerFactory.getLogger(DoubtPart.class);

  private final Database database;

  DoubtPart(Database database) {
    this.database = database;
  }

  @Override
  public String name() {
    return "the count of what is in doubt";
  }

  @Override
  public void start() {
    try {
      tell(database.inDoubt());
    } catch (RuntimeException uncounted) {
      log.info("what is in doubt could not be counted: {}", uncounted.getMessage());
    }
  }

  @Override
  public void stop(Duration time) {}

  private static void tell(InDoubt doubt) {
    if (doubt.any()) {
      log.atLevel(doubt.unknown() > 0 ? Level.WARN : Level.INFO)
          .log(
              "in doubt: {} messages were handed over and their answer was lost (UNKNOWN); {} more"
                  + " are marked for hand-over: those of a process that is gone are UNKNOWN when"
                  + " its lease (carillon.dispatch.lease-time) is over",
              doubt.unknown(),
              doubt.marked());
    }
  }
}
