package dev.carillon.application.recipient;

import dev.carillon.application.port.RecipientRepository;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.recipient.AddressPolicy;
import dev.carillon.domain.recipient.RecipientDetails;
import dev.carillon.domain.recipient.RecipientMatch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps apart what no two recipients of a scope may share: references, and addresses where the
/// policy says so.
public final class Uniqueness {
  private final RecipientRepository recipients;
  private final AddressPolicy policy;

  public Uniqueness(RecipientRepository recipients, AddressPolicy policy) {
    this.recipients = recipients;
    this.policy = policy;
  }

  /// By what recipients are kept apart.
  List<RecipientMatch> keys() {
    return policy == AddressPolicy.UNIQUE
        ? Arrays.asList(RecipientMatch.values())
        : List.of(RecipientMatch.REFERENCE);
  }

  /// Waits for the turn to write these details, if they need one. To be called before anything is
  /// locked.
  void takeTurn(Scope scope, RecipientDetails details) {
    if (policy == AddressPolicy.UNIQUE) {
      recipients.takeTurn(scope, true);
    } else if (!details.reference().isEmpty()) {
      // Not while an import is at it; among others the store itself keeps references apart.
      recipients.takeTurn(scope, false);
    }
  }

  /// Throws AlreadyExists when another recipient has what must be unique.
  ///
  /// What one has already is one's own, were it shared.
  ///
  /// @param before of the same recipient; null for somebody new
  void check(Scope scope, RecipientDetails details, @Nullable RecipientDetails before) {
    for (RecipientMatch key : keys()) {
      Optional<String> value = key.of(details);
      if (value.isPresent() && (before == null || !key.of(before).equals(value))) {
        refuseIfTaken(scope, key, value.get());
      }
    }
  }

  private void refuseIfTaken(Scope scope, RecipientMatch key, String value) {
    recipients
        .matching(scope, key, value)
        .ifPresent(holder -> {
          throw Refusals.taken(key.field().path(), holder);
        });
  }
}
