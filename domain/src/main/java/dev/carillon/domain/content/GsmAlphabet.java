package dev.carillon.domain.content;

import java.util.Arrays;

/// The GSM 7-bit default alphabet and its extension table (3GPP TS 23.038, 6.2.1 and 6.2.1.1; GSM
/// 03.38 before). National tables are not part of it.
public final class GsmAlphabet {
  /// The code that announces a character of the extension table.
  public static final int ESCAPE = 0x1B;

  /// The answer of [#code(char)] for a character that the alphabet lacks.
  public static final int NOT_ENCODABLE = -1;

  /// The basic table: a character's place is its code. Place 1B is the escape, which is no
  /// character.
  private static final String BASIC =
      "@£$¥èéùìòÇ\nØø\rÅå"
          + "Δ_ΦΓΛΩΠΨΣΘΞ\u001BÆæßÉ"
          + " !\"#¤%&'()*+,-./"
          + "0123456789:;<=>?"
          + "¡ABCDEFGHIJKLMNO"
          + "PQRSTUVWXYZÄÖÑÜ§"
          + "¿abcdefghijklmno"
          + "pqrstuvwxyzäöñüà";

  private static final String EXTENSION = "\f^{}\\[~]|€";
  private static final int[] EXTENSION_CODES = {
    0x0A, 0x14, 0x28, 0x29, 0x2F, 0x3C, 0x3D, 0x3E, 0x40, 0x65
  };

  /// Indexed by character up to the greatest of the alphabet, which is the euro sign.
  private static final short[] CODES = codes();

  private GsmAlphabet() {}

  /// The septets that a character takes: 1, or 2 with its escape, or 0 if the alphabet lacks it.
  public static int septets(char c) {
    int code = code(c);
    if (code < 0) {
      return 0;
    }
    return code < ESCAPE << 8 ? 1 : 2;
  }

  /// The code of a character: 00 to 7F in the basic table, 1B00 plus its code in the extension
  /// table (the two septets in the order of sending), or [#NOT_ENCODABLE].
  public static int code(char c) {
    return c < CODES.length ? CODES[c] : NOT_ENCODABLE;
  }

  private static short[] codes() {
    short[] codes = new short['€' + 1];
    Arrays.fill(codes, (short) NOT_ENCODABLE);
    for (int code = 0; code < BASIC.length(); code++) {
      codes[BASIC.charAt(code)] = (short) code;
    }
    codes[ESCAPE] = NOT_ENCODABLE;
    for (int i = 0; i < EXTENSION_CODES.length; i++) {
      codes[EXTENSION.charAt(i)] = (short) ((ESCAPE << 8) | EXTENSION_CODES[i]);
    }
    return codes;
  }
}
