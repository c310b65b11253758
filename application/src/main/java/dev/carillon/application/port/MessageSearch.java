package dev.carillon.application.port;

import java.util.Set;

/// Which messages of all jobs; what is empty bounds nothing, and not all of it may be.
///
/// @param addresses they went to one of these, as they are stored
/// @param clientRef the caller's reference
public record MessageSearch(Set<String> addresses, String clientRef) {

  public MessageSearch {
    addresses = Set.copyOf(addresses);
    if (addresses.isEmpty() && clientRef.isEmpty()) {
      throw new IllegalArgumentException("a search is bounded by something");
    }
  }

  @Override
  public String toString() {
    return "MessageSearch";
  }
}
