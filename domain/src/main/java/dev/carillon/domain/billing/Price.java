package dev.carillon.domain.billing;

import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.content.Channel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a message costs at certain destinations during a certain time. Never changes once it is
/// set, but for the end of its time.
///
/// @param business whose price it is; null for everybody's who has none of their own
/// @param destination where it holds
/// @param amount for one unit
/// @param validFrom since when, inclusive
/// @param validTo until when, exclusive; null while no end is known
public record Price(
    PriceId id,
    @Nullable BusinessId business,
    Environment environment,
    Channel channel,
    Destination destination,
    PriceUnit unit,
    Money amount,
    Instant validFrom,
    @Nullable Instant validTo) {

  /// Whether it holds at that time.
  public boolean holdsAt(Instant time) {
    return !time.isBefore(validFrom) && (validTo == null || time.isBefore(validTo));
  }

  /// What a message with so many billed parts costs.
  public Money of(int parts) {
    return unit == PriceUnit.PART ? amount.times(parts) : amount;
  }
}
