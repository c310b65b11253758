package dev.carillon.benchmarks.compare;

import dev.carillon.benchmarks.postgres.Spent;

/// One of the programs that are compared.
public interface Side {
  /// What people call it.
  String name();

  /// Stores a run's messages; measured, but nobody waits for it in the dispatch figure.
  Spent prepare() throws Exception;

  /// Dispatches what was stored, and checks that all of it was.
  Spent dispatch() throws Exception;

  /// Messages of a run.
  int messages();
}
