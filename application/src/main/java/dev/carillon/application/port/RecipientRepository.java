package dev.carillon.application.port;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.recipient.Address;
import dev.carillon.domain.recipient.Recipient;
import dev.carillon.domain.recipient.RecipientId;
import dev.carillon.domain.recipient.RecipientKey;
import dev.carillon.domain.recipient.RecipientMatch;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Keeps the stored contacts of businesses. Everything is bounded by a scope: what is another's
/// does not exist.
public interface RecipientRepository {
  /// Waits until nobody else writes recipients of the scope alone, nor, when `alone`, together with
  /// others, and keeps it so until the transaction ends. To be called before any row is locked or
  /// looked for that must not appear meanwhile.
  void takeTurn(Scope scope, boolean alone);

  /// Stores a recipient and gives it its number.
  ///
  /// @throws dev.carillon.domain.error.DomainException AlreadyExists when the reference is taken;
  ///   the transaction cannot go on then
  Recipient insert(Scope scope, NewRecipient recipient, Instant now);

  /// Stores many recipients, in their order, inside the caller's transaction. Their references must
  /// be free.
  void insertAll(Scope scope, List<NewRecipient> recipients, Instant now);

  /// The recipient; empty when it does not exist within the scope.
  Optional<Recipient> find(Scope scope, RecipientKey key);

  /// Those that exist of these, in no order.
  List<Recipient> findAll(Scope scope, Collection<? extends RecipientKey> keys);

  /// The recipient, its row locked until the transaction ends; empty when it does not exist within
  /// the scope.
  Optional<Recipient> lock(Scope scope, RecipientKey key);

  /// Those that have one of these values in the field that is matched by, by number, their rows
  /// locked until the transaction ends.
  List<Recipient> lockMatching(Scope scope, RecipientMatch match, Collection<String> values);

  /// The first by number that has this value in the field that is matched by; empty if none has.
  Optional<RecipientId> matching(Scope scope, RecipientMatch match, String value);

  /// Writes recipients back that were locked in this transaction: their details, version and time.
  ///
  /// @throws dev.carillon.domain.error.DomainException AlreadyExists when a reference is taken; the
  ///   transaction cannot go on then
  void save(Scope scope, List<Recipient> changed);

  /// Deletes a recipient and its memberships; false when it did not exist within the scope.
  boolean delete(Scope scope, RecipientId id);

  /// Takes an address away from everybody who has it, and deletes those whom it leaves without any;
  /// returns whom it deleted, by number. One transaction.
  List<RecipientId> withdraw(Scope scope, Address address, Instant now);

  /// A page of the scope's recipients.
  RecipientPage list(Scope scope, RecipientFilter filter, RecipientPageRequest page);
}
