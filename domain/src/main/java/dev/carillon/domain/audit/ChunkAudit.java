package dev.carillon.domain.audit;

import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.Tally;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Whether everything stored of one chunk agrees with the bytes of its messages.
public final class ChunkAudit {
  private ChunkAudit() {}

  /// What does not agree.
  ///
  /// @param open whether it is stored as open
  /// @param counted its stored tally: names and figures
  /// @param messages how many message rows there are at its positions
  /// @param evidence what attempts and receipts say, by position
  public static List<Difference> of(
      Chunk chunk,
      boolean open,
      Map<String, Integer> counted,
      int messages,
      Map<Integer, Evidence> evidence) {
    List<String> found = new ArrayList<>();
    tally(chunk.tally(), counted, found);
    openness(chunk, open, found);
    retries(chunk, found);
    if (messages != chunk.size()) {
      found.add(messages + " message rows for " + chunk.size() + " statuses");
    }
    int number = chunk.key().number();
    List<Difference> differences = new ArrayList<>();
    found.forEach(what -> differences.add(Difference.ofChunk(number, what)));
    for (int position = chunk.first(); position < chunk.first() + chunk.size(); position++) {
      for (String what :
          MessageAudit.of(
              chunk.state(position),
              chunk.attempts(position),
              evidence.getOrDefault(position, Evidence.NONE))) {
        differences.add(Difference.ofMessage(number, position, what));
      }
    }
    return differences;
  }

  private static void tally(Tally tally, Map<String, Integer> counted, List<String> found) {
    Map<String, Integer> recounted = new HashMap<>();
    for (MessageState state : MessageState.values()) {
      recounted.merge(name(state), tally.count(state), Integer::sum);
    }
    counted.forEach((name, figure) -> {
      Integer right = recounted.get(name);
      if (right == null) {
        found.add("counts " + name + ", which nothing is");
      } else if (!right.equals(figure)) {
        found.add("counts " + figure + " " + name + ", but " + right + " are");
      }
    });
  }

  /// The name under which a state is counted: kinds of the same share one.
  private static String name(MessageState state) {
    return switch (state) {
      case FAILED, FAILED_OUTCOME_UNKNOWN, FAILED_SYSTEM_ERROR -> "failed";
      case CANCELLED, CANCELLED_SUPPRESSED, CANCELLED_DELETED -> "cancelled";
      case UNKNOWN, RESENDING, UNKNOWN_RESENT -> "unknown";
      default -> state.name().toLowerCase(Locale.ROOT);
    };
  }

  private static void openness(Chunk chunk, boolean open, List<String> found) {
    if (!open && !chunk.isFinished(false)) {
      found.add("closed, although messages wait in it or have no answer");
    }
    // What is in doubt may keep it open, by the terms of its job.
    if (open && chunk.isFinished(true)) {
      found.add("open, although nothing is left to be done in it");
    }
  }

  private static void retries(Chunk chunk, List<String> found) {
    long again = 0;
    for (int position = chunk.first(); position < chunk.first() + chunk.size(); position++) {
      again += Math.max(0, chunk.attempts(position) - 1);
    }
    if (again != chunk.retries()) {
      found.add("counts " + chunk.retries() + " re-attempts, but " + again + " were made");
    }
  }
}
