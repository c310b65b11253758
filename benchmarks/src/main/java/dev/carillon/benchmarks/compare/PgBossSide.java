package dev.carillon.benchmarks.compare;

import dev.carillon.benchmarks.peer.PgBoss;
import dev.carillon.benchmarks.postgres.Spent;

/// pg-boss, a job a message.
public record PgBossSide(PgBoss boss, int jobs, int batch, int workers) implements Side {
  @Override
  public String name() {
    return "pg-boss";
  }

  @Override
  public Spent prepare() throws Exception {
    return boss.enqueue(jobs).spent();
  }

  @Override
  public Spent dispatch() throws Exception {
    return boss.process(jobs, batch, workers).spent();
  }

  @Override
  public int messages() {
    return jobs;
  }
}
