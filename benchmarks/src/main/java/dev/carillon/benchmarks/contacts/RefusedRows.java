package dev.carillon.benchmarks.contacts;

import dev.carillon.v1.ListRefusedRowsRequest;
import dev.carillon.v1.ListRefusedRowsResponse;
import dev.carillon.v1.RefusedRow;

/// Reads an import's report of what was left out, to its end.
final class RefusedRows {
  private static final int PAGE = 1_000;

  private final ContactsClient client;

  RefusedRows(ContactsClient client) {
    this.client = client;
  }

  /// How many rows of the report are right; each row counts once, in the order of the import.
  long right(String importId) {
    long right = 0;
    long last = -1;
    String token = "";
    do {
      ListRefusedRowsResponse page =
          client
              .recipients()
              .listRefusedRows(
                  ListRefusedRowsRequest.newBuilder()
                      .setImportId(importId)
                      .setPageSize(PAGE)
                      .setPageToken(token)
                      .build());
      for (RefusedRow row : page.getRefusedRowsList()) {
        right += row.getRow() > last && BadRows.isTold(row) ? 1 : 0;
        last = row.getRow();
      }
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return right;
  }
}
