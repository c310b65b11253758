package dev.carillon.application.memory;

import dev.carillon.application.port.CarrierMessages;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.CarrierReceipt;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// What carriers know messages by, in memory. What is parked is so at once, whatever the running
/// transaction comes to.
public final class InMemoryCarrierMessages implements CarrierMessages {
  private static final Duration ADDRESS_KEPT = Duration.ofHours(1);

  private static final Duration LATEST_ANSWER = Duration.ofDays(1);

  private static final List<ReceiptKind> RANKING =
      List.of(ReceiptKind.SENT, ReceiptKind.UNDELIVERED, ReceiptKind.DELIVERED, ReceiptKind.READ);

  private final InMemoryStore store;
  private final HandedOver handedOver;
  private final InstantSource clock;
  private final Map<PartId, List<Given>> ids = new HashMap<>();
  private final Map<OfAttempt, Map<Integer, ReceiptKind>> kinds = new HashMap<>();
  private final NavigableMap<Long, ParkedRow> parked = new TreeMap<>();
  private long last;

  InMemoryCarrierMessages(InMemoryStore store, HandedOver handedOver, InstantSource clock) {
    this.store = store;
    this.handedOver = handedOver;
    this.clock = clock;
  }

  void append(ChunkKey chunk, Attempt attempt) {
    List<String> partIds = attempt.partIds();
    MessageRef ref = new MessageRef(chunk.job(), chunk.number(), attempt.position());
    for (int i = 0; i < partIds.size(); i++) {
      Part part = new Part(ref, attempt.number(), i + 1, partIds.size());
      give(attempt.carrier(), partIds.get(i), part, attempt.at());
    }
  }

  @Override
  public Map<String, Part> find(CarrierId carrier, Collection<String> some) {
    return store.inTransaction(() -> {
      Map<String, Part> found = new HashMap<>();
      some.forEach(id -> part(new PartId(carrier, id)).ifPresent(part -> found.put(id, part)));
      return found;
    });
  }

  @Override
  public Map<CarrierReceipt, Part> match(Collection<CarrierReceipt> receipts) {
    return store.inTransaction(() -> {
      Map<CarrierReceipt, Part> found = new HashMap<>();
      receipts.forEach(
          receipt -> match(receipt, Instant.MAX).ifPresent(part -> found.put(receipt, part)));
      return found;
    });
  }

  @Override
  public Parts note(Part part, ReceiptKind kind) {
    store.requireTransaction();
    Map<Integer, ReceiptKind> own =
        kinds.computeIfAbsent(new OfAttempt(part.ref(), part.attempt()), _ -> new HashMap<>());
    ReceiptKind before = own.get(part.number());
    if (before == null || RANKING.indexOf(kind) > RANKING.indexOf(before)) {
      store.put(own, part.number(), kind);
    }
    return new Parts(part.of(), Map.copyOf(own));
  }

  @Override
  public void learn(CarrierId carrier, Map<String, Part> parts) {
    store.inTransaction(() -> {
      parts.forEach((id, part) -> {
        if (!part(new PartId(carrier, id)).equals(Optional.of(part))) {
          give(carrier, id, part, clock.instant());
        }
      });
      return parts;
    });
  }

  @Override
  public void park(List<CarrierReceipt> receipts, Instant now) {
    store.inTransaction(() -> {
      for (CarrierReceipt receipt : receipts) {
        if (parked.values().stream().noneMatch(row -> row.isSame(receipt))) {
          parked.put(++last, ParkedRow.of(receipt, now));
        }
      }
      return receipts;
    });
  }

  @Override
  public List<Parked> matched(Instant now, int limit) {
    return looked(
        row -> row.isDue(now),
        row -> match(row.receipt(), row.parkedAt().plus(LATEST_ANSWER)),
        row -> row.lookedFor(now),
        limit);
  }

  @Override
  public List<Parked> matchedByAddress(Instant before, int limit) {
    List<Parked> found =
        looked(
            row -> row.isDueByAddress(before),
            row -> part(row.id()).isPresent() ? Optional.empty() : only(row),
            row -> row.lookedForByAddress(before),
            limit);
    forgetAddressesParkedBefore(before.minus(ADDRESS_KEPT), numbers(found));
    return found;
  }

  @Override
  public void unpark(Collection<Long> numbers) {
    store.inTransaction(() -> {
      numbers.forEach(this::drop);
      return numbers;
    });
  }

  @Override
  public int forget(Instant parkedBefore, int limit) {
    return store.inTransaction(() -> {
      List<Long> old =
          parked.entrySet().stream()
              .filter(row -> row.getValue().parkedAt().isBefore(parkedBefore))
              .map(Map.Entry::getKey)
              .limit(limit)
              .toList();
      old.forEach(this::drop);
      return old.size();
    });
  }

