package dev.carillon.application.keeping;

import dev.carillon.domain.message.ChunkKey;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// When a carrier may be asked about a chunk again: the first time at once, then after pauses that
/// double. Remembers a bounded number of chunks; one that it forgot is asked about at once.
final class AskingPauses {
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int MOST = 20_000;

  private final Map<ChunkKey, Pause> pauses =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ChunkKey, Pause> eldest) {
          return size() > MOST;
        }
      };

  /// Whether it may be asked about now; if so, the next pause begins.
  boolean mayAsk(ChunkKey key, Instant now) {
    Pause before = pauses.get(key);
    if (before != null && now.isBefore(before.until())) {
      return false;
    }
    Duration length = before == null ? SHORTEST : doubled(before.length());
    pauses.put(key, new Pause(length, now.plus(length)));
    return true;
  }

  private static Duration doubled(Duration length) {
    Duration twice = length.multipliedBy(2);
    return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
  }

  private record Pause(Duration length, Instant until) {}
}
