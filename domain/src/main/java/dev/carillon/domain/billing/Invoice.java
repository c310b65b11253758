package dev.carillon.domain.billing;

import dev.carillon.domain.message.StatusByte;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Adds up, price by price, what became of the messages of a job: the same count as
/// [ChunkMoney#after], so that the items come to what is booked. Not thread-safe.
public final class Invoice {
  private long[] messages = {};
  private long[] captured = {};
  private long[] refunded = {};

  /// Adds a chunk as it is booked. What is to be given back counts from when it is: when the chunk
  /// has closed.
  public void add(ChunkMoney money, byte[] statuses) {
    if (money.lines().isEmpty()) {
      return;
    }
    int back = money.refunded() == 0 ? 0 : 1;
    for (int index = 0; index < statuses.length; index++) {
      MoneyStanding standing = MoneyStanding.of(StatusByte.state(statuses[index]), money.plan());
      if (standing != MoneyStanding.NONE) {
        int line = money.lines().at(index);
        makeRoom(line);
        messages[line]++;
        captured[line] += standing == MoneyStanding.CAPTURED ? 1 : 0;
        refunded[line] += standing == MoneyStanding.REFUNDED ? back : 0;
      }
    }
  }

  private void makeRoom(int line) {
    if (line >= messages.length) {
      int lines = Math.max(line + 1, 2 * messages.length);
      messages = Arrays.copyOf(messages, lines);
      captured = Arrays.copyOf(captured, lines);
      refunded = Arrays.copyOf(refunded, lines);
    }
  }

  /// One item for each price, in the order in which the job met them.
  ///
  /// @param bill of the job, with the lines of all that was added
  public List<Item> items(Bill bill) {
    Map<Key, Item> items = new LinkedHashMap<>();
    for (int number = 0; number < messages.length; number++) {
      if (messages[number] > 0) {
        BillLine line = bill.lines().get(number);
        items.merge(Key.of(line), item(number, line, bill.currency()), Item::plus);
      }
    }
    return List.copyOf(items.values());
  }

  private Item item(int number, BillLine line, String currency) {
    Money cost = new Money(currency, line.costMicros());
    return new Item(
        line.price(),
        new Money(currency, Key.perPart(line)),
        messages[number],
        Math.multiplyExact(messages[number], line.parts()),
        cost.times(messages[number]),
        cost.times(captured[number]),
        cost.times(refunded[number]));
  }

  /// What items come to.
  public static JobBilling total(String currency, List<Item> items) {
    return items.stream()
        .map(item -> new JobBilling(item.held(), item.captured(), item.refunded(), item.parts()))
        .reduce(JobBilling.free(currency, 0), Invoice::sum);
  }

  private static JobBilling sum(JobBilling one, JobBilling other) {
    return new JobBilling(
        one.held().plus(other.held()),
        one.captured().plus(other.captured()),
        one.refunded().plus(other.refunded()),
        Math.addExact(one.parts(), other.parts()));
  }

  /// What the messages with one price come to.
  ///
  /// @param price [PriceId#NONE] for one of the configuration
  /// @param perPart what one part cost, where the price is for parts
  public record Item(
      PriceId price,
      Money perPart,
      long messages,
      long parts,
      Money held,
      Money captured,
      Money refunded) {
    private Item plus(Item other) {
      return new Item(
          price,
          perPart,
          messages + other.messages,
          parts + other.parts,
          held.plus(other.held),
          captured.plus(other.captured),
          refunded.plus(other.refunded));
    }
  }

  /// What makes lines of the same price: its number, and for those without one what a part costs.
  private record Key(PriceId price, long micros) {
    static Key of(BillLine line) {
      return new Key(line.price(), line.price().equals(PriceId.NONE) ? perPart(line) : 0);
    }

    static long perPart(BillLine line) {
      return line.parts() == 0 ? line.costMicros() : line.costMicros() / line.parts();
    }
  }
}
