package dev.carillon.application.recipient;

import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.RecipientImports;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.recipient.RefusedRow;

/// Lists the rows that an import left out, in the order of the import.
public final class ListRefusedRows {
  private final RecipientImports imports;

  public ListRefusedRows(RecipientImports imports) {
    this.imports = imports;
  }

  /// The page; NotFound when nothing of the import has come, or it is another tenant's.
  public Page<RefusedRow> handle(Query query) {
    return imports
        .refused(query.caller().scope(), query.importId(), query.page())
        .orElseThrow(() -> Refusals.noImport(query.importId()));
  }

  /// Rows of which import, and which part of them.
  public record Query(Caller caller, String importId, PageRequest page) {}
}
