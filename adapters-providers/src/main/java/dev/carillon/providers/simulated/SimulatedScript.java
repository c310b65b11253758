package dev.carillon.providers.simulated;

import static dev.carillon.providers.simulated.ScriptedAnswers.always;
import static dev.carillon.providers.simulated.ScriptedAnswers.first;
import static dev.carillon.providers.simulated.ScriptedAnswers.lost;
import static dev.carillon.providers.simulated.ScriptedAnswers.lostOnce;
import static dev.carillon.providers.simulated.ScriptedAnswers.slow;
import static dev.carillon.providers.simulated.ScriptedAnswers.taken;
import static dev.carillon.providers.simulated.ScriptedAnswers.tooLate;

import dev.carillon.domain.message.MessageStatus;

/// What happens to a message, by its recipient: one line per magic address.
/// `docs/simulated-carrier.md` is this table for people.
public enum SimulatedScript {
  DELIVERED(0, "delivered", taken(), SimulatedReceipts.DELIVERED, "taken, then delivered"),
  SENT(1, "sent", taken(), SimulatedReceipts.NONE, "taken; no receipt ever comes"),
  READ(2, "read", taken(), SimulatedReceipts.READ, "taken, delivered, then read"),
  UNDELIVERED(
      10, "undelivered", taken(), SimulatedReceipts.UNDELIVERED, "taken, then NOT_DELIVERED"),
  UNDELIVERED_ABSENT(
      11,
      "undelivered-absent",
      taken(),
      SimulatedReceipts.ABSENT,
      "taken, then DESTINATION_UNREACHABLE"),
  UNDELIVERED_UNKNOWN(
      12,
      "undelivered-unknown",
      taken(),
      SimulatedReceipts.NOBODY,
      "taken, then UNKNOWN_DESTINATION"),
  UNDELIVERED_BLOCKED(
      13,
      "undelivered-blocked",
      taken(),
      SimulatedReceipts.BLOCKED,
      "taken, then DESTINATION_BLOCKED"),
  REFUSED(20, "refused", always(SimulatedErrorCodes.REFUSED), "refused for good: CARRIER_REFUSED"),
  REFUSED_UNKNOWN(
      21,
      "refused-unknown",
      always(SimulatedErrorCodes.NO_SUCH_DESTINATION),
      "refused for good: UNKNOWN_DESTINATION"),
  REFUSED_BLOCKED(
      22,
      "refused-blocked",
      always(SimulatedErrorCodes.BLOCKED),
      "refused for good: DESTINATION_BLOCKED"),
  REFUSED_CONTENT(
      23,
      "refused-content",
      always(SimulatedErrorCodes.CONTENT),
      "refused for good: CONTENT_REFUSED"),
  REFUSED_SENDER(
      24, "refused-sender", always(SimulatedErrorCodes.SENDER), "refused for good: SENDER_REFUSED"),
  THROTTLED_ONCE(
      30,
      "throttled-1",
      first(1, SimulatedErrorCodes.BUSY),
      "throttled once, then taken and delivered"),
  THROTTLED_THRICE(
      31,
      "throttled-3",
      first(3, SimulatedErrorCodes.BUSY),
      "throttled three times, then taken and delivered"),
  THROTTLED_ONCE_WAIT(
      32,
      "throttled-1-wait",
      first(1, SimulatedErrorCodes.BUSY_FOR),
      "throttled once with a time to wait, then taken and delivered"),
  THROTTLED_THRICE_WAIT(
      33,
      "throttled-3-wait",
      first(3, SimulatedErrorCodes.BUSY_FOR),
      "the same three times, then taken and delivered"),
  THROTTLED(
      39,
      "throttled",
      always(SimulatedErrorCodes.BUSY_FOR),
      "throttled with a time to wait, every time"),
  UNREACHABLE_ONCE(
      40,
      "unreachable-1",
      first(1, SimulatedErrorCodes.DOWN),
      "carrier unreachable once, then taken and delivered"),
  UNREACHABLE_TWICE(
      41,
      "unreachable-2",
      first(2, SimulatedErrorCodes.DOWN),
      "carrier unreachable twice, then taken and delivered"),
  UNREACHABLE_FOUR_TIMES(
      42,
      "unreachable-4",
      first(4, SimulatedErrorCodes.DOWN),
      "carrier unreachable four times, then taken and delivered"),
  ABSENT_ONCE(
      43,
      "absent-1",
      first(1, SimulatedErrorCodes.ABSENT),
      "destination absent once, with a time to wait, then taken and delivered"),
  ABSENT(
      48,
      "absent",
      always(SimulatedErrorCodes.ABSENT),
      "destination absent every time: uses up all attempts"),
  UNREACHABLE(
      49,
      "unreachable",
      always(SimulatedErrorCodes.DOWN),
      "carrier unreachable every time: uses up all attempts"),
  LOST(50, "lost", lost(), SimulatedReceipts.NONE, "taken, but never answered"),
  LOST_DELIVERED(
      51,
      "lost-delivered",
      lost(),
      SimulatedReceipts.LATE,
      "never answered; after the time-out comes: delivered"),
  LOST_UNDELIVERED(
      52,
      "lost-undelivered",
      lost(),
      SimulatedReceipts.LATE_UNDELIVERED,
      "never answered; after the time-out comes: NOT_DELIVERED"),
  LOST_SENT(
      53,
      "lost-sent",
      lost(),
      SimulatedReceipts.SENT,
      "never answered; after the time-out comes: sent"),
  UNCONFIRMED(
      54,
      "unconfirmed",
      always(SimulatedErrorCodes.NO_ANSWER),
      "taken, but the carrier says that it cannot tell"),
  UNCONFIRMED_DELIVERED(
      55,
      "unconfirmed-delivered",
      always(SimulatedErrorCodes.NO_ANSWER),
      SimulatedReceipts.DELIVERED,
      "the same; later comes: delivered"),
  LOST_UNTAKEN(
      56,
      "lost-untaken",
      lostOnce(),
      "not taken and never answered once; sent once more, taken and delivered"),
  SLOW(
      60,
      "slow",
      slow(),
      SimulatedReceipts.DELIVERED,
      "taken after half the time-out, then delivered"),
  TOO_LATE(
      61,
      "too-late",
      tooLate(),
      SimulatedReceipts.NONE,
      "taken, but answered after one and a half time-outs"),
  LATE_RECEIPT(
      62,
      "late-receipt",
      taken(),
      SimulatedReceipts.LATE,
      "taken; delivered a time-out later than usual"),
  EARLY_RECEIPT(
      70, "early-receipt", taken(), SimulatedReceipts.EARLY, "delivered comes before the answer"),
  DOUBLED_RECEIPT(
      71,
      "doubled-receipt",
      taken(),
      SimulatedReceipts.DOUBLED,
      "taken; delivered comes three times"),
  READ_FIRST(
      72,
      "read-first",
      taken(),
      SimulatedReceipts.READ_FIRST,
      "taken; read comes before delivered"),
  TAKEN_BACK(
      73,
      "delivered-undelivered",
      taken(),
      SimulatedReceipts.TAKEN_BACK,
      "taken; after delivered comes undelivered"),
  RECOVERED(
      74,
      "undelivered-delivered",
      taken(),
      SimulatedReceipts.RECOVERED,
      "taken; after undelivered comes delivered"),
  STRAY_RECEIPT(
      75,
      "stray-receipt",
      taken(),
      SimulatedReceipts.STRAY,
      "a receipt for no known message, then delivered");

  private final int code;
  private final String tag;

  // a record of values
  @SuppressWarnings("ImmutableEnumChecker")
  private final ScriptedAnswers answers;

  private final SimulatedReceipts receipts;
  private final String meaning;

  SimulatedScript(int code, String tag, ScriptedAnswers answers, String meaning) {
    this(code, tag, answers, answers.usualReceipts(), meaning);
  }

  SimulatedScript(
      int code, String tag, ScriptedAnswers answers, SimulatedReceipts receipts, String meaning) {
    this.code = code;
    this.tag = tag;
    this.answers = answers;
    this.receipts = receipts;
    this.meaning = meaning;
  }

  /// The last two digits of its magic phone numbers.
  public int code() {
    return code;
  }

  /// Its name in magic mail addresses.
  public String tag() {
    return tag;
  }

  /// What happens, for people.
  public String meaning() {
    return meaning;
  }

  /// Where the message stands when all has been said, with five attempts and policy HOLD.
  public MessageStatus end() {
    boolean told = receipts.count() > 0 && (answers.areAlike() || !answers.areMissing());
    return told ? receipts.end() : answers.end();
  }

  ScriptedAnswers answers() {
    return answers;
  }

  SimulatedReceipts receipts() {
    return receipts;
  }
}
