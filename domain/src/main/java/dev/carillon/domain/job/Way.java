package dev.carillon.domain.job;

import java.time.Instant;

/// One of the rules that lead a job's messages to carriers, as these stand now.
public sealed interface Way {
  /// One of its carriers may be asked.
  record Open() implements Way {}

  /// All of its carriers are switched off.
  record Off() implements Way {}

  /// None of its carriers may be asked before that time, because they fail.
  record Closed(Instant until) implements Way {}
}
