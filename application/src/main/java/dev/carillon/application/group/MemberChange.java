package dev.carillon.application.group;

import dev.carillon.domain.recipient.RecipientKey;
import java.util.List;

/// What became of the recipients of a [MemberCommand]. One that was named twice counts once.
///
/// @param changed who is a member now and was none, or the other way round
/// @param unchanged who was as wanted before
/// @param unknown who does not exist, in the order of the request
public record MemberChange(int changed, int unchanged, List<RecipientKey> unknown) {
  public MemberChange {
    unknown = List.copyOf(unknown);
  }
}
