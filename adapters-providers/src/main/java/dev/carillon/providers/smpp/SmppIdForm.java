package dev.carillon.providers.smpp;

import java.math.BigInteger;
import java.util.Locale;

/// How a centre writes its message ids. Some write the same id one way in the answer and another
/// way in the receipt, mostly hexadecimal first and decimal later (Nexmo help centre, 204015663),
/// with or without leading zeros; compared are normal forms.
public enum SmppIdForm {
  /// As it is, whatever the case and the leading zeros.
  AS_IS,
  /// A decimal number.
  DECIMAL,
  /// A hexadecimal number.
  HEX;

  /// SMPP 3.4, 5.2.23: an id has at most 64 octets.
  private static final int LONGEST = 64;

  private static final char FIRST_BEYOND_ASCII = 0x80;

  /// The form in which ids of one message are equal; what is no number of the expected kind is
  /// compared as it is.
  String normal(String raw) {
    String id = raw.strip();
    if (this != AS_IS && id.length() <= LONGEST && isNumber(id)) {
      return new BigInteger(id, radix()).toString();
    }
    return withoutZeros(id.toLowerCase(Locale.ROOT));
  }

  private boolean isNumber(String id) {
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (c >= FIRST_BEYOND_ASCII || Character.digit(c, radix()) < 0) {
        return false;
      }
    }
    return !id.isEmpty();
  }

  private int radix() {
    return this == HEX ? 16 : 10;
  }

  private static String withoutZeros(String id) {
    int first = 0;
    while (first < id.length() - 1 && id.charAt(first) == '0') {
      first++;
    }
    return id.substring(first);
  }
}
