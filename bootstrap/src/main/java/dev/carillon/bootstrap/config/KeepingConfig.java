package dev.carillon.bootstrap.config;

import dev.carillon.application.keeping.TidyUp;
import dev.carillon.domain.job.FailureGuard;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How the house is kept.
///
/// @param receiptWindow how long after a job's end receipts are awaited
/// @param misfireGrace how late a job that skips may begin
/// @param quietTime a job of which nothing is heard for so long, without a reason, is reported
/// @param period between two looks of the duties that keep jobs moving
/// @param failures when a job has failed so often that it pauses itself
/// @param witnessFile where it is noted, outside the database, which history of it was seen last;
///   null for the usual place
/// @param tidy how long what is kept
/// @param parkedReceiptsKept how long receipts are kept about which nobody knows what they are
///   about
/// @param eventsKept how long events are kept, at least; zero for ever
public record KeepingConfig(
    Duration receiptWindow,
    Duration misfireGrace,
    Duration quietTime,
    Duration period,
    FailureGuard failures,
    @Nullable Path witnessFile,
    TidyUp.Settings tidy,
    Duration parkedReceiptsKept,
    Duration eventsKept) {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration LEAST_EVENTS_KEPT = Duration.ofDays(4);

  static KeepingConfig read(Section section) {
    String witness = section.text("witness-file");
    return new KeepingConfig(
        section.duration("receipt-window", SECOND, Duration.ofDays(30)),
        section.duration("misfire-grace", SECOND, DAY),
        section.duration("quiet-time", SECOND, DAY),
        section.duration("period", Duration.ofMillis(50), Duration.ofMinutes(1)),
        new FailureGuard(section.integer("failure-least-messages", 1, Integer.MAX_VALUE)),
        witness.isEmpty() ? null : Path.of(witness),
        new TidyUp.Settings(
            section.duration("request-ids-kept", DAY, Duration.ofDays(365)),
            section.duration("jobs-kept", Duration.ZERO, Duration.ofDays(3_650))),
        section.duration("parked-receipts-kept", Duration.ofMinutes(1), Duration.ofDays(90)),
        eventsKept(section));
  }

  /// Longer than deliveries are tried.
  private static Duration eventsKept(Section section) {
    Duration kept = section.duration("events-kept", Duration.ZERO, Duration.ofDays(3_650));
    if (!kept.isZero() && kept.compareTo(LEAST_EVENTS_KEPT) < 0) {
      section.problem("events-kept", "must be 0s or at least " + LEAST_EVENTS_KEPT.toDays() + "d");
    }
    return kept;
  }
}
