package dev.carillon.application.recipient;

import dev.carillon.application.port.RecipientImports;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.recipient.RecipientImport;

/// Shows how an import of recipients stands, and with that where one that was cut off has to go on.
public final class GetRecipientImport {
  private final RecipientImports imports;

  public GetRecipientImport(RecipientImports imports) {
    this.imports = imports;
  }

  /// The import; NotFound when nothing of it has come, or it is another tenant's.
  public RecipientImport handle(Query query) {
    return imports
        .find(query.caller().scope(), query.importId())
        .orElseThrow(() -> Refusals.noImport(query.importId()));
  }

  /// Which import, by the caller's own name.
  public record Query(Caller caller, String importId) {}
}
