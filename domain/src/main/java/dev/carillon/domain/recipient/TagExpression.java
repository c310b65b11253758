package dev.carillon.domain.recipient;

import java.util.Collection;

/// Who is meant, by tags: `vip AND NOT (trial OR "New York")`. NOT binds tighter than AND, AND
/// tighter than OR; the three words may be written in either case, and a tag that looks like one of
/// them, or holds blanks, quotes or parentheses, stands in double quotes, where a backslash takes
/// the next character as it is. Tags are compared letter by letter. Immutable, and equal by its
/// text; always one that can be read.
public final class TagExpression {
  /// Most characters of an expression, in Unicode code points. The bounds are ours: a condition is
  /// looked at for every recipient.
  public static final int LONGEST = 2_000;

  /// Most tags of an expression.
  public static final int MOST_TAGS = 100;

  /// How deep parentheses and NOTs may be nested.
  public static final int DEEPEST = 32;

  private final String text;
  private final TagCondition condition;

  private TagExpression(String text, TagCondition condition) {
    this.text = text;
    this.condition = condition;
  }

  /// The expression that a text stands for, blanks around it set aside, or why it is none. Takes
  /// time linear in the text, and bounded.
  public static Parsed parse(String text) {
    String stripped = text.strip();
    return switch (TagExpressionReader.read(stripped)) {
      case TagExpressionReader.Read.Condition read ->
          new Parsed.Valid(new TagExpression(stripped, read.condition()));
      case TagExpressionReader.Read.Problem problem ->
          new Parsed.Malformed(positionIn(text, stripped, problem.offset()), problem.description());
    };
  }

  /// The same for a text that is known to be one.
  ///
  /// @throws IllegalArgumentException if it is none
  public static TagExpression of(String text) {
    return switch (parse(text)) {
      case Parsed.Valid valid -> valid.expression();
      case Parsed.Malformed _ -> throw new IllegalArgumentException("not a tag expression");
    };
  }

  /// Whether a recipient with exactly these tags is meant.
  public boolean fits(Collection<String> tags) {
    return condition.fits(tags);
  }

  /// As it was written.
  public String text() {
    return text;
  }

  public TagCondition condition() {
    return condition;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TagExpression expression && text.equals(expression.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "TagExpression[" + text + "]";
  }

  /// From an offset in the stripped text to a character's place in the given one, counted from 1.
  private static int positionIn(String text, String stripped, int offset) {
    int start = text.length() - text.stripLeading().length();
    return text.codePointCount(0, Math.min(start, text.length() - stripped.length()) + offset) + 1;
  }

  /// What came of reading a text.
  public sealed interface Parsed {
    /// It is an expression.
    record Valid(TagExpression expression) implements Parsed {}

    /// It is none.
    ///
    /// @param position of the first character that cannot be accepted, from 1, in Unicode code
    ///   points; one after the last if something is missing
    /// @param description what is wrong there, in plain English
    record Malformed(int position, String description) implements Parsed {}
  }
}
