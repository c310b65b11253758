package dev.carillon.domain.content;

import java.util.ArrayList;
import java.util.List;

/// Collects what is wrong, field by field, by the checks that several fields share.
final class Violations {
  private final List<ContentViolation> found = new ArrayList<>();

  void add(String field, String description) {
    found.add(new ContentViolation(field, description));
  }

  void addAll(List<ContentViolation> others) {
    found.addAll(others);
  }

  /// Text that is stored and sent as it is: PostgreSQL and most carriers refuse NUL in it.
  void checkBody(String field, String value) {
    if (value.indexOf('\0') >= 0) {
      add(field, "must not contain the NUL character");
    }
  }

  /// Text that ends up in a line of a protocol: a line break would begin a line of the caller's
  /// making.
  void checkLine(String field, String value) {
    if (hasControl(value)) {
      add(field, "must not contain line breaks or other control characters");
    }
  }

  void checkCharacters(String field, String value, int max) {
    if (value.length() > max && value.codePointCount(0, value.length()) > max) {
      add(field, "must not be longer than " + max + " characters");
    }
  }

  List<ContentViolation> found() {
    return List.copyOf(found);
  }

  private static boolean hasControl(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isISOControl(c) && c != '\t') {
        return true;
      }
    }
    return false;
  }
}
