package dev.carillon.providers.pacing;

import dev.carillon.application.port.Permits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Grants what it is told to, and keeps what it was asked.
final class ScriptedPermits implements Permits {
  private final List<Asked> asked = new ArrayList<>();
  private final List<Asked> givenBack = new ArrayList<>();
  private int most = Integer.MAX_VALUE;
  private Duration retryAfter = Duration.ZERO;

  @Override
  public Grant take(Collection<Limit> limits, int wanted, boolean ahead) {
    asked.add(new Asked(List.copyOf(limits), wanted, ahead));
    return new Grant(Math.min(most, wanted), retryAfter);
  }

  @Override
  public void giveBack(Collection<Limit> limits, int unused) {
    givenBack.add(new Asked(List.copyOf(limits), unused, false));
  }

  ScriptedPermits granting(int permits, Duration wait) {
    most = permits;
    retryAfter = wait;
    return this;
  }

  List<Asked> asked() {
    return asked;
  }

  List<Asked> givenBack() {
    return givenBack;
  }

  /// One call.
  record Asked(List<Limit> limits, int count, boolean ahead) {}
}
