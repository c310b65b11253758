package dev.carillon.domain.audit;

import dev.carillon.domain.job.Counters;
import java.util.List;

/// What an audit of a job counted and found.
///
/// @param messages statuses of its chunks
/// @param attempts that count, as the messages themselves count theirs: one whose answer is lost
///   counts, be it that its worker died, although no answer to it is kept
/// @param accepted attempts whose kept answer says that a carrier took the message
/// @param counters the job's counters as recounted from the statuses
/// @param total differences found; none is what is promised
/// @param differences the first of them
public record Recount(
    int chunks,
    long messages,
    long attempts,
    long accepted,
    Counters counters,
    long total,
    List<Difference> differences) {
  public Recount {
    differences = List.copyOf(differences);
  }
}
