package dev.carillon.benchmarks.crash;

import dev.carillon.domain.delivery.ReceiptKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What must be true of the messages that a retry took: each once, and none that a carrier may have
/// delivered.
final class RetryRules {
  private RetryRules() {}

  /// Everything that is wrong with them, in words.
  ///
  /// @param parent the retried job as it stands now
  /// @param positions those that retries took of it, all of them
  static List<String> broken(StoredJob parent, List<Integer> positions) {
    List<String> broken = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    for (int position : positions) {
      StoredMessage message = parent.messages().get(position);
      if (!seen.add(position)) {
        broken.add("a message was retried twice: " + message);
      }
      if (!mayBeRetried(message)) {
        broken.add("a message was retried that may have been delivered: " + message);
      }
    }
    return broken;
  }

  /// A receipt that it did not arrive may have been followed by a better one.
  private static boolean mayBeRetried(StoredMessage message) {
    return switch (message.state()) {
      case FAILED, FAILED_SYSTEM_ERROR, UNDELIVERED, EXPIRED -> true;
      case DELIVERED, READ ->
          message.receipts().stream()
              .anyMatch(receipt -> receipt.kind() == ReceiptKind.UNDELIVERED);
      default -> false;
    };
  }
}
