package dev.carillon.domain.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Segmentation once more, written from the rules alone and as plainly as can be: cut the text into
/// pieces that must stay whole, and put each into the part at hand or, if it has no room, the next.
final class NaiveSms {
  /// 3GPP TS 23.038, 6.2.1, without letters of A to Z, digits and the escape, as code points.
  private static final int[] BASIC_BESIDE_ALPHANUMERICS = {
    0x40, 0xA3, 0x24, 0xA5, 0xE8, 0xE9, 0xF9, 0xEC, 0xF2, 0xC7, 0x0A, 0xD8, 0xF8, 0x0D, 0xC5, 0xE5,
    0x394, 0x5F, 0x3A6, 0x393, 0x39B, 0x3A9, 0x3A0, 0x3A8, 0x3A3, 0x398, 0x39E, 0xC6, 0xE6, 0xDF,
    0xC9, 0x20, 0x21, 0x22, 0x23, 0xA4, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2A, 0x2B, 0x2C, 0x2D, 0x2E,
    0x2F, 0x3A, 0x3B, 0x3C, 0x3D, 0x3E, 0x3F, 0xA1, 0xC4, 0xD6, 0xD1, 0xDC, 0xA7, 0xBF, 0xE4, 0xF6,
    0xF1, 0xFC, 0xE0
  };

  private static final int[] ESCAPED = {
    0x0C, 0x5E, 0x7B, 0x7D, 0x5C, 0x5B, 0x7E, 0x5D, 0x7C, 0x20AC
  };

  private NaiveSms() {}

  static boolean isGsm(int c) {
    return isBasic(c) || isEscaped(c);
  }

  static boolean isBasic(int c) {
    String alphanumerics = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    return alphanumerics.indexOf(c) >= 0
        || alphanumerics.toLowerCase(Locale.ROOT).indexOf(c) >= 0
        || contains(BASIC_BESIDE_ALPHANUMERICS, c);
  }

  static boolean isEscaped(int c) {
    return contains(ESCAPED, c);
  }

  static boolean isGsm(String text) {
    return text.chars().allMatch(NaiveSms::isGsm);
  }

  static int units(String text, boolean gsm) {
    return gsm ? text.chars().map(c -> isEscaped(c) ? 2 : 1).sum() : text.chars().map(c -> 1).sum();
  }

  static List<String> split(String text) {
    boolean gsm = isGsm(text);
    if (units(text, gsm) <= (gsm ? 160 : 70)) {
      return List.of(text);
    }
    List<String> parts = new ArrayList<>();
    String part = "";
    for (String piece : text.codePoints().mapToObj(Character::toString).toList()) {
      if (units(part + piece, gsm) > (gsm ? 153 : 67)) {
        parts.add(part);
        part = "";
      }
      part += piece;
    }
    parts.add(part);
    return parts;
  }

  private static boolean contains(int[] characters, int c) {
    for (int character : characters) {
      if (character == c) {
        return true;
      }
    }
    return false;
  }
}
