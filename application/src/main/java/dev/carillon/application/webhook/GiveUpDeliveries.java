package dev.carillon.application.webhook;

import dev.carillon.application.port.WebhookDeliveries;
import dev.carillon.domain.webhook.DeliverySchedule;
import java.time.Duration;

/// Gives up what nobody tries any more, since its endpoint is disabled or was deleted.
public final class GiveUpDeliveries {
  private static final int AT_ONCE = 1_000;

  /// What is still tried gives itself up before.
  private static final Duration SLACK = Duration.ofHours(1);

  private final WebhookDeliveries deliveries;
  private final DeliverySchedule schedule;

  public GiveUpDeliveries(WebhookDeliveries deliveries, DeliverySchedule schedule) {
    this.deliveries = deliveries;
    this.schedule = schedule;
  }

  /// Gives up some; returns how many.
  public int handle() {
    return deliveries.giveUp(schedule.giveUpAfter().plus(SLACK), AT_ONCE);
  }
}
