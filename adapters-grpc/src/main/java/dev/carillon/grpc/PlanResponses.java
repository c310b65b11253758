package dev.carillon.grpc;

import com.google.type.TimeOfDay;
import dev.carillon.domain.job.DispatchPlan;
import dev.carillon.domain.job.SendWindow;
import dev.carillon.v1.BulkJob;
import java.time.LocalTime;

/// Maps when and how fast a job is handed over.
final class PlanResponses {
  private PlanResponses() {}

  static void add(BulkJob.Builder response, DispatchPlan plan) {
    response
        .setExpireTime(ProtoValues.timestamp(plan.deadline()))
        .setRatePerSecond(plan.ratePerSecond())
        .setMisfirePolicy(ProtoEnums.MISFIRE_POLICY.toProto(plan.misfire()))
        .setUnknownPolicy(ProtoEnums.UNKNOWN_POLICY.toProto(plan.unknown()))
        .setAutoPauseFailurePercent(plan.failurePercent());
    if (plan.sendTime() != null) {
      response.setSendTime(ProtoValues.timestamp(plan.sendTime()));
    }
    if (plan.window() != null) {
      response.setSendWindow(window(plan.window()));
    }
  }

  private static dev.carillon.v1.SendWindow window(SendWindow window) {
    return dev.carillon.v1.SendWindow.newBuilder()
        .setFrom(time(window.from()))
        .setTo(time(window.to()))
        .addAllDays(window.days().stream().sorted().map(ProtoEnums.DAY_OF_WEEK::toProto).toList())
        .setFallbackTimeZone(window.fallback().getId())
        .build();
  }

  private static TimeOfDay time(LocalTime time) {
    return TimeOfDay.newBuilder().setHours(time.getHour()).setMinutes(time.getMinute()).build();
  }
}
