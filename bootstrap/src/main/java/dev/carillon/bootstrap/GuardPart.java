package dev.carillon.bootstrap;

import dev.carillon.application.keeping.GuardDispatch;
import dev.carillon.bootstrap.run.Loop;
import dev.carillon.bootstrap.run.Part;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks before anything is dispatched, and every second from then on, whether the database still
/// is the one it was.
final class GuardPart implements Part {
  private static final Logger log = LoggerFactory.getLogger(GuardPart.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final GuardDispatch guard;
  private final Loop loop = Loop.every(PAUSE, "restore-guard", this::look);

  GuardPart(GuardDispatch guard) {
    this.guard = guard;
  }

  @Override
  public String name() {
    return "the restore guard";
  }

  @Override
  public void start() {
    look();
    loop.start();
  }

  @Override
  public void stop(Duration time) throws InterruptedException {
    loop.stop();
    loop.awaitEnd(time);
  }

  private void look() {
    if (guard.handle() > 0) {
      log.error(
          "the database is not the one it was (a failover, or a restored backup): nothing is sent"
              + " until an operator confirms it (AdminService.ConfirmDispatch)");
    }
  }
}
