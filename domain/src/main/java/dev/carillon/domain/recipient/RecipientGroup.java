package dev.carillon.domain.recipient;

import java.time.Instant;
import java.util.List;

/// A named set of a business's recipients: static, of members that were put into it, or dynamic, of
/// everybody whose tags fit its expression at the moment. Immutable; it cannot be made of details
/// that are in violation.
///
/// @param version from 1, one more with each change of the details
public record RecipientGroup(
    GroupId id,
    PublicGroupId publicId,
    GroupDetails details,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  public RecipientGroup {
    List<RecipientViolation> violations = details.violations();
    if (!violations.isEmpty()) {
      throw new IllegalArgumentException("not a group: " + violations);
    }
  }

  public String name() {
    return details.name();
  }

  /// Whether its members are told by their tags.
  public boolean isDynamic() {
    return details.tags() != null;
  }

  /// The same group with other details from `now` on.
  ///
  /// @throws IllegalArgumentException if the details are in violation, or would make a static group
  ///   dynamic or the other way round
  public RecipientGroup with(GroupDetails changed, Instant now) {
    if ((changed.tags() == null) == isDynamic()) {
      throw new IllegalArgumentException("a group stays static or dynamic");
    }
    return new RecipientGroup(id, publicId, changed, version + 1, createdAt, now);
  }
}
