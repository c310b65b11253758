package dev.carillon.benchmarks.crash;

import java.util.LinkedHashMap;
import java.util.Map;

/// A stored job for a person who looks for what went wrong.
final class JobWords {
  private JobWords() {}

  static String of(StoredJob job) {
    StringBuilder text = new StringBuilder();
    text.append("job ").append(job.id()).append(" (").append(job.bulkId()).append(") ");
    text.append(job.status()).append(", open chunks ").append(job.openChunks()).append('\n');
    for (StoredChunk chunk : job.chunks()) {
      Map<String, Integer> tally = new LinkedHashMap<>(chunk.tally());
      tally.values().removeIf(count -> count == 0);
      text.append("  chunk ").append(chunk.number());
      text.append(chunk.open() ? " open" : " closed").append(", from ").append(chunk.first());
      text.append(", ").append(tally).append(", leased by ").append(chunk.lease()).append('\n');
    }
    return text.toString();
  }
}
