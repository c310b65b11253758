package dev.carillon.providers.simulated;

import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Everything that the simulated carrier can answer, one line per code with its meaning. The codes
/// are its own invention; the 5xx appear in receipts only.
public enum SimulatedErrorCodes {
  /// It takes the message.
  TAKEN("200", "taken", null),
  /// It refuses without saying more.
  REFUSED("400", "refused", Reason.CARRIER_REFUSED),
  /// It knows that nobody is there.
  NO_SUCH_DESTINATION("404", "no such destination", Reason.UNKNOWN_DESTINATION),
  /// The destination does not want to hear from us.
  BLOCKED("403", "destination blocked", Reason.DESTINATION_BLOCKED),
  /// It does not carry such words.
  CONTENT("422", "content refused", Reason.CONTENT_REFUSED),
  /// It does not know who is speaking.
  SENDER("401", "sender refused", Reason.SENDER_REFUSED),
  /// Too busy; it does not say for how long.
  BUSY("429", "too busy", null),
  /// Too busy, and it says for how long.
  BUSY_FOR("429", "too busy, come back later", null),
  /// It cannot be reached.
  DOWN("503", "carrier down", Reason.CARRIER_UNREACHABLE),
  /// The device or mailbox cannot be reached just now.
  ABSENT("480", "destination absent", Reason.DESTINATION_UNREACHABLE),
  /// It was handed the message and says itself that it cannot tell what came of it.
  NO_ANSWER("504", "no answer came", Reason.OUTCOME_UNKNOWN),
  /// It tried and gave up.
  GAVE_UP("550", "gave up", Reason.NOT_DELIVERED),
  /// It tried, and the device or mailbox was not there all the time.
  STAYED_ABSENT("551", "stayed absent", Reason.DESTINATION_UNREACHABLE),
  /// It tried, and found that nobody is there.
  FOUND_NOBODY("552", "found nobody", Reason.UNKNOWN_DESTINATION),
  /// It tried, and found itself blocked.
  FOUND_BLOCKED("553", "found blocked", Reason.DESTINATION_BLOCKED);

  private final String code;
  private final String meaning;
  private final @Nullable Reason reason;

  SimulatedErrorCodes(String code, String meaning, @Nullable Reason reason) {
    this.code = code;
    this.meaning = meaning;
    this.reason = reason;
  }

  /// The reason that it stands for; null where the outcome has none.
  public @Nullable Reason reason() {
    return reason;
  }

  /// What the carrier says: code and words.
  public String detail() {
    return code + " " + meaning;
  }

  /// Whether the message is then in the carrier's hands.
  boolean takes() {
    return this == TAKEN || this == NO_ANSWER;
  }

  /// Whether the carrier is too busy.
  boolean throttles() {
    return this == BUSY || this == BUSY_FOR;
  }

  /// The outcome that it means for a message.
  ///
  /// @param messageId the carrier's id of the message, if it takes it
  /// @param wait what the carrier asks for, if it says so
  DispatchOutcome outcome(String messageId, Duration wait) {
    return switch (this) {
      case TAKEN -> new DispatchOutcome.Accepted(messageId);
      case BUSY -> new DispatchOutcome.Throttled(null);
      case BUSY_FOR -> new DispatchOutcome.Throttled(wait);
      case DOWN -> new DispatchOutcome.Unreachable(Reason.CARRIER_UNREACHABLE, detail(), null);
      case ABSENT ->
          new DispatchOutcome.Unreachable(Reason.DESTINATION_UNREACHABLE, detail(), wait);
      case NO_ANSWER -> new DispatchOutcome.Unconfirmed(detail());
      default ->
          new DispatchOutcome.Rejected(reason == null ? Reason.CARRIER_REFUSED : reason, detail());
    };
  }
}
