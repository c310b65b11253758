package dev.carillon.bootstrap.run;

import java.time.Duration;
import java.util.List;

/// The house's other loops: they look things up, publish and tidy, and lose nothing when they end.
public final class Loops implements Part {
  private final String name;
  private final List<Loop> loops;

  public Loops(String name, List<Loop> loops) {
    this.name = name;
    this.loops = List.copyOf(loops);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start() {
    loops.forEach(Loop::start);
  }

  @Override
  public void stop(Duration time) throws InterruptedException {
    loops.forEach(Loop::breakOff);
    for (Loop loop : loops) {
      loop.awaitEnd(time);
    }
  }
}
