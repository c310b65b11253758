package dev.carillon.application.port;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.delivery.AdaptiveRate;
import dev.carillon.domain.delivery.CarrierId;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps the limits that operators set while the house runs, and what carriers taught it.
public interface FlowLimits {
  /// What was set for carriers and learnt from them; carriers without a row are not limited.
  Map<CarrierId, CarrierLimits> carriers();

  /// Sets what was set for a carrier; what was learnt is forgotten.
  void set(
      CarrierId carrier, double perSecond, int window, boolean enabled, String by, Instant now);

  /// Notes that a carrier was too busy, unless another node noted it after the rate that was read.
  void cut(CarrierId carrier, AdaptiveRate before, AdaptiveRate after);

  /// The limits of these senders; those without one are left out.
  Map<Sender, Double> senders(Collection<Sender> senders);

  /// All limits of senders of a scope, or of all scopes (null).
  Map<Sender, Double> allSenders(@Nullable Scope scope);

  /// Sets the limit of a sender; 0 takes it away.
  void set(Sender sender, double perSecond, String by, Instant now);

  /// What holds for one carrier.
  ///
  /// @param rate its limit and what it was cut to
  /// @param window most messages unanswered of one worker; 0 for the carrier's own
  /// @param enabled false when an operator switched it off
  record CarrierLimits(AdaptiveRate rate, int window, boolean enabled) {}

  /// A sender of a business, as recipients see it.
  record Sender(Scope scope, String value) {}
}
