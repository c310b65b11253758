package dev.carillon.application;

import dev.carillon.application.billing.Pricing;
import dev.carillon.application.port.PreparedMessage;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.Price;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.error.RejectedEntry;
import dev.carillon.domain.job.Counters;
import dev.carillon.domain.message.MessageState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Counts what judged messages come to, without keeping them.
final class EstimateCount implements Intake.Sink {
  private final Pricing pricing;
  private final Wording wording;
  private final int rejectedShown;
  private final CodingCount coding = new CodingCount();
  private final Map<Price, Sum> sums = new LinkedHashMap<>();
  private final List<RejectedEntry> firstRejected = new ArrayList<>();
  private final Map<MessageState, Long> states = new EnumMap<>(MessageState.class);
  private CodingCount.@Nullable Coded common;
  private int position;
  private long parts;

  EstimateCount(Pricing pricing, Wording wording, int rejectedShown) {
    this.pricing = pricing;
    this.wording = wording;
    this.rejectedShown = rejectedShown;
  }

  @Override
  public int position() {
    return position;
  }

  @Override
  public void append(List<PreparedMessage> messages) {
    for (PreparedMessage message : messages) {
      Reason rejected = message.rejected();
      if (rejected == null) {
        accept(message);
      } else {
        reject(message, rejected);
      }
      position++;
    }
  }

  private void accept(PreparedMessage message) {
    count(MessageState.QUEUED);
    parts += message.parts();
    pricing.add(message.address(), message.parts());
    Optional<Price> price = pricing.priceAt(message.address());
    price.ifPresent(
        known -> sums.computeIfAbsent(known, _ -> new Sum()).add(message.parts(), known));
    CodingCount.Coded coded = coded(message.own());
    if (coded != null) {
      coding.add(coded, price);
    }
  }

  private void reject(PreparedMessage message, Reason reason) {
    count(MessageState.rejectedFor(reason));
    if (firstRejected.size() < rejectedShown) {
      firstRejected.add(new RejectedEntry(position, message.address(), reason, message.detail()));
    }
  }

  private void count(MessageState state) {
    states.merge(state, 1L, Long::sum);
  }

  private long counted(MessageState state) {
    return states.getOrDefault(state, 0L);
  }

  /// Null when it is no SMS.
  private CodingCount.@Nullable Coded coded(PersonalContent own) {
    if (!own.isEmpty()) {
      return coded(wording.render(own));
    }
    CodingCount.Coded known = common;
    if (known == null) {
      known = coded(wording.render(own));
      common = known;
    }
    return known;
  }

  private static CodingCount.@Nullable Coded coded(Rendering rendering) {
    return rendering instanceof Rendering.Complete(Content content)
            && content instanceof SmsContent sms
        ? CodingCount.Coded.of(sms.text())
        : null;
  }

  /// As they would be at acceptance.
  Counters counters() {
    return new Counters(
        counted(MessageState.REJECTED_INVALID),
        counted(MessageState.REJECTED_DUPLICATE),
        counted(MessageState.REJECTED_SUPPRESSED),
        counted(MessageState.REJECTED_NO_ADDRESS),
        counted(MessageState.QUEUED),
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0);
  }

  /// Billed parts.
  long parts() {
    return parts;
  }

  /// The first that would be left out.
  List<RejectedEntry> firstRejected() {
    return firstRejected;
  }

  /// How SMS would be coded.
  Estimate.Coding coding() {
    return coding.result(pricing.total().currency());
  }

  /// What it would cost, by price.
  List<Estimate.Cost> costs() {
    String currency = pricing.total().currency();
    return sums.entrySet().stream()
        .map(entry -> entry.getValue().of(entry.getKey(), currency))
        .toList();
  }

  /// What it would cost.
  Money cost() {
    return pricing.total();
  }

  /// What the messages with one price come to.
  private static final class Sum {
    private long messages;
    private long parts;
    private long micros;

    void add(int more, Price price) {
      messages++;
      parts += more;
      micros = Math.addExact(micros, price.of(more).micros());
    }

    Estimate.Cost of(Price price, String currency) {
      return new Estimate.Cost(price, messages, parts, new Money(currency, micros));
    }
  }
}
