package dev.carillon.providers.smpp;

import dev.carillon.domain.content.GsmAlphabet;
import dev.carillon.domain.content.SmsEncoding;
import dev.carillon.domain.content.SmsSegmentation;
import dev.carillon.providers.smpp.SmppWording.Alphabet;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A text as octets, by one of the codings of SMPP 3.4, 5.2.19.
enum SmppText {
  /// The GSM 7-bit default alphabet (3GPP TS 23.038, 6.2.1), one septet in each octet.
  GSM(0),
  /// ISO 8859-1 as what the centre takes for its default.
  LATIN1_AS_DEFAULT(0),
  /// ISO 8859-1.
  LATIN1(3),
  /// UTF-16 big endian, which holds UCS-2.
  UCS2(8);

  private static final int LAST_OF_LATIN1 = 0xFF;

  private final int dataCoding;

  SmppText(int dataCoding) {
    this.dataCoding = dataCoding;
  }

  /// How a text goes to a centre with that alphabet.
  static SmppText of(String text, Alphabet alphabet) {
    if (SmsSegmentation.of(text).encoding() == SmsEncoding.UCS2) {
      return UCS2;
    }
    if (alphabet == Alphabet.GSM) {
      return GSM;
    }
    if (text.chars().anyMatch(c -> c > LAST_OF_LATIN1)) {
      return UCS2;
    }
    return alphabet == Alphabet.LATIN1 ? LATIN1 : LATIN1_AS_DEFAULT;
  }

  byte dataCoding() {
    return (byte) dataCoding;
  }

  /// The octets of a text that can be coded so.
  byte[] octets(String text) {
    return switch (this) {
      case GSM -> septets(text);
      case LATIN1, LATIN1_AS_DEFAULT -> text.getBytes(StandardCharsets.ISO_8859_1);
      case UCS2 -> text.getBytes(StandardCharsets.UTF_16BE);
    };
  }

  /// What a character takes of a part's room: septets, as it goes over the air in the end, or
  /// 16-bit units.
  private int units(char c) {
    return this == UCS2 ? 1 : GsmAlphabet.septets(c);
  }

  /// The texts of the parts, none longer than its room; pairs are not cut apart.
  ///
  /// @param alone units that fit into a message of one part
  /// @param joined units that fit into a part of several
  List<String> split(String text, int alone, int joined) {
    if (units(text, 0, text.length()) <= alone) {
      return List.of(text);
    }
    List<String> parts = new ArrayList<>();
    for (int start = 0; start < text.length(); ) {
      int end = end(text, start, joined);
      parts.add(text.substring(start, end));
      start = end;
    }
    return parts;
  }

  private int units(String text, int from, int to) {
    int units = 0;
    for (int i = from; i < to; i++) {
      units += units(text.charAt(i));
    }
    return units;
  }

  private int end(String text, int start, int room) {
    int left = room;
    int end = start;
    while (end < text.length()) {
      int pair = this == UCS2 ? Character.charCount(text.codePointAt(end)) : 1;
      left -= units(text, end, end + pair);
      if (left < 0) {
        break;
      }
      end += pair;
    }
    return end;
  }

  /// The charset of a text that came in, by its data_coding; anything else is read as ISO 8859-1,
  /// which has the letters and digits in the same places as the others.
  static Charset charset(byte dataCoding) {
    return dataCoding == UCS2.dataCoding ? StandardCharsets.UTF_16BE : StandardCharsets.ISO_8859_1;
  }

  private static byte[] septets(String text) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      int code = GsmAlphabet.code(text.charAt(i));
      if (code > LAST_OF_LATIN1) {
        octets.write(code >> Byte.SIZE);
      }
      octets.write(code);
    }
    return octets.toByteArray();
  }
}
