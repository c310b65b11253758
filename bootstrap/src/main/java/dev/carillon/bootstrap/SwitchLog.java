package dev.carillon.bootstrap;

import dev.carillon.application.port.StoreWitness;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells those who run the service that dispatch is off, or on again, whoever switched it at
/// whichever node: when it is first read, at the start, and whenever it has changed since. One
/// thread reads.
final class SwitchLog implements StoreWitness {
  private static final Logger log = LoggerFactory.getLogger(SwitchLog.class);

  private final StoreWitness witness;
  private boolean off;

  SwitchLog(StoreWitness witness) {
    this.witness = witness;
  }

  @Override
  public Switch read() {
    Switch seen = witness.read();
    if (!seen.on() && !off) {
      log.warn(
          "nothing is handed over: dispatch is off since {} ({}); AdminService.ConfirmDispatch"
              + " switches it on",
          seen.since(),
          seen.reason().replaceAll("\\p{Cntrl}", " "));
    } else if (seen.on() && off) {
      log.info("messages are handed over again: dispatch is on since {}", seen.since());
    }
    off = !seen.on();
    return seen;
  }

  @Override
  public History history() {
    return witness.history();
  }

  @Override
  public void switchOff(String reason, Instant now) {
    witness.switchOff(reason, now);
  }

  @Override
  public boolean switchOff(Switch seen, String reason, Instant now) {
    return witness.switchOff(seen, reason, now);
  }

  @Override
  public boolean confirm(History history, String by, Instant now) {
    return witness.confirm(history, by, now);
  }
}
