package dev.carillon.bootstrap;

import dev.carillon.application.port.Reloads;
import dev.carillon.bootstrap.config.Configuration;
import dev.carillon.bootstrap.config.ConfigurationOrigin;
import dev.carillon.bootstrap.config.InvalidConfigurationException;
import dev.carillon.domain.error.DomainException;
import dev.carillon.providers.CarrierChanges;
import dev.carillon.providers.CarrierHouse;
import dev.carillon.providers.CarrierPlanException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes carriers and routes over when the configuration file says something else. A file that
/// cannot be used changes nothing, and is told.
final class CarrierReload implements Reloads {
  private static final Logger log = LoggerFactory.getLogger(CarrierReload.class);

  private final Configuration running;
  private final CarrierHouse house;
  private final InstantSource clock;
  private final ConfigurationOrigin.Fixed fixed;
  private int content;
  private volatile @Nullable Reload last;

  CarrierReload(Configuration running, CarrierHouse house, InstantSource clock) {
    this.running = running;
    this.house = house;
    this.clock = clock;
    this.content = origin().content(0);
    this.fixed = origin().fixed();
  }

  /// Reads the file again when it says something else than the last time, and tries once more to
  /// start carriers that could not be started.
  synchronized void look() {
    int now = origin().content(content);
    if (now != content) {
      reload();
    }
    house.startMissing();
  }

  /// Reads the file again.
  synchronized void reload() {
    content = origin().content(content);
    try {
      Configuration read = origin().load();
      CarrierChanges changes = house.follow(read.carriers());
      log.info("the configuration was read again: {}", changes);
      List<String> others = origin().fixed().differingFrom(fixed);
      if (!others.isEmpty()) {
        log.warn("these settings need a restart: {}", String.join(", ", others));
      }
      last = new Reload(clock.instant(), "");
    } catch (InvalidConfigurationException | CarrierPlanException e) {
      log.error("the configuration was read again and nothing has changed: {}", e.getMessage());
      last = new Reload(clock.instant(), String.valueOf(e.getMessage()));
    } catch (DomainException storeAway) {
      // Looked at again soon, as if it had just been written.
      content = ~content;
      log.warn("the configuration was read again, and waits for the store");
    }
  }

  @Override
  public Optional<Reload> last() {
    return Optional.ofNullable(last);
  }

  private ConfigurationOrigin origin() {
    return running.origin();
  }
}
