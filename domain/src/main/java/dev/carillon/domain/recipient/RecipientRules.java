package dev.carillon.domain.recipient;

import java.util.ArrayList;
import java.util.List;

/// What a recipient needs and how large it may be. The bounds are ours; a character is a Unicode
/// code point.
final class RecipientRules {
  static final int LONGEST_NAME = 100;
  static final int LONGEST_STREET = 200;
  static final int LONGEST_PLACE = 100;
  static final int LONGEST_ZIP_CODE = 20;
  static final int MOST_TAGS = 50;
  static final int LONGEST_TAG = 64;
  static final int LONGEST_NOTES = 4000;
  static final int LONGEST_REFERENCE = 128;

  private final List<RecipientViolation> found = new ArrayList<>();

  private RecipientRules() {}

  static List<RecipientViolation> violations(RecipientDetails details) {
    RecipientRules rules = new RecipientRules();
    rules.checkName("first_name", details.firstName());
    rules.checkName("last_name", details.lastName());
    rules.checkContact(details);
    rules.checkAddress(details.address());
    rules.checkTags(details.tags());
    rules.checkNotes(details.notes());
    rules.checkLine("reference", details.reference(), LONGEST_REFERENCE);
    return List.copyOf(rules.found);
  }

  private void checkName(String field, String name) {
    if (name.isEmpty()) {
      add(field, "is required and must not be blank");
    }
    checkLine(field, name, LONGEST_NAME);
  }

  private void checkContact(RecipientDetails details) {
    if (!details.isReachable()) {
      add("email", "at least one of email, sms_phone and whatsapp_phone is required");
    }
  }

  private void checkAddress(PostalAddress address) {
    checkLine("street", address.street(), LONGEST_STREET);
    checkLine("city", address.city(), LONGEST_PLACE);
    checkLine("state", address.state(), LONGEST_PLACE);
    checkLine("zip_code", address.zipCode(), LONGEST_ZIP_CODE);
  }

  private void checkTags(List<String> tags) {
    if (tags.size() > MOST_TAGS) {
      add("tags", "must not be more than " + MOST_TAGS + " tags");
      return;
    }
    for (int i = 0; i < tags.size(); i++) {
      checkLine("tags[" + i + "]", tags.get(i), LONGEST_TAG);
    }
  }

  /// Notes may have lines; NUL is what PostgreSQL cannot store.
  private void checkNotes(String notes) {
    if (notes.indexOf('\0') >= 0) {
      add("notes", "must not contain the NUL character");
    }
    checkLength("notes", notes, LONGEST_NOTES);
  }

  private void checkLine(String field, String value, int longest) {
    if (value.chars().anyMatch(Character::isISOControl)) {
      add(field, "must not contain line breaks or other control characters");
    }
    checkLength(field, value, longest);
  }

  private void checkLength(String field, String value, int longest) {
    if (value.length() > longest && value.codePointCount(0, value.length()) > longest) {
      add(field, "must not be longer than " + longest + " characters");
    }
  }

  private void add(String field, String description) {
    found.add(new RecipientViolation(field, description));
  }
}
