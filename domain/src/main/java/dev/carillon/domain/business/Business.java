package dev.carillon.domain.business;

import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.RefundPlan;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A tenant: owns recipients, groups, jobs, balance, keys and webhooks.
///
/// @param currency ISO 4217 code of its money; never changes
/// @param stop null while it works
/// @param version grows with every change
public record Business(
    BusinessId id,
    Profile profile,
    String currency,
    Terms terms,
    @Nullable Stop stop,
    Instant createdAt,
    Instant updatedAt,
    long version) {
  public Business {
    if (terms.lowBalance() != null && !terms.lowBalance().currency().equals(currency)) {
      throw new IllegalArgumentException("a business has one currency");
    }
  }

  /// Whether nothing of it is handed over and nothing new is accepted.
  public boolean stopped() {
    return stop != null;
  }

  /// The same, stopped.
  public Business stoppedBy(String principal, String reason, Instant now) {
    return with(new Stop(now, principal, reason), now);
  }

  /// The same, at work again.
  public Business resumed(Instant now) {
    return with(null, now);
  }

  private Business with(@Nullable Stop other, Instant now) {
    return new Business(id, profile, currency, terms, other, createdAt, now, version + 1);
  }

  /// How it is called and where it is.
  ///
  /// @param defaultRegion ISO 3166-1 alpha-2 region for numbers without a country code
  public record Profile(String name, String defaultRegion) {}

  /// What was agreed with it.
  ///
  /// @param refunds what it is given back besides what always is
  /// @param quotas its limits, where they are its own
  /// @param lowBalance it is told when its balance falls below; null for never
  public record Terms(RefundPlan refunds, QuotaLimits quotas, @Nullable Money lowBalance) {}

  /// Who stopped everything of it, when and why.
  ///
  /// @param by the principal
  /// @param reason in the words of who did
  public record Stop(Instant at, String by, String reason) {}
}
