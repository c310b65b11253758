package dev.carillon.domain.content;

import java.util.List;

/// Why an SMS is UCS-2, and what that comes to.
///
/// @param characters that the GSM alphabet lacks; empty when it is GSM 7-bit
/// @param extraParts parts that would be saved if each of them were one septet of that alphabet
public record ForcedUcs2(List<ForcingCharacter> characters, int extraParts) {
  private static final ForcedUcs2 NONE = new ForcedUcs2(List.of(), 0);

  /// Any character that takes one septet.
  private static final char PLAIN = '.';

  public ForcedUcs2 {
    characters = List.copyOf(characters);
  }

  /// What holds of a text.
  public static ForcedUcs2 of(String text) {
    SmsSegmentation written = SmsSegmentation.of(text);
    if (written.encoding() == SmsEncoding.GSM_7BIT) {
      return NONE;
    }
    int parts = SmsSegmentation.of(plain(text)).parts();
    return new ForcedUcs2(SmsSegmentation.forcedUcs2By(text), written.parts() - parts);
  }

  /// A surrogate pair is one character.
  private static CharSequence plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      char first = text.charAt(i);
      plain.append(GsmAlphabet.septets(first) == 0 ? PLAIN : first);
      i += Character.charCount(text.codePointAt(i));
    }
    return plain;
  }
}
