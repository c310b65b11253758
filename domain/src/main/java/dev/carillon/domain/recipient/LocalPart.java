package dev.carillon.domain.recipient;

/// The grammar of what stands before the `@` (RFC 5321, 4.1.2): a dot-string or a quoted string, in
/// ASCII.
final class LocalPart {
  /// RFC 5321, 4.5.3.1.1.
  private static final int LONGEST = 64;

  /// RFC 5322, 3.2.3: what an atom may hold beside letters and digits.
  private static final String ATOM_SYMBOLS = "!#$%&'*+-/=?^_`{|}~";

  private LocalPart() {}

  static boolean isValid(String local) {
    if (local.isEmpty() || local.length() > LONGEST) {
      return false;
    }
    return local.charAt(0) == '"' ? isQuotedString(local) : isDotString(local);
  }

  private static boolean isDotString(String local) {
    boolean atomEmpty = true;
    for (int i = 0; i < local.length(); i++) {
      char c = local.charAt(i);
      if (c == '.' ? atomEmpty : !isAtomCharacter(c)) {
        return false;
      }
      atomEmpty = c == '.';
    }
    return !atomEmpty;
  }

  private static boolean isAtomCharacter(char c) {
    return isLetter(c) || (c >= '0' && c <= '9') || ATOM_SYMBOLS.indexOf(c) >= 0;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /// Printable ASCII between quotes, where a backslash takes the next character as it is.
  private static boolean isQuotedString(String local) {
    int last = local.length() - 1;
    int i = 1;
    while (i < last && local.charAt(i) != '"' && isPrintable(local.charAt(i))) {
      if (local.charAt(i) == '\\') {
        i++;
        if (!isPrintable(local.charAt(i))) {
          return false;
        }
      }
      i++;
    }
    return i == last && local.charAt(last) == '"';
  }

  private static boolean isPrintable(char c) {
    return c >= ' ' && c <= '~';
  }
}
