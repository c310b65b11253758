package dev.carillon.grpc;

import dev.carillon.application.CreateBulkJob;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.v1.BulkJobEntry;
import dev.carillon.v1.CreateBulkJobRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Maps the recipients of a submission, tens of thousands of them: plain loops and no look-ups.
final class EntryRequests {
  private final Violations violations;

  private EntryRequests(Violations violations) {
    this.violations = violations;
  }

  /// The entries in their order. Notes every text with a NUL in it, which neither the store nor a
  /// carrier takes.
  static List<CreateBulkJob.Entry> entries(CreateBulkJobRequest request, Violations violations) {
    EntryRequests mapping = new EntryRequests(violations);
    return request.getToCount() > 0
        ? mapping.addresses(request.getToList())
        : mapping.entries(request.getEntriesList());
  }

  /// The same of a chunk that is uploaded.
  static List<CreateBulkJob.Entry> chunk(List<BulkJobEntry> entries, Violations violations) {
    return new EntryRequests(violations).entries(entries);
  }

  private List<CreateBulkJob.Entry> addresses(List<String> addresses) {
    List<CreateBulkJob.Entry> mapped = new ArrayList<>(addresses.size());
    for (int i = 0; i < addresses.size(); i++) {
      String to = addresses.get(i);
      if (hasNul(to)) {
        refuse("to[" + i + "]");
      }
      mapped.add(new CreateBulkJob.Entry(to, "", PersonalContent.EMPTY));
    }
    return mapped;
  }

  private List<CreateBulkJob.Entry> entries(List<BulkJobEntry> entries) {
    List<CreateBulkJob.Entry> mapped = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      mapped.add(entry(entries.get(i), i));
    }
    return mapped;
  }

  private CreateBulkJob.Entry entry(BulkJobEntry entry, int position) {
    if (hasNul(entry.getTo())) {
      refuse("entries[" + position + "].to");
    }
    if (hasNul(entry.getClientRef())) {
      refuse("entries[" + position + "].client_ref");
    }
    PersonalContent own =
        entry.hasContent() ? own(entry.getContent(), position) : PersonalContent.EMPTY;
    return new CreateBulkJob.Entry(entry.getTo(), entry.getClientRef(), own);
  }

  private PersonalContent own(dev.carillon.v1.PersonalContent content, int position) {
    String text = content.hasText() ? content.getText() : null;
    String subject = content.hasSubject() ? content.getSubject() : null;
    String html = content.hasHtml() ? content.getHtml() : null;
    List<String> parameters = content.getParametersList();
    Map<String, String> variables = content.getVariablesMap();
    if (hasNul(text)
        || hasNul(subject)
        || hasNul(html)
        || hasNul(parameters)
        || hasNul(variables)) {
      refuse("entries[" + position + "].content");
    }
    return new PersonalContent(text, subject, html, parameters, variables);
  }

  private void refuse(String path) {
    violations.add(path, "must not contain the NUL character");
  }

  private static boolean hasNul(Map<String, String> variables) {
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      if (hasNul(variable.getKey()) || hasNul(variable.getValue())) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasNul(List<String> texts) {
    for (String text : texts) {
      if (hasNul(text)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasNul(@Nullable String text) {
    return text != null && text.indexOf('\0') >= 0;
  }
}
