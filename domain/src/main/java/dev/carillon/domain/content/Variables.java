package dev.carillon.domain.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What variables may be called and how long their values may be. The bounds are ours.
public final class Variables {
  /// Most variables that an entry, a template or a job gives values for.
  public static final int MOST = 64;

  /// Most characters of a name: letters, digits, `_` and `.`, the first of them a letter or `_`.
  public static final int LONGEST_NAME = 64;

  /// Most UTF-16 units of a value.
  public static final int LONGEST_VALUE = 4_000;

  private Variables() {}

  /// Whether a variable may be called so.
  public static boolean isName(String text) {
    if (text.isEmpty() || text.length() > LONGEST_NAME || !mayBegin(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      if (!mayFollow(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /// Whether all of them may be given. Linear in their size.
  public static boolean areFit(Map<String, String> variables) {
    if (variables.size() > MOST) {
      return false;
    }
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      if (!isName(variable.getKey()) || !isValue(variable.getValue())) {
        return false;
      }
    }
    return true;
  }

  /// Everything that keeps them from being given; empty exactly if they are fit.
  ///
  /// @param field what holds them; the path of one that has a name goes on with that name
  public static List<ContentViolation> violations(String field, Map<String, String> variables) {
    List<ContentViolation> found = new ArrayList<>();
    if (variables.size() > MOST) {
      found.add(new ContentViolation(field, "must not be more than " + MOST + " variables"));
      return found;
    }
    variables.forEach((name, value) -> {
      if (!isName(name)) {
        found.add(
            new ContentViolation(
                field,
                "must be named by 1 to "
                    + LONGEST_NAME
                    + " letters, digits, _ and ., the first a letter or _"));
      } else if (!isValue(value)) {
        found.add(
            new ContentViolation(
                field + "[\"" + name + "\"]",
                "must have at most " + LONGEST_VALUE + " characters and no NUL"));
      }
    });
    return found;
  }

  private static boolean isValue(String text) {
    return text.length() <= LONGEST_VALUE && text.indexOf('\0') < 0;
  }

  private static boolean mayBegin(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean mayFollow(char c) {
    return mayBegin(c) || (c >= '0' && c <= '9') || c == '.';
  }
}
