package dev.carillon.application.keeping;

import dev.carillon.application.port.CarrierMessages;
import dev.carillon.application.port.CarrierMessages.Parked;
import dev.carillon.application.settling.Halving;
import dev.carillon.application.settling.Sweeping;
import dev.carillon.application.settling.ToldReceipt;
import dev.carillon.domain.delivery.CarrierReceipt;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;

/// Settles receipts that overtook the answer that makes their id known, once it is. One that fails
/// by itself is reported and stays parked: it is tried again ever more seldom, and keeps nothing
/// from those behind it.
public final class MatchParked {
  private static final int AT_ONCE = 2_000;

  private final CarrierMessages messages;
  private final Sweeping sweeping;
  private final InstantSource clock;
  private final BiConsumer<CarrierReceipt, RuntimeException> failed;

  /// @param failed is told what failed by itself
  public MatchParked(
      CarrierMessages messages,
      Sweeping sweeping,
      InstantSource clock,
      BiConsumer<CarrierReceipt, RuntimeException> failed) {
    this.messages = messages;
    this.sweeping = sweeping;
    this.clock = clock;
    this.failed = failed;
  }

  /// Does a part of it; returns how many were parked no more.
  public int handle() {
    List<Parked> matched = messages.matched(clock.instant(), AT_ONCE);
    int[] settled = {0};
    Halving.each(
        matched,
        some -> {
          settle(some);
          settled[0] += some.size();
        },
        (parked, failure) -> failed.accept(parked.receipt(), failure));
    return settled[0];
  }

  private void settle(List<Parked> matched) {
    sweeping.told(
        matched.stream()
            .map(parked -> ToldReceipt.ofPart(parked.receipt(), parked.part()))
            .toList(),
        messages::note,
        _ -> messages.unpark(matched.stream().map(Parked::number).toList()));
  }
}
