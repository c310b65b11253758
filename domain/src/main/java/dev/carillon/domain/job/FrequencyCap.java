package dev.carillon.domain.job;

import java.time.Duration;

/// How many messages an address may have within a time.
///
/// @param maxMessages who had so many within the period, or more, is left out; 1 to 1,000
/// @param period back from the submission, a minute to 31 days
public record FrequencyCap(int maxMessages, Duration period) {
  private static final int MOST_MESSAGES = 1_000;
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(31);

  public FrequencyCap {
    if (maxMessages < 1 || maxMessages > MOST_MESSAGES) {
      throw new IllegalArgumentException("a cap allows 1 to 1,000 messages");
    }
    if (period.compareTo(SHORTEST) < 0 || period.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a cap looks back a minute to 31 days");
    }
  }
}
