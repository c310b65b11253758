package dev.carillon.domain.content;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How an SMS is coded and cut: what is billed, and what is sent. An escape pair and a surrogate
/// pair are never cut apart; the part before ends one unit short instead.
///
/// @param encoding GSM 7-bit if every character has a place there, else UCS-2
/// @param parts the parts that are sent and billed, at least 1
/// @param units septets or UTF-16 units of the text, headers not counted
/// @param unitsLeft units still free in the last part; a longer text may also change from one part
///   of its own to parts that are joined, which hold fewer
public record SmsSegmentation(SmsEncoding encoding, int parts, int units, int unitsLeft) {

  /// Segments a text in linear time, with no allocation but the result. The empty text, which is
  /// refused elsewhere, is one part of 0 units.
  public static SmsSegmentation of(CharSequence text) {
    int septets = septets(text, 0, text.length());
    return septets >= 0
        ? of(text, SmsEncoding.GSM_7BIT, septets)
        : of(text, SmsEncoding.UCS2, text.length());
  }

  private static SmsSegmentation of(CharSequence text, SmsEncoding encoding, int units) {
    if (units <= encoding.unitsAlone()) {
      return new SmsSegmentation(encoding, 1, units, encoding.unitsAlone() - units);
    }
    int parts = 1;
    int start = 0;
    for (int end = partEnd(text, 0, encoding);
        end < text.length();
        end = partEnd(text, end, encoding)) {
      parts++;
      start = end;
    }
    int unitsOfLast =
        encoding == SmsEncoding.UCS2 ? text.length() - start : septets(text, start, text.length());
    return new SmsSegmentation(encoding, parts, units, encoding.unitsJoined() - unitsOfLast);
  }

  /// The texts of the parts in order; joined they are the text, and there are as many as
  /// [#of(CharSequence)] counts.
  public static List<String> split(String text) {
    SmsSegmentation whole = of(text);
    if (whole.parts() == 1) {
      return List.of(text);
    }
    List<String> parts = new ArrayList<>(whole.parts());
    for (int start = 0; start < text.length(); ) {
      int end = partEnd(text, start, whole.encoding());
      parts.add(text.substring(start, end));
      start = end;
    }
    return List.copyOf(parts);
  }

  /// The distinct characters that keep a text out of GSM 7-bit, in the order of their first
  /// appearance; empty exactly if the text is GSM 7-bit.
  public static List<ForcingCharacter> forcedUcs2By(String text) {
    Map<Integer, ForcingCharacter> found = new LinkedHashMap<>();
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      if (GsmAlphabet.septets(text.charAt(i)) == 0) {
        ForcingCharacter met = found.get(codePoint);
        found.put(codePoint, met == null ? new ForcingCharacter(codePoint, 1, i) : met.again());
      }
      i += Character.charCount(codePoint);
    }
    return List.copyOf(found.values());
  }

  /// The septets of a stretch of text, or -1 if a character of it has none.
  private static int septets(CharSequence text, int from, int to) {
    int total = 0;
    for (int i = from; i < to; i++) {
      int septets = GsmAlphabet.septets(text.charAt(i));
      if (septets == 0) {
        return -1;
      }
      total += septets;
    }
    return total;
  }

  private static int partEnd(CharSequence text, int start, SmsEncoding encoding) {
    return encoding == SmsEncoding.UCS2 ? ucs2PartEnd(text, start) : gsmPartEnd(text, start);
  }

  private static int gsmPartEnd(CharSequence text, int start) {
    int room = SmsEncoding.GSM_7BIT.unitsJoined();
    int end = start;
    while (end < text.length()) {
      room -= GsmAlphabet.septets(text.charAt(end));
      if (room < 0) {
        break;
      }
      end++;
    }
    return end;
  }

  private static int ucs2PartEnd(CharSequence text, int start) {
    int end = start + SmsEncoding.UCS2.unitsJoined();
    if (end >= text.length()) {
      return text.length();
    }
    return Character.isSurrogatePair(text.charAt(end - 1), text.charAt(end)) ? end - 1 : end;
  }
}
