package dev.carillon.domain.recipient;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All of a group that people write, blanks around the texts removed. [#violations()] tells whether
/// a [RecipientGroup] can be made of it.
///
/// @param name unique among the groups of a business's environment
/// @param description may have lines, may be empty
/// @param tags who its members are; null for a static group
public record GroupDetails(String name, String description, @Nullable TagExpression tags) {
  /// The bounds are ours; a character is a Unicode code point.
  private static final int LONGEST_NAME = 100;

  private static final int LONGEST_DESCRIPTION = 1_000;

  public GroupDetails {
    name = name.strip();
    description = description.strip();
  }

  /// Everything that keeps these details from being a group, in the order of the fields; empty if
  /// nothing does.
  public List<RecipientViolation> violations() {
    List<RecipientViolation> found = new ArrayList<>();
    if (name.isEmpty()) {
      found.add(new RecipientViolation("name", "is required and must not be blank"));
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      found.add(
          new RecipientViolation(
              "name", "must not contain line breaks or other control characters"));
    }
    checkLength("name", name, LONGEST_NAME, found);
    if (description.indexOf('\0') >= 0) {
      found.add(new RecipientViolation("description", "must not contain the NUL character"));
    }
    checkLength("description", description, LONGEST_DESCRIPTION, found);
    return List.copyOf(found);
  }

  private static void checkLength(
      String field, String value, int longest, List<RecipientViolation> found) {
    if (value.codePointCount(0, value.length()) > longest) {
      found.add(
          new RecipientViolation(field, "must not be longer than " + longest + " characters"));
    }
  }
}
