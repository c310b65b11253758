package dev.carillon.application.webhook;

import dev.carillon.domain.webhook.DeliverySchedule;
import java.time.Duration;

/// How webhooks are dealt with.
///
/// @param endpoints most of a business in one environment
/// @param inFlight attempts of this node at a time
/// @param perEndpoint attempts at one endpoint at a time, on all nodes together
/// @param leaseTime longer than any attempt takes
/// @param beginWithin so long after it was leased an attempt may begin, to be over before its lease
/// @param schedule when attempts are repeated, and until when
/// @param disableAfter so long nothing but failures; zero for never
public record WebhookSettings(
    int endpoints,
    int inFlight,
    int perEndpoint,
    Duration leaseTime,
    Duration beginWithin,
    DeliverySchedule schedule,
    Duration disableAfter) {
  /// 20 endpoints; 256 attempts, 4 of an endpoint; tried for three days, and disabled then.
  public static final WebhookSettings DEFAULTS =
      new WebhookSettings(
          20,
          256,
          4,
          Duration.ofSeconds(45),
          Duration.ofSeconds(15),
          DeliverySchedule.DEFAULT,
          Duration.ofDays(3));

  private static final int BUSINESSES_AT_LEAST = 8;

  /// Attempts for one business in one environment at a time, on all nodes together: a part of what
  /// one node makes, so that nobody's slow receivers fill it.
  public int perScope() {
    return Math.max(perEndpoint, inFlight / BUSINESSES_AT_LEAST);
  }
}
