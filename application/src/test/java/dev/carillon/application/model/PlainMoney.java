package dev.carillon.application.model;

import java.util.List;
import java.util.Set;

/// The money of a job by the plainest rule: each message is open, paid, or given back, by its state
/// alone; of a chunk that is open nothing has been given back yet.
///
/// @param held micros
/// @param captured micros
/// @param refunded micros
record PlainMoney(long held, long captured, long refunded) {
  private static final Set<String> TAKEN = Set.of("SENT", "DELIVERED", "READ");
  private static final Set<String> OPEN =
      Set.of("QUEUED", "IN_FLIGHT", "RESENDING", "UNKNOWN", "UNKNOWN_RESENT");

  static PlainMoney of(PlainJob job) {
    long total = 0;
    long captured = 0;
    long refunded = 0;
    for (PlainChunk chunk : job.chunks) {
      List<String> states = chunk.messages.stream().map(message -> message.state).toList();
      total += states.size();
      captured += states.stream().filter(state -> isPaid(job, state)).count();
      if (!chunk.open) {
        refunded +=
            states.stream().filter(state -> !OPEN.contains(state) && !isPaid(job, state)).count();
      }
    }
    long each = RandomHistory.PART_MICROS;
    return new PlainMoney((total - captured - refunded) * each, captured * each, refunded * each);
  }

  private static boolean isPaid(PlainJob job, String state) {
    return TAKEN.contains(state)
        || (state.equals("UNDELIVERED") && !job.plan.undelivered())
        || (state.equals("FAILED_OUTCOME_UNKNOWN") && !job.plan.lostAnswer());
  }
}
