package dev.carillon.benchmarks.crash;

import dev.carillon.benchmarks.postgres.Postgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/// Round after round on the same nodes and the same database, and in the end an audit of all rounds
/// together. Tells a line a round, and all there is to know of the first promise that it finds
/// broken.
public final class CrashTest {
  private final Postgres postgres;
  private final CrashSettings settings;
  private final Load load;
  private final PrintWriter out;

  public CrashTest(Postgres postgres, CrashSettings settings, Load load, PrintWriter out) {
    this.postgres = postgres;
    this.settings = settings;
    this.load = load;
    this.out = out;
  }

  /// Whether every promise was kept in every round.
  public boolean run() throws IOException, SQLException, InterruptedException {
    String run = UUID.randomUUID().toString();
    List<RoundResult> results = new ArrayList<>();
    List<SubmittedJob> jobs = new ArrayList<>();
    try (Fleet fleet = Fleet.empty(postgres, settings)) {
      fleet.prepare();
      Callers callers = new Callers(fleet);
      try (Audit audit = new Audit(postgres, callers)) {
        for (int i = 0; i < load.rounds(); i++) {
          RoundPlan plan = RoundPlan.draw(load.seed() + i, load.fewestNodes(), load.mostNodes());
          CrashRound round =
              new CrashRound(plan, fleet, callers, audit, settings, run + "." + (i + 1));
          boolean kept = isKept(round, plan, results, fleet, audit);
          jobs.addAll(round.jobs());
          if (!kept) {
            return false;
          }
        }
        boolean kept = isKeptInTheEnd(jobs, fleet, audit);
        CrashSummary.print(out, results, settings, fleet.errors());
        return kept;
      }
    }
  }

  private boolean isKept(
      CrashRound round, RoundPlan plan, List<RoundResult> results, Fleet fleet, Audit audit)
      throws IOException, SQLException, InterruptedException {
    try {
      RoundResult result = round.run(carrierLogs(fleet));
      results.add(result);
      CrashSummary.line(out, results.size(), result);
      return true;
    } catch (CrashViolation violation) {
      out.printf("%nROUND %d, seed %d: ", results.size() + 1, plan.seed());
      tell(violation, fleet, audit.inWords(round.jobs()));
      out.println("plan: " + plan.inWords());
      out.printf(
          "again: crash --rounds 1 --nodes %d-%d --seed %d%n",
          load.fewestNodes(), load.mostNodes(), plan.seed());
      return false;
    }
  }

  /// Whatever came in after the audit of its round must have left every promise kept.
  private boolean isKeptInTheEnd(List<SubmittedJob> jobs, Fleet fleet, Audit audit)
      throws IOException, SQLException, InterruptedException {
    for (SubmittedJob job : jobs) {
      Audit.Finding finding = audit.check(job, carrierLogs(fleet));
      if (!finding.broken().isEmpty()) {
        String words = String.join("\n", finding.broken());
        tell(
            new CrashViolation("AFTER ALL ROUNDS, job " + job.bulkId() + ":\n" + words),
            fleet,
            audit.inWords(List.of(job)));
        return false;
      }
    }
    return true;
  }

  private void tell(CrashViolation violation, Fleet fleet, String words) throws IOException {
    out.println(violation.getMessage());
    out.println(words);
    out.println(fleet.printed());
    out.flush();
  }

  private List<Path> carrierLogs(Fleet fleet) {
    return IntStream.range(0, load.mostNodes()).mapToObj(fleet::carrierLog).toList();
  }

  /// How much is done.
  ///
  /// @param seed of the first round; each later one has the next
  public record Load(int rounds, int fewestNodes, int mostNodes, long seed) {}
}
