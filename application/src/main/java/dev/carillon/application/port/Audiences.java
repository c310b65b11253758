package dev.carillon.application.port;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.recipient.Recipient;
import dev.carillon.domain.recipient.RecipientId;
import dev.carillon.domain.recipient.TagExpression;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Reads who is written to out of the stored recipients.
public interface Audiences {
  /// Hands over everybody of the selection, page by page, in the order of the selection, or by
  /// number where it has none. All of it is as it was at one moment; inside the caller's
  /// transaction, in bounded memory. `page` may use the store meanwhile.
  ///
  /// @throws dev.carillon.domain.error.DomainException GroupNotFound
  void read(Scope scope, Selection selection, int pageSize, Consumer<List<Pick>> page);

  /// Those of the normalised addresses that a member of the group has for the channel.
  ///
  /// @throws dev.carillon.domain.error.DomainException GroupNotFound
  Set<String> ofGroup(Scope scope, Channel channel, String group, Collection<String> addresses);

  /// Whom to read.
  sealed interface Selection {
    /// These, in this order.
    record Ids(List<RecipientId> ids) implements Selection {}

    /// The members of a group.
    ///
    /// @param group its id
    record Group(String group) implements Selection {}

    /// Everybody whose tags fit the expression.
    record Tags(TagExpression expression) implements Selection {}
  }

  /// Whom a selection names.
  sealed interface Pick {
    /// A recipient.
    record Known(Recipient recipient) implements Pick {}

    /// Nobody of this number exists within the scope.
    record Unknown(RecipientId id) implements Pick {}
  }
}
