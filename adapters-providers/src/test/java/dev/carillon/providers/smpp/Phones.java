package dev.carillon.providers.smpp;

import dev.carillon.domain.content.GsmAlphabet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jsmpp.bean.SubmitSm;

/// Reads texts as a phone does that knows nothing of who wrote them.
final class Phones {
  private static final String PIECES = "abc XYZ 019 @£é{}[]~|\\^€\n";
  private static final String[] OTHERS = {"ж", "שלום", "😀", "👩‍👩‍👧", "\u200F", "中", "é́"};
  private static final int ESCAPE = 0x1B;

  private Phones() {}

  /// A text of up to some 600 characters, mostly of the GSM alphabet or mostly not.
  static String randomText(Random random) {
    boolean gsm = random.nextBoolean();
    StringBuilder text = new StringBuilder("x");
    int length = random.nextInt(600);
    while (text.length() < length) {
      if (gsm || random.nextInt(3) > 0) {
        text.append(PIECES.charAt(random.nextInt(PIECES.length())));
      } else {
        text.append(OTHERS[random.nextInt(OTHERS.length)]);
      }
    }
    return text.toString();
  }

  static String join(List<SmppPart> parts) {
    return parts.stream()
        .map(part -> read(part.octets(), part.esmClass(), part.dataCoding()))
        .collect(Collectors.joining());
  }

  /// The text of one PDU, without its user data header.
  static String read(SubmitSm submit) {
    return read(submit.getShortMessage(), submit.getEsmClass(), submit.getDataCoding());
  }

  private static String read(byte[] octets, byte esmClass, byte dataCoding) {
    int start = (esmClass & 0x40) == 0 ? 0 : octets[0] + 1;
    int length = octets.length - start;
    return switch (dataCoding) {
      case 0 -> gsm(octets, start);
      case 3 -> new String(octets, start, length, StandardCharsets.ISO_8859_1);
      case 8 -> new String(octets, start, length, StandardCharsets.UTF_16BE);
      default -> throw new AssertionError("data_coding " + dataCoding);
    };
  }

  private static String gsm(byte[] octets, int start) {
    StringBuilder text = new StringBuilder();
    for (int i = start; i < octets.length; i++) {
      int code = octets[i];
      if (code == ESCAPE) {
        i++;
        code = (ESCAPE << 8) | octets[i];
      }
      text.append(character(code));
    }
    return text.toString();
  }

  private static char character(int code) {
    for (char c = 0; c <= '€'; c++) {
      if (GsmAlphabet.code(c) == code) {
        return c;
      }
    }
    throw new AssertionError("no such code: " + code);
  }
}
