package dev.carillon.application;

import dev.carillon.application.port.Audiences;
import java.util.List;

/// Whom a submission goes to.
public sealed interface Audience {

  /// Those that the submission lists.
  ///
  /// @param field what the caller calls the list, for field paths
  record Listed(String field, List<CreateBulkJob.Entry> entries) implements Audience {
    @Override
    public String toString() {
      return "Audience.Listed[" + entries.size() + " entries]";
    }
  }

  /// Recipients of the business, as they are when the submission is accepted.
  record Stored(Audiences.Selection selection) implements Audience {}

  /// Those that are uploaded afterwards: the job is OPEN until then.
  record Uploaded() implements Audience {}
}
