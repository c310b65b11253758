package dev.carillon.application;

import dev.carillon.application.port.ContactHistory;
import dev.carillon.application.port.PreparedMessage;
import dev.carillon.domain.delivery.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Leaves out the addresses that a list of the store names.
///
/// @param reason why they are left out
/// @param named those of the given addresses that the list names
record LeftOutByList(Reason reason, Function<Collection<String>, Set<String>> named)
    implements Judge.Exclusion {
  private static final int MOST_ASKED = ContactHistory.MOST_ADDRESSES;

  @Override
  public void leaveOut(List<PreparedMessage> judged) {
    List<String> addresses = new ArrayList<>(judged.size());
    for (PreparedMessage message : judged) {
      if (message.rejected() == null) {
        addresses.add(message.address());
      }
    }
    Set<String> found = new HashSet<>();
    for (int first = 0; first < addresses.size(); first += MOST_ASKED) {
      found.addAll(
          named.apply(addresses.subList(first, Math.min(first + MOST_ASKED, addresses.size()))));
    }
    if (!found.isEmpty()) {
      judged.replaceAll(message ->
          message.rejected() == null && found.contains(message.address())
              ? Judge.leftOut(message, reason)
              : message);
    }
  }
}
