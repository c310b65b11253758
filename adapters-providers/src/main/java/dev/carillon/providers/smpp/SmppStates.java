package dev.carillon.providers.smpp;

import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.ReceiptKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a centre says that a message stands: the value of the TLV message_state (SMPP 3.4, 5.2.28;
/// 0 and 9 SMPP 5.0, 4.7.15) and the word of a receipt's text (SMPP 3.4, appendix B; the last two
/// melroselabs.com, "SMPP delivery receipt"). What is not final proves no more than that it was
/// taken.
enum SmppStates {
  SCHEDULED(0, "SCHEDLD", ReceiptKind.SENT, null),
  ENROUTE(1, "ENROUTE", ReceiptKind.SENT, null),
  DELIVERED(2, "DELIVRD", ReceiptKind.DELIVERED, null),
  EXPIRED(3, "EXPIRED", ReceiptKind.UNDELIVERED, Reason.DESTINATION_UNREACHABLE),
  DELETED(4, "DELETED", ReceiptKind.UNDELIVERED, Reason.NOT_DELIVERED),
  UNDELIVERABLE(5, "UNDELIV", ReceiptKind.UNDELIVERED, Reason.NOT_DELIVERED),
  /// Final by the book (read by customer service); in use it means that the centre took it.
  ACCEPTED(6, "ACCEPTD", ReceiptKind.SENT, null),
  /// The centre does not know, so neither do we.
  UNKNOWN(7, "UNKNOWN", ReceiptKind.SENT, null),
  REJECTED(8, "REJECTD", ReceiptKind.UNDELIVERED, Reason.CARRIER_REFUSED),
  SKIPPED(9, "SKIPPED", ReceiptKind.UNDELIVERED, Reason.NOT_DELIVERED);

  /// Words are compared by so many letters: some centres write DELIVERED, others DELIVRD.
  private static final int TELLING = 5;

  private final int state;
  private final String word;
  private final ReceiptKind kind;
  private final @Nullable Reason reason;

  SmppStates(int state, String word, ReceiptKind kind, @Nullable Reason reason) {
    this.state = state;
    this.word = word;
    this.kind = kind;
    this.reason = reason;
  }

  ReceiptKind kind() {
    return kind;
  }

  @Nullable Reason reason() {
    return reason;
  }

  String word() {
    return word;
  }

  /// That of a TLV; empty for a number that the standard lacks.
  static Optional<SmppStates> of(int state) {
    return Arrays.stream(values()).filter(known -> known.state == state).findFirst();
  }

  /// That of a text; empty for a word that nobody knows.
  static Optional<SmppStates> of(String word) {
    String upper = word.toUpperCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(known -> upper.startsWith(known.word.substring(0, TELLING)))
        .findFirst();
  }
}
