package dev.carillon.application.message;

import dev.carillon.application.port.MessageRepository;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.message.Message;
import dev.carillon.domain.message.MessageId;

/// Shows one message as it stands now.
public final class GetMessage {
  private final MessageRepository messages;

  public GetMessage(MessageRepository messages) {
    this.messages = messages;
  }

  /// The message; NotFound when it does not exist or is another tenant's.
  public Message handle(Query query) {
    return MessageId.parse(query.id())
        .flatMap(id -> messages.find(query.caller().scope(), id))
        .orElseThrow(() ->
            new DomainException(
                new DomainError.NotFound(DomainError.NotFound.Kind.MESSAGE, query.id())));
  }

  /// Which message, by its public id.
  public record Query(Caller caller, String id) {}
}
