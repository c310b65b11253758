package dev.carillon.domain.content;

/// A character that the GSM alphabet lacks and that therefore makes a whole SMS UCS-2.
///
/// @param codePoint the character; a lone surrogate stands for itself
/// @param count how often it occurs, at least 1
/// @param firstPosition the index of its first UTF-16 unit at its first occurrence, from 0
public record ForcingCharacter(int codePoint, int count, int firstPosition) {

  /// The same character met once more.
  ForcingCharacter again() {
    return new ForcingCharacter(codePoint, count + 1, firstPosition);
  }

  /// The character as text.
  public String character() {
    return Character.toString(codePoint);
  }
}
