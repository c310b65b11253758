package dev.carillon.application.port;

import dev.carillon.domain.content.Channel;
import dev.carillon.domain.recipient.GroupId;
import dev.carillon.domain.recipient.TagExpression;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which recipients. An empty set or text and null bound nothing.
///
/// @param tags a recipient must carry all of them
/// @param text stands somewhere in "first name, blank, last name", an address or the reference, in
///   letters of either case
/// @param channel a recipient must have an address for it
/// @param group a static group that a recipient must be a member of
/// @param expression what the tags of a recipient must fit
public record RecipientFilter(
    Set<String> tags,
    String text,
    @Nullable Channel channel,
    @Nullable GroupId group,
    @Nullable TagExpression expression) {
  /// All recipients.
  public static final RecipientFilter ALL = new RecipientFilter(Set.of(), "", null, null, null);

  /// Whether it bounds nothing.
  public boolean isAll() {
    return equals(ALL);
  }

  @Override
  public String toString() {
    return "RecipientFilter[" + tags.size() + " tags]";
  }
}
