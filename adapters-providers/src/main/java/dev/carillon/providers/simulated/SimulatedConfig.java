package dev.carillon.providers.simulated;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the simulated carrier behaves where no magic address says otherwise.
///
/// @param ordinary what happens to a message at an ordinary address
/// @param receipts whether it tells anything later at all
/// @param logFile where it writes down what it was handed; null for nowhere
/// @param logForced whether each group of hand-overs is forced to the disk, so that the log
///   survives the machine too and not only the process
/// @param inquiry whether it can be asked what became of a message; without a log it cannot
/// @param judged whether its answers count as signs of how it is doing, so that bad ones slow it
///   down or stop it for everybody, as they would a real carrier
public record SimulatedConfig(
    Timing timing,
    Shares shares,
    Limits limits,
    SimulatedScript ordinary,
    boolean receipts,
    @Nullable Path logFile,
    boolean logForced,
    boolean inquiry,
    boolean judged) {

  /// Answers within 5 to 20 ms, delivers everything within 300 ms.
  public static final SimulatedConfig DEFAULT =
      new SimulatedConfig(
          Timing.DEFAULT,
          Shares.NONE,
          Limits.DEFAULT,
          SimulatedScript.DELIVERED,
          true,
          null,
          false,
          true,
          false);

  /// For measuring the house: answers while it is being given messages, and tells nothing later.
  public static final SimulatedConfig IMMEDIATE =
      DEFAULT
          .withTiming(Timing.DEFAULT.withLatency(Duration.ZERO, Duration.ZERO))
          .withReceipts(false);

  /// Everything that is wrong with it, each with the setting's name; empty when it may be used.
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    timing.check(problems);
    shares.check(problems);
    limits.check(problems);
    return List.copyOf(problems);
  }

  /// The same with other times.
  public SimulatedConfig withTiming(Timing value) {
    return new SimulatedConfig(
        value, shares, limits, ordinary, receipts, logFile, logForced, inquiry, judged);
  }

  /// The same with other shares.
  public SimulatedConfig withShares(Shares value) {
    return new SimulatedConfig(
        timing, value, limits, ordinary, receipts, logFile, logForced, inquiry, judged);
  }

  /// The same with other limits.
  public SimulatedConfig withLimits(Limits value) {
    return new SimulatedConfig(
        timing, shares, value, ordinary, receipts, logFile, logForced, inquiry, judged);
  }

  /// The same with another script for ordinary addresses.
  public SimulatedConfig withOrdinary(SimulatedScript value) {
    return new SimulatedConfig(
        timing, shares, limits, value, receipts, logFile, logForced, inquiry, judged);
  }

  /// The same with or without receipts.
  public SimulatedConfig withReceipts(boolean value) {
    return new SimulatedConfig(
        timing, shares, limits, ordinary, value, logFile, logForced, inquiry, judged);
  }

  /// The same with a log of hand-overs.
  public SimulatedConfig withLog(Path file, boolean forced) {
    return new SimulatedConfig(
        timing, shares, limits, ordinary, receipts, file, forced, inquiry, judged);
  }

  /// The same, to be asked what became of a message, or not.
  public SimulatedConfig withInquiry(boolean value) {
    return new SimulatedConfig(
        timing, shares, limits, ordinary, receipts, logFile, logForced, value, judged);
  }

  /// The same, its answers counting as signs of how it is doing, or not.
  public SimulatedConfig withJudged(boolean value) {
    return new SimulatedConfig(
        timing, shares, limits, ordinary, receipts, logFile, logForced, inquiry, value);
  }

  private static void require(boolean holds, List<String> problems, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }

  /// Times. Where there are two, each message draws its own between them.
  ///
  /// @param latencyFrom shortest time to an answer
  /// @param latencyTo longest
  /// @param receiptFrom shortest time from the answer, or from the receipt before, to a receipt
  /// @param receiptTo longest
  /// @param answerTimeout how long a worker waits for an answer
  /// @param retryAfter what it asks for where it asks to wait
  public record Timing(
      Duration latencyFrom,
      Duration latencyTo,
      Duration receiptFrom,
      Duration receiptTo,
      Duration answerTimeout,
      Duration retryAfter) {

    /// 5 to 20 ms to an answer, 50 to 300 ms to a receipt, time-out 10 s, waiting 1 s.
    public static final Timing DEFAULT =
        new Timing(
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofMillis(50),
            Duration.ofMillis(300),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1));

    /// The same with another time to an answer.
    public Timing withLatency(Duration from, Duration to) {
      return new Timing(from, to, receiptFrom, receiptTo, answerTimeout, retryAfter);
    }

    /// The same with another time to a receipt.
    public Timing withReceiptDelay(Duration from, Duration to) {
      return new Timing(latencyFrom, latencyTo, from, to, answerTimeout, retryAfter);
    }

    /// The same with another time-out.
    public Timing withAnswerTimeout(Duration timeout) {
      return new Timing(latencyFrom, latencyTo, receiptFrom, receiptTo, timeout, retryAfter);
    }

    private void check(List<String> problems) {
      checkRange("latency", latencyFrom, latencyTo, problems);
      checkRange("receipt", receiptFrom, receiptTo, problems);
      require(isPositive(answerTimeout), problems, "answer-timeout must be above 0");
      require(
          latencyTo.compareTo(answerTimeout) < 0,
          problems,
          "latency-to must be shorter than answer-timeout");
      require(!retryAfter.isNegative(), problems, "retry-after must not be negative");
    }

    private static void checkRange(String name, Duration from, Duration to, List<String> problems) {
      require(!from.isNegative(), problems, name + "-from must not be negative");
      require(
          from.compareTo(to) <= 0,
          problems,
          "%s-from must not be more than %s-to".formatted(name, name));
    }

    private static boolean isPositive(Duration duration) {
      return !duration.isZero() && !duration.isNegative();
    }
  }

  /// Which part of the messages at ordinary addresses fares worse, drawn for each attempt from the
  /// seed and the message, so that the same run ends the same. Each 0 to 1, together at most 1.
  ///
  /// @param refused refused for good
  /// @param undelivered taken, and a receipt says no
  /// @param unreachable the carrier is not reached in this attempt
  /// @param lost taken, and never answered
  public record Shares(
      double refused, double undelivered, double unreachable, double lost, long seed) {
    /// All fare well.
    public static final Shares NONE = new Shares(0, 0, 0, 0, 1);

    /// Whether nothing is ever drawn.
    boolean areNone() {
      return sum() == 0;
    }

    private double sum() {
      return refused + undelivered + unreachable + lost;
    }

    private void check(List<String> problems) {
      checkShare("refused", refused, problems);
      checkShare("undelivered", undelivered, problems);
      checkShare("unreachable", unreachable, problems);
      checkShare("lost", lost, problems);
      require(
          !(sum() > 1),
          problems,
          "the shares refused, undelivered, unreachable and lost must not exceed 1 together");
    }

    private static void checkShare(String name, double share, List<String> problems) {
      require(share >= 0 && share <= 1, problems, name + " must be 0 to 1");
    }
  }

  /// Bounds.
  ///
  /// @param ratePerSecond messages taken in a second, then it is too busy; 0 for any number
  /// @param concurrency messages unanswered at once, of all workers together
  /// @param window messages of one worker unanswered at once
  /// @param pendingReceipts receipts not yet stored; when there are more to come, it takes no
  ///   message
  public record Limits(int ratePerSecond, int concurrency, int window, int pendingReceipts) {
    /// Any rate, 10,000 at once, 500 of one worker, 50,000 receipts.
    public static final Limits DEFAULT = new Limits(0, 10_000, 500, 50_000);

    /// Enough for the receipts of one group of messages.
    static final int FEWEST_PENDING_RECEIPTS = 1_000;

    private static final int MOST_CONCURRENCY = 100_000;
    private static final int MOST_WINDOW = 10_000;
    private static final int MOST_PENDING_RECEIPTS = 1_000_000;

    private void check(List<String> problems) {
      require(ratePerSecond >= 0, problems, "rate-per-second must not be negative");
      checkRange("concurrency", concurrency, 1, MOST_CONCURRENCY, problems);
      checkRange("window", window, 1, MOST_WINDOW, problems);
      checkRange(
          "pending-receipts",
          pendingReceipts,
          FEWEST_PENDING_RECEIPTS,
          MOST_PENDING_RECEIPTS,
          problems);
    }

    private static void checkRange(
        String name, int value, int least, int most, List<String> problems) {
      require(
          value >= least && value <= most,
          problems,
          "%s must be %d to %d".formatted(name, least, most));
    }
  }
}
