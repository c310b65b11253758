package dev.carillon.providers.pacing;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.port.FlowControl;
import dev.carillon.application.port.FlowLimits;
import dev.carillon.application.port.Permits;
import java.time.InstantSource;

/// Binds [FlowControl]. Needs [Permits], [FlowLimits] and an `InstantSource` from outside.
public final class PacingModule extends AbstractModule {
  private final PacingConfig config;

  public PacingModule(PacingConfig config) {
    this.config = config;
  }

  @Provides
  @Singleton
  FlowControl flow(Permits permits, FlowLimits limits, InstantSource clock) {
    return new PacedFlow(permits, limits, config, clock);
  }
}
