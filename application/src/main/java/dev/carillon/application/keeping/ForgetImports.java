package dev.carillon.application.keeping;

import dev.carillon.application.port.RecipientImports;
import java.time.Duration;
import java.time.InstantSource;

/// Forgets how imports of recipients stood when nothing has come of them for long: like request
/// ids, they are kept so that a repeat is known, and no longer.
public final class ForgetImports {
  private static final int AT_ONCE = 100;

  private final RecipientImports imports;
  private final InstantSource clock;
  private final Duration kept;

  public ForgetImports(RecipientImports imports, InstantSource clock, Duration kept) {
    this.imports = imports;
    this.clock = clock;
    this.kept = kept;
  }

  /// Forgets some; returns how many.
  public int handle() {
    return imports.forget(clock.instant().minus(kept), AT_ONCE);
  }
}
