package dev.carillon.domain.message;

import dev.carillon.domain.job.Counters;

/// How many messages of a chunk are in each state.
public final class Tally {
  private final int[] counts;

  private Tally(int[] counts) {
    this.counts = counts;
  }

  /// The tally of status bytes, counted.
  public static Tally of(byte[] statuses) {
    int[] counts = new int[MessageState.values().length];
    for (byte status : statuses) {
      counts[status & StatusByte.STATE_MASK]++;
    }
    return new Tally(counts);
  }

  /// How many are in this state.
  public int count(MessageState state) {
    return counts[state.code()];
  }

  /// All of them.
  public int total() {
    int total = 0;
    for (int count : counts) {
      total += count;
    }
    return total;
  }

  /// Whether one of them still awaits its receipt, or the settling of its UNKNOWN.
  public boolean hasOpenReceipts() {
    return count(MessageState.SENT) + unknown() > 0;
  }

  /// The counters of a job that had only these messages.
  public Counters counters(boolean jobHasStarted, long retries) {
    int waiting = count(MessageState.QUEUED) + count(MessageState.IN_FLIGHT);
    return new Counters(
        count(MessageState.REJECTED_INVALID),
        count(MessageState.REJECTED_DUPLICATE),
        count(MessageState.REJECTED_SUPPRESSED),
        count(MessageState.REJECTED_NO_ADDRESS),
        jobHasStarted ? 0 : waiting,
        jobHasStarted ? waiting : 0,
        count(MessageState.SENT),
        count(MessageState.DELIVERED),
        count(MessageState.READ),
        count(MessageState.UNDELIVERED),
        count(MessageState.FAILED)
            + count(MessageState.FAILED_OUTCOME_UNKNOWN)
            + count(MessageState.FAILED_SYSTEM_ERROR),
        count(MessageState.EXPIRED),
        count(MessageState.CANCELLED)
            + count(MessageState.CANCELLED_SUPPRESSED)
            + count(MessageState.CANCELLED_DELETED),
        unknown(),
        retries);
  }

  private int unknown() {
    return count(MessageState.UNKNOWN)
        + count(MessageState.RESENDING)
        + count(MessageState.UNKNOWN_RESENT);
  }
}
