package dev.carillon.application.group;

import dev.carillon.domain.business.Caller;
import dev.carillon.domain.recipient.RecipientKey;
import java.util.List;

/// Whose memberships in which group are to change.
///
/// @param requestId may be empty
/// @param group its public id
/// @param recipients 1 to 10,000, in the caller's order
public record MemberCommand(
    Caller caller, String requestId, String group, List<RecipientKey> recipients) {
  public MemberCommand {
    recipients = List.copyOf(recipients);
  }
}
