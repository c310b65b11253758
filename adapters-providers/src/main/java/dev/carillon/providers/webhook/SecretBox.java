package dev.carillon.providers.webhook;

import dev.carillon.application.port.WebhookSecrets;
import dev.carillon.domain.webhook.SealedSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Makes secrets and keeps them encrypted by AES-256-GCM (NIST SP 800-38D), each under a nonce of
/// its own. They are needed again for every signature, so that a hash would not do.
public final class SecretBox implements WebhookSecrets {
  /// Bytes of the key.
  public static final int KEY_LENGTH = 32;

  /// How secrets are marked (Standard Webhooks, "Secrets"), which wants 24 to 64 bytes.
  private static final String PREFIX = "whsec_";

  private static final byte[] MARKED =
      "the key of Carillon's webhook secrets".getBytes(StandardCharsets.UTF_8);

  private static final int SECRET_LENGTH = 32;
  private static final byte VERSION = 1;
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_BITS = 128;
  private static final int HEAD_LENGTH = 1 + NONCE_LENGTH;

  private final SecureRandom random = new SecureRandom();
  private final Supplier<byte[]> source;
  private final boolean keyed;
  private volatile @Nullable SecretKeySpec key;

  /// Throws an IllegalArgumentException when the key has another length.
  public SecretBox(byte[] key) {
    this(() -> key);
    var _ = key();
  }

  /// @param source of the key, asked once, when it is needed first
  public SecretBox(Supplier<byte[]> source) {
    this(source, true);
  }

  private SecretBox(Supplier<byte[]> source, boolean keyed) {
    this.source = source;
    this.keyed = keyed;
  }

  /// One that has no key, and opens nothing.
  static SecretBox withoutKey() {
    return new SecretBox(() -> new byte[KEY_LENGTH], false);
  }

  /// By what its key can be told from another, without anything of it being learnt; empty when it
  /// has none. Throws what the source of the key throws, and an IllegalArgumentException when it
  /// has another length.
  public Optional<String> mark() {
    return keyed
        ? Optional.of(Base64.getEncoder().encodeToString(Signature.mac(key().getEncoded(), MARKED)))
        : Optional.empty();
  }

  @Override
  public NewSecret make() {
    byte[] secret = randomBytes(SECRET_LENGTH);
    return new NewSecret(PREFIX + Base64.getEncoder().encodeToString(secret), seal(secret));
  }

  /// The secret; empty when it was sealed with another key, or is damaged.
  Optional<byte[]> open(SealedSecret sealed) {
    try {
      byte[] bytes = Base64.getDecoder().decode(sealed.text());
      if (bytes.length <= HEAD_LENGTH || bytes[0] != VERSION) {
        return Optional.empty();
      }
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOfRange(bytes, 1, HEAD_LENGTH));
      return Optional.of(cipher.doFinal(bytes, HEAD_LENGTH, bytes.length - HEAD_LENGTH));
    } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  private SealedSecret seal(byte[] secret) {
    try {
      byte[] nonce = randomBytes(NONCE_LENGTH);
      byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(secret);
      byte[] sealed = new byte[HEAD_LENGTH + encrypted.length];
      sealed[0] = VERSION;
      System.arraycopy(nonce, 0, sealed, 1, NONCE_LENGTH);
      System.arraycopy(encrypted, 0, sealed, HEAD_LENGTH, encrypted.length);
      return new SealedSecret(Base64.getEncoder().encodeToString(sealed));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has AES in GCM", impossible);
    }
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key(), new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }

  private SecretKeySpec key() {
    SecretKeySpec known = key;
    if (known == null) {
      byte[] bytes = source.get();
      if (bytes.length != KEY_LENGTH) {
        throw new IllegalArgumentException(
            "the key of webhook secrets has " + KEY_LENGTH + " bytes");
      }
      known = new SecretKeySpec(bytes, "AES");
      key = known;
    }
    return known;
  }

  private byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
