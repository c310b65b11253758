package dev.carillon.providers;

import dev.carillon.domain.delivery.CarrierId;
import java.util.List;

/// What a new plan changed about the carriers, each by name.
public record CarrierChanges(
    List<CarrierId> started, List<CarrierId> replaced, List<CarrierId> ended) {
  /// Whether all are as they were; routes may differ.
  public boolean areNone() {
    return started.isEmpty() && replaced.isEmpty() && ended.isEmpty();
  }

  @Override
  public String toString() {
    return "started " + started + ", replaced " + replaced + ", ended " + ended;
  }
}
