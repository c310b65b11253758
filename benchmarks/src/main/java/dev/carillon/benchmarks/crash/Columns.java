package dev.carillon.benchmarks.crash;

import dev.carillon.domain.message.MessageState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Which column of a chunk counts which state.
final class Columns {
  private Columns() {}

  static String of(MessageState state) {
    return switch (state) {
      case FAILED_OUTCOME_UNKNOWN, FAILED_SYSTEM_ERROR -> of(MessageState.FAILED);
      case CANCELLED_SUPPRESSED, CANCELLED_DELETED -> of(MessageState.CANCELLED);
      case RESENDING, UNKNOWN_RESENT -> of(MessageState.UNKNOWN);
      default -> state.name().toLowerCase(Locale.ROOT);
    };
  }

  /// All of them.
  static List<String> all() {
    List<String> all = new ArrayList<>();
    for (MessageState state : MessageState.values()) {
      if (!all.contains(of(state))) {
        all.add(of(state));
      }
    }
    return all;
  }
}
