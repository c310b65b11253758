package dev.carillon.domain.recipient;

import java.net.IDN;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The grammar of a mail domain: host names of the public DNS, at least two labels (RFC 5321,
/// 2.3.5; RFC 1123, 2.1).
final class DomainName {
  /// RFC 1035, 2.3.4. The bound of a whole name is that of the whole address.
  private static final int LONGEST_LABEL = 63;

  /// Characters that IDNA 2003, which is what Java has, maps to others or to nothing, while IDNA
  /// 2008 keeps them (UTS #46, deviation characters): sharp s, final sigma, and the two joiners.
  /// Mapping them would reach somebody else's domain.
  private static final String AMBIGUOUS = "\u00DF\u1E9E\u03C2\u200C\u200D";

  private DomainName() {}

  /// The domain in lower-case ASCII, or null if it is none.
  static @Nullable String canonical(String domain) {
    String ascii = isAscii(domain) ? domain : toAscii(domain);
    if (ascii == null) {
      return null;
    }
    String lowerCase = ascii.toLowerCase(Locale.ROOT);
    return isHostName(lowerCase) ? lowerCase : null;
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private static @Nullable String toAscii(String domain) {
    if (domain.chars().anyMatch(c -> AMBIGUOUS.indexOf(c) >= 0)) {
      return null;
    }
    try {
      return IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED | IDN.USE_STD3_ASCII_RULES);
    } catch (IllegalArgumentException | IndexOutOfBoundsException notADomain) {
      return null;
    }
  }

  private static boolean isHostName(String domain) {
    int start = 0;
    int dot = domain.indexOf('.');
    if (dot < 0) {
      return false;
    }
    while (dot >= 0) {
      if (!isLabel(domain, start, dot)) {
        return false;
      }
      start = dot + 1;
      dot = domain.indexOf('.', start);
    }
    return isLabel(domain, start, domain.length()) && !isNumeric(domain, start);
  }

  private static boolean isLabel(String domain, int from, int to) {
    if (from == to || to - from > LONGEST_LABEL) {
      return false;
    }
    for (int i = from; i < to; i++) {
      char c = domain.charAt(i);
      if (!isLetterOrDigit(c) && c != '-') {
        return false;
      }
    }
    return domain.charAt(from) != '-' && domain.charAt(to - 1) != '-';
  }

  /// RFC 3696, 2: no top-level domain is all digits, so that an IP address is no domain.
  private static boolean isNumeric(String domain, int from) {
    return domain.chars().skip(from).allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }
}
