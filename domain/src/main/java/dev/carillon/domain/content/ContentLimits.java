package dev.carillon.domain.content;

/// How large a content may be. A character is a Unicode code point; all bounds are inclusive and
/// positive.
///
/// @param smsMaxParts parts of one SMS; at most 255, since the concatenation header counts them in
///   one octet (3GPP TS 23.040, 9.2.3.24.1)
/// @param whatsAppMaxCharacters characters of a WhatsApp text, and of each template parameter
/// @param emailMaxLineCharacters characters of a subject, of `from`, of `reply_to`, and of a header
///   with its name (RFC 5322, 2.1.1)
/// @param emailMaxBodyBytes octets of HTML and text together, in UTF-8
/// @param emailMaxHeaders headers of one mail
public record ContentLimits(
    int smsMaxParts,
    int whatsAppMaxCharacters,
    int emailMaxLineCharacters,
    int emailMaxBodyBytes,
    int emailMaxHeaders) {

  /// 10 parts; 4,096 characters, which is Meta's bound (Cloud API, text messages); 998 characters;
  /// 1 MiB; 50 headers.
  public static final ContentLimits DEFAULTS = new ContentLimits(10, 4096, 998, 1 << 20, 50);

  private static final int MOST_PARTS = 255;

  public ContentLimits {
    if (smsMaxParts < 1 || smsMaxParts > MOST_PARTS) {
      throw new IllegalArgumentException("smsMaxParts must be 1 to 255");
    }
    if (whatsAppMaxCharacters < 1
        || emailMaxLineCharacters < 1
        || emailMaxBodyBytes < 1
        || emailMaxHeaders < 1) {
      throw new IllegalArgumentException("a limit must be positive");
    }
  }
}
