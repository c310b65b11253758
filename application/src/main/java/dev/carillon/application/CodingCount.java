package dev.carillon.application;

import dev.carillon.application.Estimate.CharacterUse;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.Price;
import dev.carillon.domain.content.ForcedUcs2;
import dev.carillon.domain.content.ForcingCharacter;
import dev.carillon.domain.content.SmsSegmentation;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Counts how SMS are coded, and what the characters cost that make them UCS-2.
final class CodingCount {
  private static final Comparator<CharacterUse> MOST_USED_FIRST =
      Comparator.comparingLong(CharacterUse::messages)
          .reversed()
          .thenComparingInt(CharacterUse::codePoint);

  private final Map<Integer, Long> messages = new HashMap<>();
  private long gsm;
  private long ucs2;
  private long extraParts;
  private long extraMicros;

  /// Adds a message.
  ///
  /// @param price empty when it costs nothing
  void add(Coded coded, Optional<Price> price) {
    ForcedUcs2 forced = coded.forced();
    if (forced.characters().isEmpty()) {
      gsm++;
      return;
    }
    ucs2++;
    for (ForcingCharacter character : forced.characters()) {
      messages.merge(character.codePoint(), 1L, Long::sum);
    }
    extraParts += forced.extraParts();
    extraMicros = Math.addExact(extraMicros, price.map(known -> extra(known, coded)).orElse(0L));
  }

  private static long extra(Price price, Coded coded) {
    int parts = coded.parts() - coded.forced().extraParts();
    return price.of(coded.parts()).minus(price.of(parts)).micros();
  }

  /// What was counted.
  Estimate.Coding result(String currency) {
    List<CharacterUse> forcing =
        messages.entrySet().stream()
            .map(entry -> new CharacterUse(entry.getKey(), entry.getValue()))
            .sorted(MOST_USED_FIRST)
            .toList();
    return new Estimate.Coding(gsm, ucs2, forcing, extraParts, new Money(currency, extraMicros));
  }

  /// How one text is coded and cut.
  record Coded(int parts, ForcedUcs2 forced) {
    static Coded of(String text) {
      return new Coded(SmsSegmentation.of(text).parts(), ForcedUcs2.of(text));
    }
  }
}