  /// Forgets somebody in what is parked.
  void forget(String address) {
    change(row -> !address.isEmpty() && row.receipt().address().equals(address), ParkedRow::erased);
  }

  private void forgetAddressesParkedBefore(Instant before, Set<Long> but) {
    store.inTransaction(() -> {
      Set<ParkedRow> kept = new HashSet<>();
      but.forEach(number -> kept.add(Objects.requireNonNull(parked.get(number))));
      change(
          row ->
              row.lookByAddressAt() != null
                  && row.parkedAt().isBefore(before)
                  && !kept.contains(row),
          ParkedRow::withoutAddress);
      return but;
    });
  }

  private List<Parked> looked(
      Predicate<ParkedRow> due,
      Function<ParkedRow, Optional<Part>> part,
      UnaryOperator<ParkedRow> after,
      int limit) {
    return store.inTransaction(() -> {
      List<Parked> found = new ArrayList<>();
      for (Map.Entry<Long, ParkedRow> one :
          Map.copyOf(parked).entrySet().stream()
              .filter(row -> due.test(row.getValue()))
              .sorted(Map.Entry.comparingByKey())
              .toList()) {
        Optional<Part> known = part.apply(one.getValue());
        if (known.isEmpty() || found.size() < limit) {
          store.put(parked, one.getKey(), after.apply(one.getValue()));
          known.ifPresent(
              its -> found.add(new Parked(one.getKey(), one.getValue().receipt(), its)));
        }
      }
      return List.copyOf(found);
    });
  }

  private Optional<Part> only(ParkedRow row) {
    CarrierReceipt receipt = row.receipt();
    boolean another =
        parked.values().stream()
            .map(ParkedRow::receipt)
            .anyMatch(other ->
                other.carrier().equals(receipt.carrier())
                    && other.address().equals(receipt.address())
                    && !other.carrierMessageId().equals(receipt.carrierMessageId()));
    return another
        ? Optional.empty()
        : handedOver.onlyUnderWay(receipt.carrier(), receipt.address(), row.parkedAt());
  }

  private void change(Predicate<ParkedRow> which, UnaryOperator<ParkedRow> how) {
    store.inTransaction(() -> {
      Map.copyOf(parked)
          .forEach((number, row) -> {
            if (which.test(row)) {
              store.put(parked, number, how.apply(row));
            }
          });
      parked.entrySet().stream()
          .filter(row -> row.getValue().namesNothing())
          .map(Map.Entry::getKey)
          .toList()
          .forEach(this::drop);
      return how;
    });
  }

  private void drop(long number) {
    ParkedRow row = parked.remove(number);
    if (row != null) {
      store.undoBy(() -> parked.put(number, row));
    }
  }

  private void give(CarrierId carrier, String id, Part part, Instant at) {
    if (!id.isEmpty()) {
      store.add(
          ids.computeIfAbsent(new PartId(carrier, id), _ -> new ArrayList<>()),
          new Given(part, at));
    }
  }

  private Optional<Part> part(PartId id) {
    return ids.getOrDefault(id, List.of()).stream()
        .max(Comparator.comparing(Given::at))
        .map(Given::part);
  }

  private Optional<Part> match(CarrierReceipt receipt, Instant givenBy) {
    List<Part> own =
        ids
            .getOrDefault(new PartId(receipt.carrier(), receipt.carrierMessageId()), List.of())
            .stream()
            .filter(given -> !given.at().isAfter(givenBy))
            .sorted(Comparator.comparing(Given::at).reversed())
            .map(Given::part)
            .toList();
    return own.stream()
        .filter(part -> told(part, receipt).anyMatch(same -> same.at().equals(receipt.at())))
        .findFirst()
        .or(() ->
            own.stream()
                .filter(part ->
                    receipt.kind() == ReceiptKind.SENT || told(part, receipt).findAny().isEmpty())
                .findFirst());
  }

  /// What was told before of the part, of the same kind.
  private Stream<Receipt> told(Part part, CarrierReceipt receipt) {
    return handedOver.receipts(part.ref()).stream()
        .filter(same -> same.kind() == receipt.kind())
        .filter(same -> same.carrierMessageId().equals(receipt.carrierMessageId()));
  }

  private static Set<Long> numbers(List<Parked> some) {
    Set<Long> numbers = new HashSet<>();
    some.forEach(one -> numbers.add(one.number()));
    return numbers;
  }

  /// An id of a carrier.
  record PartId(CarrierId carrier, String id) {}

  private record Given(Part part, Instant at) {}

  private record OfAttempt(MessageRef ref, int attempt) {}
}
