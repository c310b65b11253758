package dev.carillon.domain.job;

import dev.carillon.domain.billing.JobBilling;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.message.ToldStatuses;
import dev.carillon.domain.template.TemplateRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One submission as it stands now.
///
/// @param id its number inside the house
/// @param bulkId its public id
/// @param scope the tenant and world it belongs to
/// @param submission what was asked for
/// @param life where it stands and since when
/// @param counters what became of its messages
/// @param billing what it costs
/// @param version grows with every change of the job or of one of its chunks
public record BulkJob(
    JobId id,
    BulkId bulkId,
    Scope scope,
    Submission submission,
    Life life,
    Counters counters,
    JobBilling billing,
    long version) {

  /// What was asked for, without what is said: that is kept for those who send it. Its owner may
  /// change name, rate and window.
  ///
  /// @param name display name
  /// @param priority its place in the queue
  /// @param labels the owner's own labels
  /// @param createdBy the key's or user's id
  /// @param provider the carrier that stands for it: the heaviest of the most general route
  /// @param parent the job that this one retries
  /// @param plan when and how fast it is to be handed over
  /// @param template what its content was made of; null when it was made of none
  /// @param told which statuses of its messages its owner is told of by events
  public record Submission(
      String name,
      Channel channel,
      Priority priority,
      Map<String, String> labels,
      String createdBy,
      String provider,
      @Nullable BulkId parent,
      DispatchPlan plan,
      @Nullable TemplateRef template,
      ToldStatuses told) {

    /// A submission that asks for no events of its messages.
    public Submission(
        String name,
        Channel channel,
        Priority priority,
        Map<String, String> labels,
        String createdBy,
        String provider,
        @Nullable BulkId parent,
        DispatchPlan plan,
        @Nullable TemplateRef template) {
      this(
          name,
          channel,
          priority,
          labels,
          createdBy,
          provider,
          parent,
          plan,
          template,
          ToldStatuses.NONE);
    }

    /// The same that brings its own words.
    public Submission(
        String name,
        Channel channel,
        Priority priority,
        Map<String, String> labels,
        String createdBy,
        String provider,
        @Nullable BulkId parent,
        DispatchPlan plan) {
      this(name, channel, priority, labels, createdBy, provider, parent, plan, null);
    }

    /// The same under another name and plan.
    public Submission with(String newName, DispatchPlan newPlan) {
      return new Submission(
          newName, channel, priority, labels, createdBy, provider, parent, newPlan, template, told);
    }
  }

  /// Where it stands and since when.
  ///
  /// @param error why it FAILED
  /// @param pause why it is PAUSED
  /// @param settledAt since when no receipt can move a figure any more
  public record Life(
      JobStatus status,
      @Nullable JobError error,
      @Nullable PauseReason pause,
      Instant createdAt,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt,
      Instant updatedAt,
      @Nullable Instant settledAt) {}

  private static final long SHORTEST_POLL_SECONDS = 2;
  private static final long LONGEST_POLL_SECONDS = 60;
  private static final long MESSAGES_PER_POLL_SECOND = 1_000;

  /// After so long without any change, a minute or the time of so many messages, a job stands
  /// still.
  private static final double STILL_NANOS = 60e9;

  private static final double STILL_MESSAGES = 10;

  public JobStatus status() {
    return life.status();
  }

  /// Whether it has ended; figures may still move until it has settled.
  public boolean done() {
    return life.status().isEnd();
  }

  /// When everything will have been handed over, by the rate measured since the start; empty before
  /// anything could be measured, while it is paused or stands still, and when done.
  public Optional<Instant> estimatedCompletion(Instant now) {
    Instant started = life.startedAt();
    long processed = counters.processed();
    if (done() || started == null || processed == 0 || !now.isAfter(started)) {
      return Optional.empty();
    }
    double nanosEach = (double) Duration.between(started, now).toNanos() / processed;
    return life.status() == JobStatus.PAUSED || standsStill(nanosEach, now)
        ? Optional.empty()
        : Optional.of(now.plusNanos((long) (nanosEach * counters.remaining())));
  }

  private boolean standsStill(double nanosEach, Instant now) {
    return Duration.between(life.updatedAt(), now).toNanos()
        > Math.max(STILL_NANOS, STILL_MESSAGES * nanosEach);
  }

  /// How long a poller should wait before it asks again, 2 to 60 s by what is left; empty when
  /// done.
  public Optional<Duration> pollAfter() {
    if (done()) {
      return Optional.empty();
    }
    long seconds = counters.remaining() / MESSAGES_PER_POLL_SECOND;
    return Optional.of(
        Duration.ofSeconds(Math.clamp(seconds, SHORTEST_POLL_SECONDS, LONGEST_POLL_SECONDS)));
  }
}
