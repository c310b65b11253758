package dev.carillon.domain.recipient;

import java.util.Locale;

/// Cuts a tag expression into its words, one at a time.
final class TagTokens {
  private final String text;
  private int end;
  private int offset;
  private Kind kind = Kind.END;
  private String tag = "";

  /// Stands at the first word.
  TagTokens(String text) {
    this.text = text;
    next();
  }

  /// What the word is.
  Kind kind() {
    return kind;
  }

  /// Where it begins; the length of the text at its end.
  int offset() {
    return offset;
  }

  /// The tag that it names, if it is one.
  String tag() {
    return tag;
  }

  /// Goes on to the next word.
  void next() {
    while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    offset = end;
    if (end == text.length()) {
      kind = Kind.END;
      return;
    }
    switch (text.charAt(end)) {
      case '(' -> single(Kind.OPEN);
      case ')' -> single(Kind.CLOSE);
      case '"' -> quoted();
      default -> bare();
    }
  }

  private void single(Kind parenthesis) {
    kind = parenthesis;
    end++;
  }

  private void bare() {
    while (end < text.length() && isBare(text.charAt(end))) {
      end++;
    }
    String word = text.substring(offset, end);
    kind =
        switch (word.toUpperCase(Locale.ROOT)) {
          case "AND" -> Kind.AND;
          case "OR" -> Kind.OR;
          case "NOT" -> Kind.NOT;
          default -> Kind.TAG;
        };
    tag = checked(word);
  }

  private void quoted() {
    StringBuilder name = new StringBuilder();
    end++;
    while (end < text.length() && text.charAt(end) != '"') {
      boolean escape = text.charAt(end) == '\\' && end + 1 < text.length();
      name.append(text.charAt(escape ? end + 1 : end));
      end += escape ? 2 : 1;
    }
    if (end == text.length()) {
      throw new TagExpressionReader.Unreadable(offset, "the closing quote is missing");
    }
    end++;
    kind = Kind.TAG;
    tag = checked(name.toString().strip());
  }

  /// A tag that no recipient can have is a slip of the pen.
  private String checked(String name) {
    if (name.isEmpty()) {
      throw new TagExpressionReader.Unreadable(offset, "a tag must not be blank");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new TagExpressionReader.Unreadable(
          offset, "a tag must not contain line breaks or other control characters");
    }
    if (name.codePointCount(0, name.length()) > RecipientRules.LONGEST_TAG) {
      throw new TagExpressionReader.Unreadable(
          offset, "a tag must not be longer than " + RecipientRules.LONGEST_TAG + " characters");
    }
    return name;
  }

  private static boolean isBare(char c) {
    return !Character.isWhitespace(c) && c != '(' && c != ')' && c != '"';
  }

  /// What a word can be.
  enum Kind {
    AND,
    OR,
    NOT,
    OPEN,
    CLOSE,
    TAG,
    END
  }
}
