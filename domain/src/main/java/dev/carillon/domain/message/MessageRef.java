package dev.carillon.domain.message;

import dev.carillon.domain.job.JobId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names a message inside the house and on the wire: carriers are given its text form as our
/// reference and echo it in their receipts. It knows its chunk, so that a receipt needs no look-up.
public record MessageRef(JobId job, int chunk, int position) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,18})\\.(\\d{1,9})\\.(\\d{1,9})");

  /// The reference that a text names; empty when it names none.
  public static Optional<MessageRef> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new MessageRef(
            new JobId(Long.parseLong(parts.group(1))),
            Integer.parseInt(parts.group(2)),
            Integer.parseInt(parts.group(3))));
  }

  /// The chunk that keeps its status.
  public ChunkKey chunkKey() {
    return new ChunkKey(job, chunk);
  }

  @Override
  public String toString() {
    return job.value() + "." + chunk + "." + position;
  }
}
