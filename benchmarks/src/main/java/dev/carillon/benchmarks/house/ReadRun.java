package dev.carillon.benchmarks.house;

import dev.carillon.benchmarks.postgres.PostgresMeter;
import dev.carillon.benchmarks.postgres.PostgresMeter.Reading;
import dev.carillon.benchmarks.postgres.Spent;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Asks for jobs again and again, one call after the other in each thread.
public final class ReadRun {
  private final PostgresMeter meter;
  private final List<Owned> jobs;

  /// @param jobs asked for in turn
  public ReadRun(PostgresMeter meter, List<Owned> jobs) {
    this.meter = meter;
    this.jobs = List.copyOf(jobs);
  }

  /// What so many calls in all took; each must be answered with the job that it asked for.
  public Spent read(int calls, int threads) throws SQLException, InterruptedException {
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        tasks.add(() -> read(calls / threads));
      }
      Reading start = meter.read();
      List<Future<Integer>> all = executor.invokeAll(tasks);
      Spent spent = meter.since(start);
      for (Future<Integer> done : all) {
        requireAnswers(done);
      }
      return spent;
    }
  }

  private int read(int calls) {
    for (int call = 0; call < calls; call++) {
      Owned job = jobs.get(call % jobs.size());
      if (!job.client().get(job.bulkId()).getBulkId().equals(job.bulkId())) {
        throw new IllegalStateException("another job was answered with");
      }
    }
    return calls;
  }

  private static void requireAnswers(Future<Integer> done) throws InterruptedException {
    try {
      done.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a job was not shown", e.getCause());
    }
  }

  /// A job and its owner's connection.
  public record Owned(HouseClient client, String bulkId) {}
}
