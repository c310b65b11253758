package dev.carillon.providers.callback;

import dev.carillon.domain.message.MessageRef;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes references that go where anybody may read them, and could write others: a message's
/// reference and behind it a signature, for one purpose. Whoever did not get a token cannot make
/// it, and one made for another purpose, or with another secret, is none. Tokens hold lower-case
/// letters, digits, dots and a hyphen, at most 55 characters, and mean the same in capitals, since
/// mail servers may change case.
public final class RefTokens {
  /// 80 bits: the least that RFC 2104, section 5 advises.
  private static final int SIGNATURE_OCTETS = 10;

  /// RFC 4648, section 6, in lower case.
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

  private static final int BITS = 5;
  private static final String ALGORITHM = "HmacSHA256";
  private static final char SEPARATOR = '-';

  private final SecretKeySpec key;
  private final String purpose;

  /// @param secret not empty; shared by all nodes, and kept over restarts for as long as tokens are
  ///   to hold
  /// @param purpose what the tokens are for; its own for each
  public RefTokens(String secret, String purpose) {
    this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    this.purpose = purpose;
  }

  /// Of links to unsubscribe.
  public static RefTokens ofUnsubscribe(String secret) {
    return new RefTokens(secret, "unsubscribe");
  }

  /// The token of a message.
  public String token(MessageRef ref) {
    return ref.toString() + SEPARATOR + signature(ref);
  }

  /// The message of a token; empty when it is none of ours.
  public Optional<MessageRef> read(String token) {
    String lowerCase = token.toLowerCase(Locale.ROOT);
    int separator = lowerCase.indexOf(SEPARATOR);
    if (separator < 0) {
      return Optional.empty();
    }
    return MessageRef.parse(lowerCase.substring(0, separator))
        .filter(ref -> isSignature(ref, lowerCase.substring(separator + 1)));
  }

  private boolean isSignature(MessageRef ref, String given) {
    return MessageDigest.isEqual(
        signature(ref).getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.UTF_8));
  }

  private String signature(MessageRef ref) {
    String signed = purpose + '\n' + ref;
    byte[] whole = mac().doFinal(signed.getBytes(StandardCharsets.UTF_8));
    return base32(Arrays.copyOf(whole, SIGNATURE_OCTETS));
  }

  private Mac mac() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JVM has no " + ALGORITHM, e);
    }
  }

  /// Of octets whose bits are a multiple of five.
  private static String base32(byte[] octets) {
    StringBuilder text = new StringBuilder(octets.length * Byte.SIZE / BITS);
    int buffer = 0;
    int bits = 0;
    for (byte octet : octets) {
      buffer = (buffer << Byte.SIZE) | (octet & 0xff);
      bits += Byte.SIZE;
      while (bits >= BITS) {
        bits -= BITS;
        text.append(ALPHABET.charAt((buffer >>> bits) & 31));
      }
      buffer &= (1 << bits) - 1;
    }
    return text.toString();
  }
}
