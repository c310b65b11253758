package dev.carillon.providers.smpp;

import dev.carillon.providers.callback.StopWords;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/// Which receipts a centre is asked for and how it writes them, and what people write back.
///
/// @param answerIds form of the ids in its answers
/// @param receiptIds form of the ids in the texts of its receipts
/// @param tlvIds form of the ids in the TLV receipted_message_id
/// @param unflagged whether it sends receipts that are not marked as such (esm_class 0); whoever
///   can write to us could then forge one
/// @param zone of the times in its receipts
/// @param stopWords what people write to hear no more, whatever the case
/// @param stopsForSender whether that concerns only who writes from the number that they wrote to,
///   instead of everybody who wrote to them through this carrier
public record SmppReceiptRules(
    Asked asked,
    SmppIdForm answerIds,
    SmppIdForm receiptIds,
    SmppIdForm tlvIds,
    boolean unflagged,
    ZoneId zone,
    Set<String> stopWords,
    boolean stopsForSender) {

  /// All receipts, ids as they are, UTC, the usual words.
  public static final SmppReceiptRules DEFAULT =
      new SmppReceiptRules(
          Asked.ALL,
          SmppIdForm.AS_IS,
          SmppIdForm.AS_IS,
          SmppIdForm.AS_IS,
          false,
          ZoneOffset.UTC,
          StopWords.USUAL,
          false);

  private static final int MOST_WORDS = 100;
  private static final int LONGEST_WORD = 32;

  public SmppReceiptRules {
    stopWords = Set.copyOf(stopWords);
  }

  /// The same with other forms of ids.
  public SmppReceiptRules withIds(SmppIdForm answer, SmppIdForm receipt, SmppIdForm tlv) {
    return new SmppReceiptRules(
        asked, answer, receipt, tlv, unflagged, zone, stopWords, stopsForSender);
  }

  /// The same with other receipts asked for.
  public SmppReceiptRules withAsked(Asked value) {
    return new SmppReceiptRules(
        value, answerIds, receiptIds, tlvIds, unflagged, zone, stopWords, stopsForSender);
  }

  /// The same, with receipts that are not marked, or without.
  public SmppReceiptRules withUnflagged(boolean value) {
    return new SmppReceiptRules(
        asked, answerIds, receiptIds, tlvIds, value, zone, stopWords, stopsForSender);
  }

  /// The ids by which receipts will be looked up; none where none are asked for.
  List<String> lookedUp(List<String> normal) {
    return asked == Asked.NONE ? List.of() : normal;
  }

  void check(List<String> problems) {
    SmppConfig.require(
        stopWords.size() <= MOST_WORDS
            && stopWords.stream()
                .allMatch(word -> !word.isBlank() && word.length() <= LONGEST_WORD),
        problems,
        "stop-words must be at most 100 words of 1 to 32 characters");
  }

  /// Which receipts a centre is asked for (SMPP 3.4, 5.2.17).
  public enum Asked {
    /// Of success and of failure.
    ALL(1),
    /// Of failure only.
    FAILURES(2),
    /// None.
    NONE(0);

    private final int flag;

    Asked(int flag) {
      this.flag = flag;
    }

    /// The value of registered_delivery.
    byte flag() {
      return (byte) flag;
    }
  }
}
