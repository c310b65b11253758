package dev.carillon.application.keeping;

import dev.carillon.application.port.CarrierMessages;
import dev.carillon.application.port.CarrierMessages.Parked;
import dev.carillon.application.settling.Halving;
import dev.carillon.application.settling.Sweeping;
import dev.carillon.application.settling.ToldReceipt;
import dev.carillon.domain.delivery.CarrierReceipt;
import dev.carillon.domain.message.MessageRef;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;

/// Settles messages in doubt by receipts whose id never became known, because the answer with it
/// was lost: where the address leaves no choice. The id is remembered then, for what is told later.
/// One that fails by itself is reported and stays parked.
public final class MatchByAddress {
  /// What still has no known id then will hardly get one by an answer.
  private static final Duration AFTER = Duration.ofSeconds(30);

  private static final int AT_ONCE = 500;

  private final CarrierMessages messages;
  private final Sweeping sweeping;
  private final InstantSource clock;
  private final BiConsumer<CarrierReceipt, RuntimeException> failed;

  /// @param failed is told what failed by itself
  public MatchByAddress(
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
    List<Parked> matched =
        unambiguous(messages.matchedByAddress(clock.instant().minus(AFTER), AT_ONCE));
    int[] settled = {0};
    Halving.each(
        matched,
        some -> settled[0] += settle(some),
        (parked, failure) -> failed.accept(parked.receipt(), failure));
    return settled[0];
  }

  private int settle(List<Parked> matched) {
    Map<ToldReceipt, Parked> parked = new LinkedHashMap<>();
    matched.forEach(one -> parked.put(ToldReceipt.guessed(one.receipt(), one.part()), one));
    return sweeping
        .told(
            parked.keySet(),
            messages::note,
            kept -> kept.forEach(told -> remember(Objects.requireNonNull(parked.get(told)))))
        .size();
  }

  private void remember(Parked parked) {
    CarrierReceipt receipt = parked.receipt();
    messages.learn(receipt.carrier(), Map.of(receipt.carrierMessageId(), parked.part()));
    messages.unpark(List.of(parked.number()));
  }

  /// Without those of messages for which several ids are parked.
  private static List<Parked> unambiguous(List<Parked> matched) {
    Map<MessageRef, Set<String>> ids = new HashMap<>();
    for (Parked parked : matched) {
      ids.computeIfAbsent(parked.part().ref(), _ -> new HashSet<>())
          .add(parked.receipt().carrierMessageId());
    }
    return matched.stream()
        .filter(parked -> ids.getOrDefault(parked.part().ref(), Set.of()).size() == 1)
        .toList();
  }
}
