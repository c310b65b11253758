package dev.carillon.application.port;

import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Knows the template language (mustache(5)): variables, sections and inverted sections of them,
/// and comments. A variable's value is a text; a section of one is shown when the text is there and
/// not empty. Nothing of a template can reach anything but the given values.
public interface Templating {
  /// Reads a text as a template. Linear in its length; never throws on any input.
  ///
  /// @param escaping what happens to values, except in `{{{name}}}` and `{{&name}}`
  /// @param longest most UTF-16 units of a filled text
  Reading read(String text, Escaping escaping, int longest);

  /// What happens to a value before it stands in a text.
  enum Escaping {
    /// Nothing.
    NONE,
    /// Characters that mean something in HTML are written as references.
    HTML
  }

  /// What reading a text came to.
  sealed interface Reading {
    /// It can be filled.
    record Ready(Form form) implements Reading {}

    /// It is no template.
    ///
    /// @param line where, from 1
    /// @param description what is wrong there, in plain English
    record Malformed(int line, String description) implements Reading {}
  }

  /// A template that can be filled, by many threads at a time.
  interface Form {
    /// The names of all variables that it may ask for.
    Set<String> names();

    /// Fills it. Takes time in proportion to the template and to what comes out, which is bounded;
    /// never throws on any values.
    ///
    /// @param values the value of a name; null when it has none
    Filled fill(Function<String, @Nullable String> values);
  }

  /// What filling a template came to.
  sealed interface Filled {
    /// The text.
    record Text(String text) implements Filled {
      @Override
      public String toString() {
        return "Filled.Text";
      }
    }

    /// A variable that is wanted has no value.
    ///
    /// @param variable the first such
    record Missing(String variable) implements Filled {}

    /// It would be longer than it may be.
    record TooLong() implements Filled {}
  }
}
