package dev.carillon.benchmarks.crash;

import java.io.IOException;
import java.time.Duration;

/// A paused job may go on.
///
/// @param job which, by its place in the round
record ResumeJob(Duration at, int job) implements Disturbance {
  @Override
  public void happen(Scene scene) throws IOException, InterruptedException {
    scene.resume(job);
  }
}
