package dev.carillon.benchmarks.crash;

import java.io.IOException;
import java.time.Duration;

/// A job is paused by its owner. A [ResumeJob] follows.
///
/// @param job which, by its place in the round
record PauseJob(Duration at, int job) implements Disturbance {
  @Override
  public void happen(Scene scene) throws IOException, InterruptedException {
    scene.pause(job);
  }
}
