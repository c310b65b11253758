package dev.carillon.benchmarks.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// What happens in a round, all of it drawn from its seed: how many nodes there are, the jobs, and
/// what disturbs them.
///
/// @param disturbances in the order of their times
record RoundPlan(long seed, int nodes, List<JobPlan> jobs, List<Disturbance> disturbances) {
  /// So many seeds in a row have as many nodes, so that nodes need not come and go all the time.
  private static final int SEEDS_ALIKE = 4;

  private static final int MOST_JOBS = 3;
  private static final int FEWEST_JOBS = 2;
  private static final int EARLIEST_MILLIS = 60;
  private static final int LATEST_MILLIS = 1_000;
  private static final int MOST_LEAD_MILLIS = 400;
  private static final Duration AFTER_ALL = Duration.ofMillis(2 * LATEST_MILLIS);

  static RoundPlan draw(long seed, int fewestNodes, int mostNodes) {
    RandomGenerator random = new SplittableRandom(seed);
    int nodes =
        fewestNodes
            + (int) Math.floorMod(Math.floorDiv(seed, SEEDS_ALIKE), mostNodes - fewestNodes + 1L);
    List<JobPlan> jobs = new ArrayList<>();
    int count = random.nextInt(FEWEST_JOBS, MOST_JOBS + 1);
    for (int i = 0; i < count; i++) {
      jobs.add(JobPlan.draw(random));
    }
    List<Disturbance> disturbances = new ArrayList<>();
    disturbances.add(KillNodes.draw(time(random), nodes, random));
    if (random.nextInt(3) == 0) {
      disturbances.add(KillNodes.draw(time(random), nodes, random));
    }
    if (random.nextInt(3) > 0) {
      disturbances.add(new CancelJob(time(random), random.nextInt(count)));
    }
    if (random.nextInt(3) == 0) {
      disturbances.add(new SubmitJob(time(random), JobPlan.draw(random)));
    }
    if (random.nextInt(2) == 0) {
      int paused = random.nextInt(count);
      Duration from = time(random);
      disturbances.add(new PauseJob(from, paused));
      disturbances.add(new ResumeJob(from.plus(time(random)), paused));
    }
    if (random.nextInt(3) == 0) {
      Duration lead = Duration.ofMillis(random.nextInt(MOST_LEAD_MILLIS));
      disturbances.add(new RetryJob(AFTER_ALL, random.nextInt(count), lead));
      disturbances.add(KillNodes.draw(AFTER_ALL, nodes, random));
    }
    // Stable: of two at the same time the one that was drawn first comes first.
    disturbances.sort(Comparator.comparing(Disturbance::at));
    return new RoundPlan(seed, nodes, List.copyOf(jobs), List.copyOf(disturbances));
  }

  private static Duration time(RandomGenerator random) {
    return Duration.ofMillis(random.nextInt(EARLIEST_MILLIS, LATEST_MILLIS));
  }

  /// For a person.
  String inWords() {
    StringBuilder text = new StringBuilder();
    text.append(nodes).append(" nodes, jobs of");
    for (JobPlan job : jobs) {
      text.append(' ').append(job.size()).append(job.mail() ? " mails (" : " SMS (");
      text.append(job.terms().inWords()).append(')');
    }
    for (Disturbance disturbance : disturbances) {
      text.append("; after ").append(disturbance.at().toMillis()).append(" ms ");
      text.append(
          switch (disturbance) {
            case KillNodes kill ->
                "nodes " + kill.places() + " are killed for " + kill.down().toMillis() + " ms";
            case CancelJob cancel -> "job " + cancel.job() + " is cancelled";
            case PauseJob pause -> "job " + pause.job() + " is paused";
            case ResumeJob resume -> "job " + resume.job() + " is resumed";
            case RetryJob retry -> "job " + retry.job() + " is retried when it has ended";
            case SubmitJob submit -> "a job of " + submit.job().size() + " is submitted";
          });
    }
    return text.toString();
  }
}
