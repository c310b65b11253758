package dev.carillon.application.memory;

import dev.carillon.application.memory.InMemoryCarrierMessages.PartId;
import dev.carillon.domain.delivery.CarrierReceipt;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A parked receipt as it is kept in memory.
///
/// @param lookAt when to look for its id again; null for never
/// @param lookByAddressAt when to look for its address again; null for never
record ParkedRow(
    CarrierReceipt receipt,
    Instant parkedAt,
    @Nullable Instant lookAt,
    @Nullable Instant lookByAddressAt) {

  private static final Duration LEAST = Duration.ofMillis(500);
  private static final Duration LEAST_BY_ADDRESS = Duration.ofSeconds(1);

  static ParkedRow of(CarrierReceipt receipt, Instant now) {
    return new ParkedRow(
        receipt,
        now,
        receipt.carrierMessageId().isEmpty() ? null : now,
        receipt.address().isEmpty() ? null : now);
  }

  PartId id() {
    return new PartId(receipt.carrier(), receipt.carrierMessageId());
  }

  boolean isSame(CarrierReceipt other) {
    String id = receipt.carrierMessageId();
    return receipt.carrier().equals(other.carrier())
        && receipt.kind() == other.kind()
        && id.equals(other.carrierMessageId())
        && (!id.isEmpty() || receipt.address().equals(other.address()));
  }

  boolean isDue(Instant now) {
    return lookAt != null && !lookAt.isAfter(now);
  }

  boolean isDueByAddress(Instant before) {
    return lookByAddressAt != null && lookByAddressAt.isBefore(before);
  }

  boolean namesNothing() {
    return receipt.carrierMessageId().isEmpty() && receipt.address().isEmpty();
  }

  ParkedRow lookedFor(Instant now) {
    Instant next = now.plus(since(now, LEAST).dividedBy(2));
    return new ParkedRow(receipt, parkedAt, next, lookByAddressAt);
  }

  ParkedRow lookedForByAddress(Instant before) {
    return new ParkedRow(receipt, parkedAt, lookAt, before.plus(since(before, LEAST_BY_ADDRESS)));
  }

  ParkedRow withoutAddress() {
    return new ParkedRow(with("", receipt.detail()), parkedAt, lookAt, null);
  }

  ParkedRow erased() {
    return new ParkedRow(with("", ""), parkedAt, lookAt, null);
  }

  private Duration since(Instant now, Duration least) {
    Duration since = Duration.between(parkedAt, now);
    return since.compareTo(least) < 0 ? least : since;
  }

  private CarrierReceipt with(String address, String detail) {
    return new CarrierReceipt(
        receipt.carrier(),
        receipt.carrierMessageId(),
        receipt.rawId(),
        address,
        receipt.kind(),
        receipt.reason(),
        detail,
        receipt.at());
  }
}
