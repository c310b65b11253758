package dev.carillon.application.billing;

import dev.carillon.application.port.Numbering;
import dev.carillon.domain.billing.Bill;
import dev.carillon.domain.billing.BillLine;
import dev.carillon.domain.billing.BillLines;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.Price;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.billing.Tariff;
import dev.carillon.domain.recipient.PhoneNumber;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Prices the messages of one submission, one after the other, and adds up its bill. Not
/// thread-safe.
public final class Pricing {
  /// As many digits as tell the country of a number; within them it does not change (ITU-T E.164: a
  /// country code has at most three digits; the North American plan needs seven).
  private static final int COUNTRY_DIGITS = 9;

  private static final int MOST_COUNTRIES = 10_000;

  private final String currency;
  private final Tariff tariff;
  private final RefundPlan plan;
  private final Numbering numbering;
  private final BillLines lines;
  private final Map<String, String> countries = new HashMap<>();
  private final boolean free;
  private final List<BillLine> before;
  private long total;

  Pricing(
      String currency,
      Tariff tariff,
      RefundPlan plan,
      Numbering numbering,
      List<BillLine> lines,
      boolean free) {
    this.currency = currency;
    this.tariff = tariff;
    this.plan = plan;
    this.numbering = numbering;
    this.lines = new BillLines(lines);
    this.free = free;
    this.before = List.copyOf(lines);
  }

  /// The same with nothing added: for a transaction that may be tried again.
  public Pricing fresh() {
    return new Pricing(currency, tariff, plan, numbering, before, free);
  }

  /// The same prices for messages that are added to what a job has by now.
  public Pricing onto(Bill bill) {
    return new Pricing(
        currency,
        tariff,
        bill.lines().isEmpty() ? plan : bill.plan(),
        numbering,
        bill.lines(),
        free);
  }

  /// Whether it may be that a destination has no price.
  public boolean hasGaps() {
    return !free && !tariff.isComplete();
  }

  /// The price at an address; empty when there is none, or nothing costs anything.
  public Optional<Price> priceAt(String address) {
    return free ? Optional.empty() : tariff.at(address, country(address));
  }

  /// Adds an accepted message to the bill.
  ///
  /// @param address normalised; it has a price
  /// @return the number of its line; 0 when nothing costs anything
  public int add(String address, int parts) {
    if (free) {
      return 0;
    }
    Price price =
        priceAt(address)
            .orElseThrow(() -> new IllegalStateException("a message without a price came through"));
    long cost = price.of(parts).micros();
    total = Math.addExact(total, cost);
    return lines.numberOf(new BillLine(price.id(), parts, cost));
  }

  /// Whether nothing costs anything.
  public boolean isFree() {
    return free;
  }

  /// The bill: all lines that the job has, and what was added here.
  public Bill bill() {
    return new Bill(currency, lines.all(), plan, total());
  }

  /// What the messages added so far come to.
  public Money total() {
    return new Money(currency, total);
  }

  private String country(String address) {
    if (!tariff.asksForCountry() || !address.startsWith("+")) {
      return "";
    }
    if (countries.size() > MOST_COUNTRIES) {
      countries.clear();
    }
    String beginning = address.substring(0, Math.min(COUNTRY_DIGITS, address.length()));
    return countries.computeIfAbsent(beginning, _ -> numbering.country(new PhoneNumber(address)));
  }
}
