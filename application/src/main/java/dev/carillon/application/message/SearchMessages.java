package dev.carillon.application.message;

import dev.carillon.application.port.MessageRepository;
import dev.carillon.application.port.MessageSearch;
import dev.carillon.application.port.Numbering;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.message.Message;
import dev.carillon.domain.recipient.EmailAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds messages over all jobs of a business by the caller's reference or by whom they went to,
/// the newest job first.
public final class SearchMessages {
  private final MessageRepository messages;
  private final Numbering numbering;

  public SearchMessages(MessageRepository messages, Numbering numbering) {
    this.messages = messages;
    this.numbering = numbering;
  }

  /// A page of them. Throws a DomainException: InvalidFields when nothing is searched for.
  public Page<Message> handle(Query query) {
    if (query.address().isBlank() && query.clientRef().isEmpty()) {
      throw new DomainException(
          new DomainError.InvalidFields(
              List.of(new FieldViolation("address", "either this or client_ref must be given"))));
    }
    return messages.search(
        query.caller().scope(),
        new MessageSearch(addresses(query), query.clientRef()),
        query.page());
  }

  /// All that the address may be stored as: as it was given, if it could not be read; the number or
  /// the mailbox that it means.
  private Set<String> addresses(Query query) {
    Set<String> addresses = new HashSet<>();
    if (!query.address().isBlank()) {
      addresses.add(query.address());
      EmailAddress.parse(query.address()).ifPresent(mailbox -> addresses.add(mailbox.value()));
      numbering
          .parse(query.address(), query.caller().defaultRegion())
          .ifPresent(number -> addresses.add(number.value()));
    }
    return addresses;
  }

  /// What is searched for.
  ///
  /// @param address as the caller writes it; may be empty
  /// @param clientRef may be empty
  public record Query(Caller caller, String address, String clientRef, PageRequest page) {
    @Override
    public String toString() {
      return "SearchMessages.Query";
    }
  }
}
