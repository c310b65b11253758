package dev.carillon.application.port;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.recipient.GroupDetails;
import dev.carillon.domain.recipient.GroupId;
import dev.carillon.domain.recipient.MemberCounts;
import dev.carillon.domain.recipient.PublicGroupId;
import dev.carillon.domain.recipient.RecipientGroup;
import dev.carillon.domain.recipient.RecipientKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Keeps groups of recipients, and who is in the static ones. A membership ends with the recipient.
/// Members are listed by [RecipientRepository#list].
public interface RecipientGroupRepository {
  /// Stores a new group in its first version.
  ///
  /// @throws dev.carillon.domain.error.DomainException AlreadyExists when another group of the
  ///   scope has the name; the caller's transaction can then only be given up
  RecipientGroup insert(Scope scope, PublicGroupId id, GroupDetails details, Instant now);

  /// The group; empty when it does not exist within the scope.
  Optional<RecipientGroup> find(Scope scope, PublicGroupId id);

  /// The same, its row locked until the transaction ends, so that it stays as it is.
  Optional<RecipientGroup> lock(Scope scope, PublicGroupId id);

  /// The same, so that it cannot be deleted until the transaction ends; its members may change.
  Optional<RecipientGroup> hold(Scope scope, PublicGroupId id);

  /// Stores the details, version and time of a group that this transaction has locked.
  ///
  /// @throws dev.carillon.domain.error.DomainException AlreadyExists as above
  void save(RecipientGroup group);

  /// Deletes a group and all memberships in it; its members stay.
  void delete(GroupId id);

  /// A page of the scope's groups, newest first.
  Page<RecipientGroup> list(Scope scope, PageRequest page);

  /// How many members each of these groups of the scope has now.
  Map<GroupId, MemberCounts> count(Scope scope, Collection<RecipientGroup> groups);

  /// Makes the scope's recipients members of a static group that this transaction holds; those that
  /// are members already, or unknown, change nothing.
  Changed add(Scope scope, GroupId group, Collection<RecipientKey> recipients);

  /// Ends their memberships likewise; the recipients stay.
  Changed remove(Scope scope, GroupId group, Collection<RecipientKey> recipients);

  /// What a change of members came to. A recipient that was named in two ways counts once.
  ///
  /// @param changed who is a member now and was none, or the other way round
  /// @param unchanged who was as wanted before
  /// @param unknown the keys of nobody within the scope
  record Changed(int changed, int unchanged, Set<RecipientKey> unknown) {
    public Changed {
      unknown = Set.copyOf(unknown);
    }
  }
}
