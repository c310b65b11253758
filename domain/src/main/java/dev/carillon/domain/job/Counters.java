package dev.carillon.domain.job;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/// What became of a job's messages: disjoint buckets, and every figure of the API derived from
/// them. `total = rejected + accepted` holds by construction.
///
/// @param invalid left out: bad address or content
/// @param duplicate left out: same as an earlier entry
/// @param suppressed left out: on the suppression list
/// @param noAddress left out: the recipient has no address for the channel
/// @param pending the job has not started
/// @param queued waiting for an attempt, or at the carrier without an answer yet
/// @param sent a carrier took it, no receipt yet
/// @param delivered a receipt says it arrived
/// @param read a receipt says it was read
/// @param undelivered taken, then a receipt said no
/// @param failed refused for good, or attempts used up
/// @param expired its time ran out before hand-over
/// @param cancelled cancelled before hand-over
/// @param unknown handed over, answer lost
/// @param retries automatic re-attempts so far
public record Counters(
    long invalid,
    long duplicate,
    long suppressed,
    long noAddress,
    long pending,
    long queued,
    long sent,
    long delivered,
    long read,
    long undelivered,
    long failed,
    long expired,
    long cancelled,
    long unknown,
    long retries) {

  /// Those of a job without messages.
  public static final Counters NONE = new Counters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /// The same job's counters as they were when it was accepted: nothing had been sent.
  public Counters atAcceptance() {
    return new Counters(
        invalid, duplicate, suppressed, noAddress, accepted(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /// Entries left out at acceptance.
  public long rejected() {
    return invalid + duplicate + suppressed + noAddress;
  }

  /// Entries that are, or were, to be sent.
  public long accepted() {
    return pending
        + queued
        + sent
        + delivered
        + read
        + undelivered
        + failed
        + expired
        + cancelled
        + unknown;
  }

  /// All entries.
  public long total() {
    return rejected() + accepted();
  }

  /// Taken by a carrier (S0's sent_count).
  public long sentCount() {
    return sent + delivered + read + undelivered;
  }

  /// Arrived (S0's delivered_count).
  public long deliveredCount() {
    return delivered + read;
  }

  /// Did not arrive (S0's failed_count, S1's failureCount).
  public long failedCount() {
    return failed + undelivered + expired;
  }

  /// Taken and not known to have failed (S1's successCount).
  public long successCount() {
    return sent + delivered + read;
  }

  /// Accepted and no longer waiting.
  public long processed() {
    return accepted() - pending - queued;
  }

  /// Accepted and still waiting.
  public long remaining() {
    return accepted() - processed();
  }

  /// Processed of accepted in percent, rounded down; 100 when nothing was accepted.
  public int progressPercent() {
    long accepted = accepted();
    return accepted == 0 ? 100 : (int) (processed() * 100 / accepted);
  }

  /// Success of (success + failure) in percent with two decimals, half up; absent while both are 0.
  public Optional<BigDecimal> successRatePercent() {
    long judged = successCount() + failedCount();
    return judged == 0
        ? Optional.empty()
        : Optional.of(
            BigDecimal.valueOf(successCount() * 100)
                .divide(BigDecimal.valueOf(judged), 2, RoundingMode.HALF_UP));
  }

  /// Whether a message still awaits its receipt, or the settling of its UNKNOWN.
  public boolean hasOpenReceipts() {
    return sent + unknown > 0;
  }
}
