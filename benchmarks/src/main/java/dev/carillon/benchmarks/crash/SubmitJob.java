package dev.carillon.benchmarks.crash;

import java.io.IOException;
import java.time.Duration;

/// Another job is submitted, perhaps to a node that is just being killed.
record SubmitJob(Duration at, JobPlan job) implements Disturbance {
  @Override
  public void happen(Scene scene) throws IOException, InterruptedException {
    scene.submit(job);
  }
}
