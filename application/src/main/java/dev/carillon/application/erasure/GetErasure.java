package dev.carillon.application.erasure;

import dev.carillon.application.port.Erasures;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.recipient.Erasure;
import dev.carillon.domain.recipient.ErasureId;

/// Shows how far an erasure has come.
public final class GetErasure {
  private final Erasures erasures;

  public GetErasure(Erasures erasures) {
    this.erasures = erasures;
  }

  /// The erasure; NotFound when it does not exist or is another tenant's.
  public Erasure handle(Query query) {
    return ErasureId.parse(query.erasureId())
        .flatMap(id -> erasures.find(query.caller().scope(), id))
        .orElseThrow(() ->
            new DomainException(
                new DomainError.NotFound(DomainError.NotFound.Kind.ERASURE, query.erasureId())));
  }

  /// Which one, by its id.
  public record Query(Caller caller, String erasureId) {}
}
