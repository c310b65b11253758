package dev.carillon.benchmarks.house;

import dev.carillon.benchmarks.postgres.PostgresMeter;
import dev.carillon.benchmarks.postgres.PostgresMeter.Reading;
import dev.carillon.benchmarks.postgres.Spent;
import dev.carillon.v1.BulkJob;
import dev.carillon.v1.CreateBulkJobRequest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Submits the same request again and again, over one connection a client thread, and measures
/// until the last answer.
public final class AcceptRun {
  private final House house;
  private final PostgresMeter meter;

  public AcceptRun(House house, PostgresMeter meter) {
    this.house = house;
    this.meter = meter;
  }

  /// Submits so many jobs in all, and checks that every recipient was accepted.
  public Accepted submit(CreateBulkJobRequest request, int jobs, int threads)
      throws SQLException, InterruptedException {
    List<HouseClient> clients = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Callable<List<BulkJob>>> tasks = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        HouseClient client = house.client();
        clients.add(client);
        int share = jobs / threads + (thread < jobs % threads ? 1 : 0);
        tasks.add(() -> submit(client, request, share));
      }
      Reading start = meter.read();
      List<Future<List<BulkJob>>> results = executor.invokeAll(tasks);
      Spent spent = meter.since(start);
      return new Accepted(jobs(results, recipients(request)), spent);
    } finally {
      clients.forEach(HouseClient::close);
    }
  }

  private static List<BulkJob> submit(HouseClient client, CreateBulkJobRequest request, int jobs) {
    List<BulkJob> accepted = new ArrayList<>();
    for (int job = 0; job < jobs; job++) {
      accepted.add(client.create(request));
    }
    return accepted;
  }

  private static List<BulkJob> jobs(List<Future<List<BulkJob>>> results, int recipients)
      throws InterruptedException {
    List<BulkJob> jobs = new ArrayList<>();
    for (Future<List<BulkJob>> result : results) {
      try {
        jobs.addAll(result.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("a job was not accepted", e.getCause());
      }
    }
    for (BulkJob job : jobs) {
      if (job.getCounters().getAccepted() != recipients) {
        throw new IllegalStateException(
            "%d of %d recipients were accepted"
                .formatted(job.getCounters().getAccepted(), recipients));
      }
    }
    return jobs;
  }

  private static int recipients(CreateBulkJobRequest request) {
    return request.getToCount() + request.getEntriesCount();
  }

  /// What was accepted, and what it took.
  public record Accepted(List<BulkJob> jobs, Spent spent) {
    public List<String> ids() {
      return jobs.stream().map(BulkJob::getBulkId).toList();
    }

    public long messages() {
      return jobs.stream().mapToLong(job -> job.getCounters().getAccepted()).sum();
    }
  }
}
