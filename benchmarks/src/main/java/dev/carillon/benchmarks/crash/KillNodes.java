package dev.carillon.benchmarks.crash;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// Nodes are killed (-9) at the same time, and started again in place after a while.
///
/// @param places which
/// @param down how long they are away
record KillNodes(Duration at, Set<Integer> places, Duration down) implements Disturbance {
  private static final int MOST_DOWN_MILLIS = 300;

  /// One of them mostly; sometimes several, sometimes all.
  static KillNodes draw(Duration at, int nodes, RandomGenerator random) {
    int count = random.nextInt(3) > 0 ? 1 : 1 + random.nextInt(nodes);
    Set<Integer> places = new TreeSet<>();
    while (places.size() < count) {
      places.add(random.nextInt(nodes));
    }
    return new KillNodes(at, places, Duration.ofMillis(random.nextInt(MOST_DOWN_MILLIS)));
  }

  @Override
  public void happen(Scene scene) throws IOException, InterruptedException {
    scene.kill(places);
    Patience.of(down).sleepToEnd();
    scene.restart(places);
  }
}
