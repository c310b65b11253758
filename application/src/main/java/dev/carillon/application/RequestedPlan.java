package dev.carillon.application;

import dev.carillon.domain.error.DomainError.InvalidFields;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.job.DispatchPlan;
import dev.carillon.domain.job.MisfirePolicy;
import dev.carillon.domain.job.SendWindow;
import dev.carillon.domain.job.UnknownPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// When and how fast a submission asks to be handed over; what it leaves open is the service's to
/// say.
///
/// @param sendTime not before; null, or past, for at once
/// @param expireTime what still waits then is EXPIRED; null for the greatest age
/// @param window hours of the day; null for all
/// @param ratePerSecond at most so many messages in a second; 0 for no limit of its own
/// @param misfire what to do when it could not begin at its send time
/// @param unknown what to do with a message whose answer was lost
/// @param failurePercent the job pauses itself when so many of its messages failed; 0 for never,
///   empty for the service's default
public record RequestedPlan(
    @Nullable Instant sendTime,
    @Nullable Instant expireTime,
    @Nullable SendWindow window,
    int ratePerSecond,
    MisfirePolicy misfire,
    UnknownPolicy unknown,
    OptionalInt failurePercent) {

  /// Asks for nothing.
  public static final RequestedPlan NONE =
      new RequestedPlan(
          null, null, null, 0, MisfirePolicy.SEND_LATE, UnknownPolicy.HOLD, OptionalInt.empty());

  /// How far ahead a send time may lie, and an expire time beyond it.
  public static final Duration FARTHEST = Duration.ofDays(366);

  /// Times are kept as exactly as the store keeps them.
  public RequestedPlan {
    sendTime = sendTime == null ? null : sendTime.truncatedTo(ChronoUnit.MICROS);
    expireTime = expireTime == null ? null : expireTime.truncatedTo(ChronoUnit.MICROS);
  }

  /// Throws InvalidFields when its times cannot be met by what is accepted now.
  ///
  /// @param begins whether its time begins now, and not when an upload is complete
  void check(Instant now, Limits limits, boolean begins) {
    List<FieldViolation> violations = new ArrayList<>();
    if (sendTime != null && sendTime.isAfter(now.plus(FARTHEST))) {
      violations.add(new FieldViolation("send_time", "must not be more than 366 days ahead"));
    }
    if (expireTime != null && !expireTime.isAfter(start(now))) {
      violations.add(
          new FieldViolation("expire_time", "must be in the future, and after send_time"));
    }
    if (expireTime != null && expireTime.isAfter(start(now).plus(FARTHEST))) {
      violations.add(
          new FieldViolation("expire_time", "must not be more than 366 days after the start"));
    }
    boolean ends = begins || expireTime != null;
    if (violations.isEmpty() && ends && !plan(now, limits).leavesTime(now)) {
      violations.add(neverOpens("send_window"));
    }
    InvalidFields.refuse(violations);
  }

  /// Hours that are over, everywhere, before they begin.
  ///
  /// @param path where the caller wrote them
  static FieldViolation neverOpens(String path) {
    return new FieldViolation(
        path,
        "does not open before the job expires (expire_time, or else the greatest age of a job),"
            + " wherever its recipients live");
  }

  /// The plan of a job that is accepted at that time.
  DispatchPlan plan(Instant now, Limits limits) {
    Instant start = start(now);
    return new DispatchPlan(
        start.isAfter(now) ? start : null,
        expireTime == null ? start.plus(limits.maxAge()) : expireTime,
        window,
        ratePerSecond,
        misfire,
        unknown,
        failurePercent.orElse(limits.failurePercent()));
  }

  private Instant start(Instant now) {
    return sendTime != null && sendTime.isAfter(now) ? sendTime : now;
  }
}
