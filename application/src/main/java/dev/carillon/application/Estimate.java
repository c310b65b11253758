package dev.carillon.application;

import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.Price;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.error.RejectedEntry;
import dev.carillon.domain.job.Counters;
import java.util.List;

/// What a submission would come to.
///
/// @param provider the carrier that would stand for it
/// @param counters as they would be at acceptance
/// @param parts billed parts of those who would be sent to
/// @param rejected the first entries that would be left out
/// @param coding how SMS would be coded
/// @param costs by price, in the order in which the entries meet them; none when nothing costs
///   anything
/// @param cost exactly what would be held
/// @param available what may be spent now
/// @param covered whether that pays for it
/// @param tooDear whether it costs more than its owner wants to pay
public record Estimate(
    Channel channel,
    String provider,
    Counters counters,
    long parts,
    List<RejectedEntry> rejected,
    Coding coding,
    List<Cost> costs,
    Money cost,
    Money available,
    boolean covered,
    boolean tooDear) {
  public Estimate {
    rejected = List.copyOf(rejected);
    costs = List.copyOf(costs);
  }

  /// How SMS would be coded; nothing of it for other channels.
  ///
  /// @param gsm messages in the GSM 7-bit alphabet
  /// @param ucs2 messages in UCS-2
  /// @param forcing the characters that make messages UCS-2, those in the most messages first
  /// @param extraParts that would be saved if every such character were one of the GSM alphabet
  /// @param extraCost of those parts
  public record Coding(
      long gsm, long ucs2, List<CharacterUse> forcing, long extraParts, Money extraCost) {
    public Coding {
      forcing = List.copyOf(forcing);
    }
  }

  /// How many messages have a character.
  public record CharacterUse(int codePoint, long messages) {
    /// The character as text.
    public String character() {
      return Character.toString(codePoint);
    }
  }

  /// What the messages with one price would cost.
  public record Cost(Price price, long messages, long parts, Money amount) {}
}
