package dev.carillon.benchmarks.fairness;

import dev.carillon.benchmarks.house.HouseClient;
import dev.carillon.v1.CreateBulkJobRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Submits a job at every tick, whether or not the one before was answered, as callers who know
/// nothing of each other do: a slow answer makes no later submission wait.
final class SteadySubmissions {
  private final HouseClient client;
  private final CreateBulkJobRequest request;
  private final Duration every;

  SteadySubmissions(HouseClient client, CreateBulkJobRequest request, Duration every) {
    this.client = client;
    this.request = request;
    this.every = every;
  }

  /// Submits so many and returns when all are answered.
  List<Submitted> submit(int count) throws InterruptedException, ExecutionException {
    List<Future<Submitted>> answers = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      long start = System.nanoTime();
      for (int n = 0; n < count; n++) {
        Thread.sleep(
            Duration.ofNanos(Math.max(0, start + n * every.toNanos() - System.nanoTime())));
        answers.add(callers.submit(this::one));
      }
    }
    List<Submitted> submitted = new ArrayList<>();
    for (Future<Submitted> answer : answers) {
      submitted.add(answer.get());
    }
    return submitted;
  }

  private Submitted one() {
    Instant call = Instant.now();
    String bulkId = client.create(request).getBulkId();
    return new Submitted(bulkId, call, Instant.now());
  }

  /// A job, when the call for it began and when it was answered.
  record Submitted(String bulkId, Instant call, Instant answer) {}
}
