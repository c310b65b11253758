package dev.carillon.persistence;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import dev.carillon.application.port.CarrierMessages;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.CarrierReceipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.persistence.ParkedReceipts.Waiting;
import dev.carillon.persistence.PartMatches.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// What carriers know messages by, in PostgreSQL.
final class JooqCarrierMessages implements CarrierMessages {
  /// Parked receipts that are looked for in one go.
  private static final int AT_ONCE = 2_000;

  /// Gos of one call, so that it ends however many were parked at the same time.
  private static final int MOST_GOS = 10;

  /// How long after parking an address is of use.
  private static final Duration ADDRESS_KEPT = Duration.ofHours(1);

  /// An id that is given later than this after parking is given anew.
  private static final Duration LATEST_ANSWER = Duration.ofDays(1);

  private final JooqTransactions transactions;
  private final InstantSource clock;

  JooqCarrierMessages(JooqTransactions transactions, InstantSource clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  @Override
  public Map<String, Part> find(CarrierId carrier, Collection<String> ids) {
    return CarrierParts.find(transactions.sql(), carrier, ids);
  }

  @Override
  public Map<CarrierReceipt, Part> match(Collection<CarrierReceipt> receipts) {
    return PartMatches.of(transactions.sql(), List.copyOf(receipts));
  }

  @Override
  public Parts note(Part part, ReceiptKind kind) {
    return PartReceipts.note(transactions.sql(), part, kind);
  }

  @Override
  public void park(List<CarrierReceipt> receipts, Instant now) {
    if (!receipts.isEmpty()) {
      ParkedReceipts.park(transactions.apart(), receipts, now);
    }
  }

  @Override
  public List<Parked> matched(Instant now, int limit) {
    return firstOf(() -> matchedAtOnce(now, limit));
  }

  @Override
  public List<Parked> matchedByAddress(Instant before, int limit) {
    return firstOf(() -> matchedAtOnceByAddress(before, limit));
  }

  @Override
  public void learn(CarrierId carrier, Map<String, Part> parts) {
    CarrierParts.learn(transactions.sql(), carrier, parts, clock.instant());
  }

  @Override
  public void unpark(Collection<Long> numbers) {
    ParkedReceipts.delete(transactions.sql(), numbers);
  }

  @Override
  public int forget(Instant parkedBefore, int limit) {
    return transactions.inTransaction(
        () -> ParkedReceipts.forget(transactions.sql(), parkedBefore, limit));
  }

  private Go matchedAtOnce(Instant now, int limit) {
    List<Waiting> due = ParkedReceipts.due(transactions.sql(), now, AT_ONCE);
    Go go = Go.of(due, matching(due), limit);
    ParkedReceipts.lookAgain(transactions.sql(), go.lookedFor(), now);
    return go;
  }

  private Go matchedAtOnceByAddress(Instant before, int limit) {
    List<Waiting> due = ParkedReceipts.dueByAddress(transactions.sql(), before, AT_ONCE);
    Set<Long> known = known(due).keySet();
    List<Long> unknown =
        due.stream().map(Waiting::number).filter(number -> !known.contains(number)).toList();
    Go go = Go.of(due, UnderWay.only(transactions.sql(), unknown), limit);
    ParkedReceipts.lookAgainByAddress(transactions.sql(), go.lookedFor(), before);
    ParkedReceipts.forgetAddresses(
        transactions.sql(), go.lookedForInVain(), before.minus(ADDRESS_KEPT));
    return go;
  }

  /// The parts of those that are about one by now.
  private Map<Long, Part> matching(List<Waiting> due) {
    List<Wanted> wanted =
        due.stream()
            .map(one -> new Wanted(one.receipt(), one.parkedAt().plus(LATEST_ANSWER)))
            .toList();
    Map<Long, Part> matching = new HashMap<>();
    PartMatches.match(transactions.sql(), wanted)
        .forEach((place, part) -> matching.put(due.get(place).number(), part));
    return matching;
  }

  /// The parts of those whose ids are known.
  private Map<Long, Part> known(List<Waiting> waiting) {
    Map<CarrierId, List<Waiting>> byCarrier =
        waiting.stream().collect(groupingBy(one -> one.receipt().carrier()));
    Map<Long, Part> known = new HashMap<>();
    byCarrier.forEach((carrier, own) -> {
      Map<String, Part> parts =
          find(carrier, own.stream().map(one -> one.receipt().carrierMessageId()).toList());
      for (Waiting one : own) {
        Part part = parts.get(one.receipt().carrierMessageId());
        if (part != null) {
          known.put(one.number(), part);
        }
      }
    });
    return known;
  }

  /// What the first go finds that finds anything.
  private List<Parked> firstOf(Supplier<Go> goes) {
    for (int i = 0; i < MOST_GOS; i++) {
      Go go = transactions.inTransaction(goes);
      if (!go.found().isEmpty() || go.lookedFor().size() < AT_ONCE) {
        return go.found();
      }
    }
    return List.of();
  }

  /// What came of looking for some of those that wait.
  ///
  /// @param lookedFor all of them but for those that are found beyond the limit
  private record Go(List<Parked> found, List<Long> lookedFor) {
    static Go of(List<Waiting> due, Map<Long, Part> parts, int limit) {
      List<Parked> found = new ArrayList<>();
      List<Long> lookedFor = new ArrayList<>();
      for (Waiting one : due) {
        Part part = parts.get(one.number());
        if (part == null) {
          lookedFor.add(one.number());
        } else if (found.size() < limit) {
          lookedFor.add(one.number());
          found.add(new Parked(one.number(), one.receipt(), part));
        }
      }
      return new Go(found, lookedFor);
    }

    List<Long> lookedForInVain() {
      Set<Long> numbers = found.stream().map(Parked::number).collect(toSet());
      return lookedFor.stream().filter(number -> !numbers.contains(number)).toList();
    }
  }
}
