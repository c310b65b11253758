package dev.carillon.application.recipient;

import dev.carillon.application.port.IdSource;
import dev.carillon.application.port.NewRecipient;
import dev.carillon.application.port.RecipientRepository;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.recipient.Recipient;
import dev.carillon.domain.recipient.RecipientDetails;
import dev.carillon.domain.recipient.RecipientField;
import dev.carillon.domain.recipient.RecipientId;
import dev.carillon.domain.recipient.RecipientImport;
import dev.carillon.domain.recipient.RecipientMatch;
import dev.carillon.domain.recipient.RecipientViolation;
import dev.carillon.domain.recipient.RefusedRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rows of one chunk and the recipients that they are about, while they are brought together: a
/// later row sees what an earlier one did.
final class ImportedChunk {
  private final RecipientMatch match;
  private final Holders holders;
  private final RecipientImport standing;
  private final long sequence;
  private final Map<RecipientId, Contact> known = new LinkedHashMap<>();
  private final List<Contact> added = new ArrayList<>();
  private final List<RefusedRow> refused = new ArrayList<>();
  private long created;
  private long updated;
  private long unchanged;

  ImportedChunk(
      RecipientMatch match, List<RecipientMatch> unique, RecipientImport standing, long sequence) {
    this.match = match;
    this.holders = new Holders(unique);
    this.standing = standing;
    this.sequence = sequence;
  }

  /// Locks everybody whom the rows may be about or get in the way of.
  void load(RecipientRepository recipients, Scope scope, List<RecipientReader.Read> rows) {
    Set<RecipientMatch> keys = new LinkedHashSet<>(holders.unique());
    keys.add(match);
    for (RecipientMatch key : keys) {
      for (Recipient recipient : recipients.lockMatching(scope, key, values(key, rows))) {
        known.computeIfAbsent(recipient.id(), _ -> new Contact(recipient, recipient.details()));
      }
    }
    known.values().forEach(holders::add);
  }

  /// Brings one row in, or notes why it is left out.
  void merge(int index, RecipientReader.Read row, Set<RecipientField> fields) {
    Optional<String> key = match.of(row.details());
    List<RecipientViolation> violations = new ArrayList<>(row.unreadable());
    if (key.isEmpty() && row.unreadable().isEmpty()) {
      violations.add(new RecipientViolation(path(match), "is needed: rows are matched by it"));
    }
    Set<Contact> meant = key.map(value -> holders.of(match, value)).orElse(Set.of());
    if (meant.size() > 1) {
      violations.add(new RecipientViolation(path(match), "is shared by several recipients"));
    }
    if (violations.isEmpty()) {
      violations.addAll(meant.isEmpty() ? add(row) : change(meant.iterator().next(), row, fields));
    }
    if (!violations.isEmpty()) {
      refused.add(new RefusedRow(standing.counts().total() + index, sequence, index, violations));
    }
  }

  /// Writes everything that is new or changed.
  void store(RecipientRepository recipients, Scope scope, IdSource ids, Instant now) {
    List<Recipient> freeing = new ArrayList<>();
    List<Recipient> changed = new ArrayList<>();
    for (Contact contact : known.values()) {
      Recipient stored = contact.stored;
      if (stored != null && !contact.details.equals(stored.details())) {
        changed.add(stored.with(contact.details, now));
        if (losesReferenceToAnother(stored, contact)) {
          freeing.add(stored.with(withoutReference(stored.details()), now));
        }
      }
    }
    // References may go round among the changed ones: then no order of writing them is free of two
    // who have the same for a moment.
    if (!freeing.isEmpty()) {
      recipients.save(scope, freeing);
    }
    if (!changed.isEmpty()) {
      recipients.save(scope, changed);
    }
    if (!added.isEmpty()) {
      recipients.insertAll(
          scope,
          added.stream()
              .map(contact -> new NewRecipient(ids.nextId(now), contact.details))
              .toList(),
          now);
    }
  }

  RecipientImport.Counts counts() {
    return new RecipientImport.Counts(created, updated, unchanged, refused.size());
  }

  List<RefusedRow> refused() {
    return refused;
  }

  private List<RecipientViolation> add(RecipientReader.Read row) {
    List<RecipientViolation> violations = violations(row, row.details(), null);
    if (violations.isEmpty()) {
      Contact contact = new Contact(null, row.details());
      holders.add(contact);
      added.add(contact);
      created++;
    }
    return violations;
  }

  private List<RecipientViolation> change(
      Contact contact, RecipientReader.Read row, Set<RecipientField> fields) {
    RecipientDetails details = contact.details.with(row.details(), fields);
    if (details.equals(contact.details)) {
      unchanged++;
      return List.of();
    }
    List<RecipientViolation> violations = violations(row, details, contact);
    if (violations.isEmpty()) {
      holders.remove(contact);
      contact.details = details;
      holders.add(contact);
      updated++;
    }
    return violations;
  }

  private List<RecipientViolation> violations(
      RecipientReader.Read row, RecipientDetails details, @Nullable Contact self) {
    List<RecipientViolation> violations = row.violations(details);
    for (RecipientMatch taken : holders.takenFrom(details, self)) {
      violations.add(new RecipientViolation(path(taken), "is another recipient's"));
    }
    return violations;
  }

  /// What rows say in that field, without what nobody can have: the store could not even look for
  /// some of it.
  private static Set<String> values(RecipientMatch key, List<RecipientReader.Read> rows) {
    Set<String> values = new HashSet<>();
    for (RecipientReader.Read row : rows) {
      key.of(row.details())
          .filter(_ ->
              row.details().violations().stream()
                  .noneMatch(violation -> violation.field().equals(path(key))))
          .ifPresent(values::add);
    }
    return values;
  }

  private boolean losesReferenceToAnother(Recipient stored, Contact contact) {
    return !stored.reference().isEmpty()
        && holders.of(RecipientMatch.REFERENCE, stored.reference()).stream()
            .anyMatch(holder -> holder != contact);
  }

  private static RecipientDetails withoutReference(RecipientDetails details) {
    return new RecipientDetails(
        details.firstName(),
        details.lastName(),
        details.email(),
        details.smsPhone(),
        details.whatsappPhone(),
        details.address(),
        details.tags(),
        details.notes());
  }

  private static String path(RecipientMatch key) {
    return key.field().path();
  }

  /// A recipient, stored or still to be, as the rows have left it so far.
  static final class Contact {
    private final @Nullable Recipient stored;
    private RecipientDetails details;

    private Contact(@Nullable Recipient stored, RecipientDetails details) {
      this.stored = stored;
      this.details = details;
    }

    RecipientDetails details() {
      return details;
    }
  }
}
