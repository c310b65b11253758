package dev.carillon.benchmarks.crash;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/// When a job has ended, what failed of it is sent once more.
///
/// @param job which, by its place in the round
/// @param lead how long the retry is let run before anything else happens
record RetryJob(Duration at, int job, Duration lead) implements Disturbance {
  @Override
  public void happen(Scene scene) throws IOException, SQLException, InterruptedException {
    scene.retry(job);
    Patience.of(lead).sleepToEnd();
  }
}
