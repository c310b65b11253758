package dev.carillon.benchmarks.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.carillon.domain.content.SmsEncoding;
import dev.carillon.domain.content.SmsSegmentation;
import java.util.List;

/// Texts of SMS, in the GSM alphabet and beyond.
public final class SegmentationFuzz {
  private static final String GSM = "aZ09 @\u00A3\n^{}\\[~]|\u20AC\u0394\u00C7";

  // 3GPP TS 23.038, 6.2.1.1: what is in the extension table takes two septets
  private static final String EXTENDED = "\f^{}\\[~]|\u20AC";

  private SegmentationFuzz() {}

  public static void fuzzerTestOneInput(FuzzedDataProvider data) {
    String any = FuzzText.next(data);
    String text = data.consumeBoolean() ? inGsm(any) : any;
    SmsSegmentation counted = Promise.linear(text.length(), () -> SmsSegmentation.of(text));
    List<String> parts = Promise.linear(text.length(), () -> SmsSegmentation.split(text));
    boolean forced =
        !Promise.linear(text.length(), () -> SmsSegmentation.forcedUcs2By(text)).isEmpty();
    Promise.kept(String.join("", parts).equals(text), "the parts joined are the text");
    Promise.kept(parts.size() == counted.parts(), "there are as many parts as are billed");
    Promise.kept(
        forced == (counted.encoding() == SmsEncoding.UCS2), "characters force the encoding");
    Promise.kept(counted.unitsLeft() >= 0, "the last part is not over-full");
    int room =
        parts.size() == 1 ? counted.encoding().unitsAlone() : counted.encoding().unitsJoined();
    for (String part : parts) {
      Promise.kept(units(part, counted.encoding()) <= room, "no part is over-full");
    }
  }

  private static String inGsm(String any) {
    char[] text = any.toCharArray();
    for (int n = 0; n < text.length; n++) {
      text[n] = GSM.charAt(text[n] % GSM.length());
    }
    return new String(text);
  }

  private static int units(String part, SmsEncoding encoding) {
    int units = part.length();
    for (int n = 0; n < part.length() && encoding == SmsEncoding.GSM_7BIT; n++) {
      units += EXTENDED.indexOf(part.charAt(n)) >= 0 ? 1 : 0;
    }
    return units;
  }
}
