package dev.carillon.providers.templating;

import dev.carillon.domain.content.Variables;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the tags of a template: which names it asks for, and whether it keeps to variables,
/// sections and comments, each well-formed and in bounds. One pass over the text.
final class TagReader {
  /// Sections within sections. The library fills them by recursion.
  static final int DEEPEST = 16;

  /// Tags of one template.
  static final int MOST_TAGS = 10_000;

  private static final String OPEN = "{{";
  private static final String CLOSE = "}}";
  private static final String TRIPLE_OPEN = "{{{";
  private static final String TRIPLE_CLOSE = "}}}";

  /// The library's word for all the values together.
  private static final String CONTEXT = "this";

  private final String text;
  private final Set<String> names = new HashSet<>();
  private final Deque<Section> open = new ArrayDeque<>();
  private int at;
  private int line = 1;
  private int tags;
  private Tags.@Nullable Wrong wrong;

  private TagReader(String text) {
    this.text = text;
  }

  static Tags read(String text) {
    return new TagReader(text).read();
  }

  private Tags read() {
    int next = text.indexOf(OPEN);
    while (next >= 0 && wrong == null) {
      moveTo(next);
      readTag();
      next = text.indexOf(OPEN, at);
    }
    if (wrong != null) {
      return wrong;
    }
    Section last = open.peek();
    return last == null
        ? new Tags.Well(names)
        : new Tags.Wrong(last.line(), "the section {{#" + last.name() + "}} has no end");
  }

  private void readTag() {
    boolean triple = text.startsWith(TRIPLE_OPEN, at);
    String close = triple ? TRIPLE_CLOSE : CLOSE;
    int from = at + (triple ? TRIPLE_OPEN : OPEN).length();
    int to = text.indexOf(close, from);
    if (to < 0) {
      refuse("the tag that begins here has no end " + close);
    } else if (++tags > MOST_TAGS) {
      refuse("there are more than " + MOST_TAGS + " tags");
    } else {
      String inside = text.substring(from, to);
      if (triple) {
        readVariable(inside.trim());
      } else {
        readTag(inside);
      }
      moveTo(to + close.length());
    }
  }

  private void readTag(String inside) {
    if (inside.startsWith("!")) {
      return;
    }
    String tag = inside.trim();
    char kind = tag.isEmpty() ? ' ' : tag.charAt(0);
    String name = tag.isEmpty() ? "" : tag.substring(1).trim();
    switch (kind) {
      case '#', '^' -> begin(tag, name);
      case '/' -> end(name);
      case '&' -> readVariable(checked(tag, name));
      case '>', '<', '$' -> refuse("partials and blocks, {{" + kind + "…}}, are not supported");
      case '=' -> refuse("other delimiters, {{=…=}}, are not supported");
      default -> readVariable(tag);
    }
  }

  private void begin(String tag, String name) {
    readVariable(checked(tag, name));
    if (open.size() == DEEPEST) {
      refuse("sections are nested more than " + DEEPEST + " deep");
    }
    open.push(new Section(name, line));
  }

  private void end(String name) {
    Section last = open.peek();
    if (last == null || !last.name().equals(name)) {
      refuse("a section ends that is not the one that began last");
    } else {
      open.pop();
    }
  }

  private void readVariable(String name) {
    if (name.equals(CONTEXT)) {
      refuse("{{" + CONTEXT + "}} is not supported");
    } else if (Variables.isName(name)) {
      names.add(name);
    } else {
      refuse(
          "a variable is named by 1 to "
              + Variables.LONGEST_NAME
              + " letters, digits, _ and ., the first a letter or _");
    }
  }

  /// The name of a tag, if the tag is on one line: the library takes no other.
  private static String checked(String tag, String name) {
    return tag.indexOf('\n') < 0 && tag.indexOf('\r') < 0 ? name : "";
  }

  private void refuse(String description) {
    if (wrong == null) {
      wrong = new Tags.Wrong(line, description);
    }
  }

  private void moveTo(int place) {
    for (; at < place; at++) {
      line += text.charAt(at) == '\n' ? 1 : 0;
    }
  }

  private record Section(String name, int line) {}

  /// What was read.
  sealed interface Tags {
    /// All is well.
    ///
    /// @param names all names that are asked for
    record Well(Set<String> names) implements Tags {}

    /// Something is wrong.
    ///
    /// @param line where, from 1
    record Wrong(int line, String description) implements Tags {}
  }
}
