package dev.carillon.application.recipient;

import dev.carillon.application.recipient.ImportedChunk.Contact;
import dev.carillon.domain.recipient.RecipientDetails;
import dev.carillon.domain.recipient.RecipientMatch;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who has which reference and which address, among the recipients that a chunk is about.
final class Holders {
  private final List<RecipientMatch> unique;
  private final Map<RecipientMatch, Map<String, Set<Contact>>> contacts =
      new EnumMap<>(RecipientMatch.class);

  /// @param unique what no two recipients may share
  Holders(List<RecipientMatch> unique) {
    this.unique = unique;
    for (RecipientMatch key : RecipientMatch.values()) {
      contacts.put(key, new HashMap<>());
    }
  }

  List<RecipientMatch> unique() {
    return unique;
  }

  void add(Contact contact) {
    contacts.forEach((key, holders) ->
        key.of(contact.details())
            .ifPresent(
                value -> holders.computeIfAbsent(value, _ -> new LinkedHashSet<>(2)).add(contact)));
  }

  void remove(Contact contact) {
    contacts.forEach((key, holders) ->
        key.of(contact.details())
            .ifPresent(value -> holders.getOrDefault(value, Set.of()).remove(contact)));
  }

  Set<Contact> of(RecipientMatch key, String value) {
    return contacts.getOrDefault(key, Map.of()).getOrDefault(value, Set.of());
  }

  /// What of these details must be unique and is somebody else's. What one has already is one's
  /// own.
  ///
  /// @param self whose details they shall be; null for somebody new
  List<RecipientMatch> takenFrom(RecipientDetails details, @Nullable Contact self) {
    return unique.stream()
        .filter(key -> {
          Optional<String> value = key.of(details);
          return value.isPresent()
              && (self == null || !key.of(self.details()).equals(value))
              && !of(key, value.get()).isEmpty();
        })
        .toList();
  }
}
