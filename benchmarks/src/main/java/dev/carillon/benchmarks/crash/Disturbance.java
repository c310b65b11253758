package dev.carillon.benchmarks.crash;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/// Something that happens while the jobs of a round run. A new kind is a record here and a line in
/// [RoundPlan#draw].
sealed interface Disturbance
    permits CancelJob, KillNodes, PauseJob, ResumeJob, RetryJob, SubmitJob {
  /// When, from the start of the round.
  Duration at();

  /// Does it, or throws a [CrashViolation] when the service did not answer as it should.
  void happen(Scene scene) throws IOException, SQLException, InterruptedException;
}
