package dev.carillon.application;

import dev.carillon.domain.content.Content;

/// What came of filling a content for one recipient.
public sealed interface Rendering {
  /// What the recipient gets.
  record Complete(Content content) implements Rendering {}

  /// A variable has no value.
  ///
  /// @param variable the first such, by its name
  record Missing(String variable) implements Rendering {}

  /// One of its texts would be too long for any channel.
  record TooLong() implements Rendering {}
}
