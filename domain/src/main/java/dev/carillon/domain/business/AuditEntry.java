package dev.carillon.domain.business;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Who changed what, when: written in the transaction of the change, and never changed itself.
/// Holds no secrets, no addresses of recipients and no texts of messages.
///
/// @param action the RPC, such as `StopBusiness`
/// @param before the changed fields as they were; without those that had no value
/// @param after the changed fields as they are; without those that have no value
public record AuditEntry(
    Instant at,
    Actor actor,
    String action,
    Subject subject,
    Map<String, String> before,
    Map<String, String> after) {
  public AuditEntry {
    before = Map.copyOf(before);
    after = Map.copyOf(after);
  }

  /// The entry of a change, reduced to the fields that differ.
  public static AuditEntry of(
      Instant at,
      Caller caller,
      String action,
      Subject subject,
      Map<String, String> before,
      Map<String, String> after) {
    return new AuditEntry(
        at,
        new Actor(caller.principal(), caller.role()),
        action,
        subject,
        without(after, before),
        without(before, after));
  }

  private static Map<String, String> without(Map<String, String> same, Map<String, String> all) {
    Map<String, String> different = new TreeMap<>(all);
    different
        .entrySet()
        .removeIf(entry -> Objects.equals(same.get(entry.getKey()), entry.getValue()));
    return different;
  }

  /// Who did it.
  ///
  /// @param principal the key's or user's id
  public record Actor(String principal, Role role) {}

  /// What was changed.
  ///
  /// @param business whose it is; null for what is everybody's
  /// @param environment of which world; null for both
  /// @param name such as `key_…`, or a carrier's id
  public record Subject(
      @Nullable BusinessId business, @Nullable Environment environment, String name) {
    /// A business as such.
    public static Subject business(BusinessId id) {
      return new Subject(id, null, "business " + id.value());
    }

    /// Something that belongs to a business in one of its worlds.
    public static Subject within(Scope scope, String name) {
      return new Subject(scope.business(), scope.environment(), name);
    }

    /// Something of the house.
    public static Subject house(String name) {
      return new Subject(null, null, name);
    }
  }
}
