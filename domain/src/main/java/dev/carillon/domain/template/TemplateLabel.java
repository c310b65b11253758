package dev.carillon.domain.template;

import dev.carillon.domain.error.FieldViolation;
import java.util.ArrayList;
import java.util.List;

/// What people call a template; it may change without a new version.
///
/// @param name unique in its business and environment
/// @param description may be empty
public record TemplateLabel(String name, String description) {
  /// Most characters (Unicode code points) of a name.
  public static final int LONGEST_NAME = 200;

  /// Most characters (Unicode code points) of a description.
  public static final int LONGEST_DESCRIPTION = 2_000;

  public TemplateLabel {
    name = name.strip();
  }

  /// Everything that keeps a template from being called so, each with its path below `field`.
  public List<FieldViolation> violations(String field) {
    List<FieldViolation> found = new ArrayList<>();
    if (name.isEmpty()
        || length(name) > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      found.add(
          new FieldViolation(
              field + ".name",
              "must have 1 to " + LONGEST_NAME + " characters, no line breaks among them"));
    }
    if (length(description) > LONGEST_DESCRIPTION || description.indexOf('\0') >= 0) {
      found.add(
          new FieldViolation(
              field + ".description",
              "must have at most " + LONGEST_DESCRIPTION + " characters and no NUL"));
    }
    return found;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
