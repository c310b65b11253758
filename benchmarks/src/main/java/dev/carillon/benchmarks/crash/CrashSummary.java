package dev.carillon.benchmarks.crash;

import java.io.PrintWriter;
import java.util.List;

/// What a person reads.
final class CrashSummary {
  private static final double MILLIS = 1_000.0;

  private CrashSummary() {}

  /// A round.
  static void line(PrintWriter out, int number, RoundResult round) {
    out.printf(
        "round %3d, seed %d: %d nodes, %d jobs (%d cancelled, %d paused, %d retries),"
            + " %,5d messages, %d killed, %3d unanswered (%d taken), %3d re-attempts, %.1f s%n",
        number,
        round.plan().seed(),
        round.plan().nodes(),
        round.jobs(),
        round.cancelled(),
        round.paused(),
        round.retried(),
        round.messages(),
        round.kills(),
        round.unknown(),
        round.taken(),
        round.retries(),
        round.took().toMillis() / MILLIS);
    out.flush();
  }

  /// All of them.
  static void print(
      PrintWriter out, List<RoundResult> rounds, CrashSettings settings, List<String> errors) {
    int kills = rounds.stream().mapToInt(RoundResult::kills).sum();
    int unknown = rounds.stream().mapToInt(RoundResult::unknown).sum();
    out.printf(
        "%n%d rounds: %,d jobs (%d cancelled, %d paused, %d retries), %,d messages,"
            + " %,d re-attempts, %d kills, %.0f s%n",
        rounds.size(),
        rounds.stream().mapToInt(RoundResult::jobs).sum(),
        rounds.stream().mapToInt(RoundResult::cancelled).sum(),
        rounds.stream().mapToInt(RoundResult::paused).sum(),
        rounds.stream().mapToInt(RoundResult::retried).sum(),
        rounds.stream().mapToInt(RoundResult::messages).sum(),
        rounds.stream().mapToInt(RoundResult::retries).sum(),
        kills,
        rounds.stream().mapToLong(round -> round.took().toMillis()).sum() / MILLIS);
    out.printf(
        "unanswered for each node killed: mean %.1f, in the worst round %.1f, allowed %d"
            + " ((%d workers + %d urgent) x window %d + %d tails x a quarter of it)%n",
        kills == 0 ? 0 : (double) unknown / kills,
        rounds.stream().mapToDouble(RoundResult::unknownPerKill).max().orElse(0),
        settings.mostInFlight(),
        settings.workers(),
        settings.urgentWorkers(),
        settings.window(),
        settings.tails());
    out.printf(
        "of %,d unanswered the carriers took %,d%n",
        unknown, rounds.stream().mapToInt(RoundResult::taken).sum());
    errors.forEach(error -> out.println("a node logged: " + error));
    out.flush();
  }
}
