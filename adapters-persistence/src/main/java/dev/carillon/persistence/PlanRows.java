package dev.carillon.persistence;

import dev.carillon.domain.job.DispatchPlan;
import dev.carillon.domain.job.MisfirePolicy;
import dev.carillon.domain.job.SendWindow;
import dev.carillon.domain.job.UnknownPolicy;
import dev.carillon.persistence.schema.tables.records.JobRecord;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Between the columns of job rows that say when and how fast, and the domain.
final class PlanRows {
  private PlanRows() {}

  static void write(JobRecord row, DispatchPlan plan) {
    row.setSendTime(plan.sendTime());
    row.setDeadline(plan.deadline());
    row.setRatePerSecond(plan.ratePerSecond());
    row.setMisfire(plan.misfire().name());
    row.setUnknownPolicy(plan.unknown().name());
    row.setFailurePercent((short) plan.failurePercent());
    write(row, plan.window());
  }

  static void write(JobRecord row, @Nullable SendWindow window) {
    row.setWindowFrom(window == null ? null : window.from());
    row.setWindowTo(window == null ? null : window.to());
    row.setWindowDays(window == null ? null : bits(window.days()));
    row.setWindowZone(window == null ? null : window.fallback().getId());
  }

  static DispatchPlan plan(JobRecord job) {
    return new DispatchPlan(
        job.getSendTime(),
        job.getDeadline(),
        window(job),
        job.getRatePerSecond(),
        MisfirePolicy.valueOf(job.getMisfire()),
        UnknownPolicy.valueOf(job.getUnknownPolicy()),
        job.getFailurePercent());
  }

  static @Nullable SendWindow window(JobRecord job) {
    LocalTime from = job.getWindowFrom();
    return from == null
        ? null
        : new SendWindow(
            from, job.getWindowTo(), days(job.getWindowDays()), ZoneId.of(job.getWindowZone()));
  }

  private static short bits(Set<DayOfWeek> days) {
    return (short) days.stream().mapToInt(PlanRows::bit).sum();
  }

  private static Set<DayOfWeek> days(@Nullable Short bits) {
    int days = bits == null ? 0 : bits;
    return Arrays.stream(DayOfWeek.values())
        .filter(day -> (days & bit(day)) != 0)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static int bit(DayOfWeek day) {
    return 1 << (day.getValue() - 1);
  }
}
