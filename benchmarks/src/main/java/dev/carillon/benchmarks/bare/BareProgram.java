package dev.carillon.benchmarks.bare;

import dev.carillon.benchmarks.postgres.Postgres;
import dev.carillon.benchmarks.postgres.PostgresMeter;
import dev.carillon.benchmarks.postgres.PostgresMeter.Reading;
import dev.carillon.benchmarks.postgres.Spent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Chunks leased, outcomes appended by COPY, one status byte a message, and nothing else: the limit
/// of the house's storage design on a given PostgreSQL. Its tables go when it is closed.
public final class BareProgram implements AutoCloseable {
  private final Postgres postgres;
  private final PostgresMeter meter;
  private long nextJob = 1;

  private BareProgram(Postgres postgres, PostgresMeter meter) {
    this.postgres = postgres;
    this.meter = meter;
  }

  /// Makes its tables anew.
  public static BareProgram on(Postgres postgres) throws SQLException {
    try (Connection connection = postgres.connect()) {
      BareSchema.create(connection);
    }
    return new BareProgram(postgres, PostgresMeter.of(postgres));
  }

  /// Stores a load's messages, on one connection.
  public Spent insert(BareLoad load) throws SQLException {
    try (Connection connection = postgres.connect()) {
      Reading start = meter.read();
      nextJob = new BareInsert(connection).store(load, nextJob);
      return meter.since(start);
    }
  }

  /// Dispatches everything that was stored, and checks that each message has its one attempt.
  public Spent dispatch(BareLoad load) throws SQLException, InterruptedException {
    List<BareWorker> workers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(load.workers())) {
      for (int n = 0; n < load.workers(); n++) {
        workers.add(new BareWorker(postgres.connect(), load.microBatch()));
      }
      long before = attempts();
      Reading start = meter.read();
      long handled = 0;
      for (Future<Long> result : threads.invokeAll(workers.stream().map(this::task).toList())) {
        handled += settled(result);
      }
      Spent spent = meter.since(start);
      check(load, handled, attempts() - before);
      return spent;
    } finally {
      for (BareWorker worker : workers) {
        worker.close();
      }
    }
  }

  private Callable<Long> task(BareWorker worker) {
    return worker::run;
  }

  private static long settled(Future<Long> result) throws InterruptedException {
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a worker of the bare program failed", e.getCause());
    }
  }

  private long attempts() throws SQLException {
    return meter.number("SELECT count(*) FROM " + BareSchema.ATTEMPT);
  }

  private static void check(BareLoad load, long handled, long attempts) {
    if (handled != load.messages() || attempts != load.messages()) {
      throw new IllegalStateException(
          "%d messages, but %d were settled and %d attempts stored"
              .formatted(load.messages(), handled, attempts));
    }
  }

  @Override
  public void close() throws SQLException {
    meter.close();
    try (Connection connection = postgres.connect()) {
      BareSchema.drop(connection);
    }
  }
}
