package dev.carillon.domain.recipient;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// Reads tag expressions by recursive descent, one method for each way of joining, over the tokens
/// of [TagTokens]. What it cannot read ends it by an exception that does not leave this class.
final class TagExpressionReader {
  private final TagTokens tokens;
  private int depth;
  private int tags;

  private TagExpressionReader(TagTokens tokens) {
    this.tokens = tokens;
  }

  /// @param text without blanks around it
  static Read read(String text) {
    try {
      if (text.codePointCount(0, text.length()) > TagExpression.LONGEST) {
        throw new Unreadable(
            text.offsetByCodePoints(0, TagExpression.LONGEST),
            "must not be longer than " + TagExpression.LONGEST + " characters");
      }
      return new Read.Condition(new TagExpressionReader(new TagTokens(text)).whole());
    } catch (Unreadable unreadable) {
      return new Read.Problem(unreadable.offset, unreadable.description);
    }
  }

  private TagCondition whole() {
    TagCondition condition = any();
    if (tokens.kind() == TagTokens.Kind.CLOSE) {
      throw wrong("this parenthesis was not opened");
    }
    if (tokens.kind() != TagTokens.Kind.END) {
      throw wrong("AND or OR must stand between two tags");
    }
    return condition;
  }

  private TagCondition any() {
    return joined(TagTokens.Kind.OR, this::all, TagCondition.Any::new);
  }

  private TagCondition all() {
    return joined(TagTokens.Kind.AND, this::single, TagCondition.All::new);
  }

  private TagCondition joined(
      TagTokens.Kind joint,
      Supplier<TagCondition> part,
      Function<List<TagCondition>, TagCondition> join) {
    TagCondition first = part.get();
    if (tokens.kind() != joint) {
      return first;
    }
    List<TagCondition> parts = new ArrayList<>(List.of(first));
    while (tokens.kind() == joint) {
      tokens.next();
      parts.add(part.get());
    }
    return join.apply(parts);
  }

  private TagCondition single() {
    return switch (tokens.kind()) {
      case NOT -> nested(() -> new TagCondition.Not(single()));
      case OPEN -> nested(this::inParentheses);
      case TAG -> tag();
      case AND, OR, CLOSE, END -> throw wrong("a tag, NOT or an opening parenthesis is missing");
    };
  }

  private TagCondition nested(Supplier<TagCondition> inner) {
    if (depth == TagExpression.DEEPEST) {
      throw wrong("must not be nested deeper than " + TagExpression.DEEPEST + " levels");
    }
    depth++;
    tokens.next();
    TagCondition condition = inner.get();
    depth--;
    return condition;
  }

  private TagCondition inParentheses() {
    TagCondition condition = any();
    if (tokens.kind() != TagTokens.Kind.CLOSE) {
      throw wrong("AND, OR or a closing parenthesis is missing");
    }
    tokens.next();
    return condition;
  }

  private TagCondition tag() {
    if (tags == TagExpression.MOST_TAGS) {
      throw wrong("must not have more than " + TagExpression.MOST_TAGS + " tags");
    }
    tags++;
    TagCondition condition = new TagCondition.Has(tokens.tag());
    tokens.next();
    return condition;
  }

  private Unreadable wrong(String description) {
    return new Unreadable(tokens.offset(), description);
  }

  /// What came of it.
  sealed interface Read {
    /// What is wanted.
    record Condition(TagCondition condition) implements Read {}

    /// It cannot be read.
    ///
    /// @param offset in the text, in `char`s
    record Problem(int offset, String description) implements Read {}
  }

  /// Stackless: a typing error is no bug.
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int offset;
    private final String description;

    Unreadable(int offset, String description) {
      super(description, null, false, false);
      this.offset = offset;
      this.description = description;
    }
  }
}
