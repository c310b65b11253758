package dev.carillon.benchmarks.crash;

import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.domain.message.MessageState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What must be true of a job that has ended: its chunks are closed and their tallies are what
/// their bytes count, nothing is missing, and its end is that which its messages make.
final class JobRules {
  private JobRules() {}

  /// Everything that is wrong with it, in words.
  static List<String> broken(SubmittedJob submitted, StoredJob job) {
    List<String> broken = new ArrayList<>();
    if (job.messages().size() != submitted.plan().size()) {
      broken.add(
          submitted.plan().size() + " were submitted, " + job.messages().size() + " are there");
    }
    for (int position = 0; position < job.messages().size(); position++) {
      if (job.messages().get(position).position() != position) {
        broken.add("the chunks leave a gap at " + position);
        return broken;
      }
    }
    job.chunks().forEach(chunk -> chunk(job, chunk, broken));
    long open = job.chunks().stream().filter(StoredChunk::open).count();
    if (job.openChunks() != open || open > 0) {
      broken.add(open + " chunks are open, the job counts " + job.openChunks());
    }
    if (job.events().stream().distinct().count() < job.events().size()) {
      broken.add("an event was noted twice: " + job.events());
    }
    end(submitted, job, broken);
    return broken;
  }

  private static void chunk(StoredJob job, StoredChunk chunk, List<String> broken) {
    List<StoredMessage> own =
        job.messages().stream().skip(chunk.first()).limit(chunk.size()).toList();
    Map<String, Integer> counted = new LinkedHashMap<>();
    Columns.all().forEach(column -> counted.put(column, 0));
    own.forEach(message -> counted.merge(Columns.of(message.state()), 1, Integer::sum));
    if (!counted.equals(chunk.tally())) {
      broken.add(
          "chunk " + chunk.number() + " tallies " + chunk.tally() + ", its bytes " + counted);
    }
    int retries = own.stream().mapToInt(message -> Math.max(0, message.attempts() - 1)).sum();
    if (retries != chunk.retries()) {
      broken.add(
          "chunk " + chunk.number() + " counts " + chunk.retries() + " retries of " + retries);
    }
  }

  private static void end(SubmittedJob submitted, StoredJob job, List<String> broken) {
    long taken = job.messages().stream().filter(JobRules::isTaken).count();
    long accepted = job.messages().stream().filter(message -> message.state().isAccepted()).count();
    boolean fits =
        switch (job.status()) {
          case COMPLETED -> taken == accepted;
          case FAILED -> taken == 0;
          case CANCELLED -> submitted.cancelled();
          default -> job.status() == JobStatus.PARTIAL;
        };
    if (!fits) {
      broken.add("it stands at " + job.status() + " with " + taken + " of " + accepted + " taken");
    }
    if (submitted.cancelled() != (job.status() == JobStatus.CANCELLED)) {
      broken.add(
          submitted.cancelled()
              ? "its owner was told that it is cancelled, and it ended as " + job.status()
              : "it was not cancelled by its owner");
    }
    boolean resends = submitted.plan().terms().unknown() == UnknownPolicy.RESEND;
    if (resends
        && !submitted.cancelled()
        && job.messages().stream().anyMatch(message -> message.state() == MessageState.UNKNOWN)) {
      broken.add("messages are UNKNOWN that were to be resent");
    }
    if (!submitted.cancelled()
        && job.messages().stream().anyMatch(message -> message.state() == MessageState.CANCELLED)) {
      broken.add("messages are CANCELLED in a job that is not");
    }
  }

  private static boolean isTaken(StoredMessage message) {
    return switch (message.state()) {
      case SENT, DELIVERED, READ, UNDELIVERED -> true;
      default -> false;
    };
  }
}
