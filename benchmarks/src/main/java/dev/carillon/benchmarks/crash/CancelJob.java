package dev.carillon.benchmarks.crash;

import java.io.IOException;
import java.time.Duration;

/// A job is cancelled by its owner, as far as it has got.
///
/// @param job which, by its place in the round
record CancelJob(Duration at, int job) implements Disturbance {
  @Override
  public void happen(Scene scene) throws IOException, InterruptedException {
    scene.cancel(job);
  }
}
