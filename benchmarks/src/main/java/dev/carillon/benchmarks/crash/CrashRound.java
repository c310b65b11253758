package dev.carillon.benchmarks.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// One round: jobs are submitted and disturbed, all of them must end, and everything is audited.
final class CrashRound {
  /// The label that marks the jobs of a round.
  static final String LABEL = "crash-round";

  private final RoundPlan plan;
  private final Fleet fleet;
  private final Audit audit;
  private final Scene scene;
  private final CrashSettings settings;

  CrashRound(
      RoundPlan plan,
      Fleet fleet,
      Callers callers,
      Audit audit,
      CrashSettings settings,
      String label) {
    this.plan = plan;
    this.fleet = fleet;
    this.audit = audit;
    this.settings = settings;
    this.scene = new Scene(fleet, callers, audit, label);
  }

  /// The jobs that were submitted.
  List<SubmittedJob> jobs() {
    return scene.jobs();
  }

  /// Throws a [CrashViolation] when a promise was broken.
  ///
  /// @param carrierLogs of all nodes that there were
  RoundResult run(List<Path> carrierLogs) throws IOException, SQLException, InterruptedException {
    fleet.resize(plan.nodes());
    long start = System.nanoTime();
    for (JobPlan job : plan.jobs()) {
      scene.submit(job);
    }
    for (Disturbance disturbance : plan.disturbances()) {
      Patience.of(disturbance.at().minusNanos(System.nanoTime() - start)).sleepToEnd();
      disturbance.happen(scene);
    }
    audit.awaitEnd(scene.jobs());
    fleet.awaitServing();
    RoundResult result = result(check(carrierLogs), start);
    if (result.unknown() > scene.kills() * settings.mostInFlight()) {
      throw new CrashViolation(
          "%d attempts have no answer after %d kills, at most %d each may be"
              .formatted(result.unknown(), scene.kills(), settings.mostInFlight()));
    }
    return result;
  }

  private List<Audit.Finding> check(List<Path> carrierLogs)
      throws IOException, SQLException, InterruptedException {
    int stored = audit.jobs(scene.label());
    if (stored != scene.jobs().size()) {
      throw new CrashViolation(scene.jobs().size() + " jobs were submitted, stored are " + stored);
    }
    List<Audit.Finding> findings = new ArrayList<>();
    List<String> broken = new ArrayList<>(audit.books());
    for (SubmittedJob job : scene.jobs()) {
      Audit.Finding finding = audit.check(job, carrierLogs);
      findings.add(finding);
      finding.broken().forEach(wrong -> broken.add("job " + job.bulkId() + ": " + wrong));
    }
    if (!broken.isEmpty()) {
      throw new CrashViolation(String.join("\n", broken));
    }
    return findings;
  }

  private RoundResult result(List<Audit.Finding> findings, long start) {
    return new RoundResult(
        plan,
        findings.size(),
        findings.stream().mapToInt(Audit.Finding::messages).sum(),
        scene.kills(),
        count(SubmittedJob::cancelled),
        count(job -> job.paused() != null),
        count(job -> job.origin() != null),
        findings.stream().mapToInt(Audit.Finding::unknown).sum(),
        findings.stream().mapToInt(Audit.Finding::taken).sum(),
        findings.stream().mapToInt(Audit.Finding::retries).sum(),
        Duration.ofNanos(System.nanoTime() - start));
  }

  private int count(Predicate<SubmittedJob> which) {
    return (int) scene.jobs().stream().filter(which).count();
  }
}
