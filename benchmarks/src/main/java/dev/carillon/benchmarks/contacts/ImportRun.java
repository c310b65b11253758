package dev.carillon.benchmarks.contacts;

import dev.carillon.benchmarks.contacts.Importing.Imported;
import dev.carillon.v1.ListRecipientsRequest;
import dev.carillon.v1.RecipientImport;
import io.grpc.StatusException;
import java.util.UUID;

/// Imports rows of which every hundredth is bad, and then the same rows once more.
public final class ImportRun {
  private final ContactsClient client;

  /// A client of a business that has no recipients.
  public ImportRun(ContactsClient client) {
    this.client = client;
  }

  public Twice run(long rows) throws StatusException, InterruptedException {
    String name = "bench-" + UUID.randomUUID();
    Importing importing = new Importing(client);
    Imported first = importing.run(name, rows, BadRows::at);
    long told = new RefusedRows(client).right(name);
    Imported second = importing.run(name + "-again", rows, BadRows::at);
    long stored =
        client
            .recipients()
            .listRecipients(ListRecipientsRequest.newBuilder().setPageSize(1).build())
            .getTotalSize();
    return new Twice(rows, first, second, told, stored);
  }

  /// What came of it.
  ///
  /// @param rows that were sent each time
  /// @param told rows of the first import's report that name the right row and the right field
  /// @param stored recipients at the end
  public record Twice(long rows, Imported first, Imported second, long told, long stored) {
    public long bad() {
      return BadRows.countOf(rows);
    }

    /// Whether nothing but the bad rows was left out, each of them with its reason, and the second
    /// import changed nothing.
    public boolean isExact() {
      RecipientImport once = first.standing();
      RecipientImport again = second.standing();
      long good = rows - bad();
      return once.getTotalCount() == rows
          && once.getCreatedCount() == good
          && once.getRefusedCount() == bad()
          && told == bad()
          && again.getTotalCount() == rows
          && again.getUnchangedCount() == good
          && again.getRefusedCount() == bad()
          && stored == good;
    }
  }
}
