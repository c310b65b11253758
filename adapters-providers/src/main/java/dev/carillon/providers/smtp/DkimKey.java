package dev.carillon.providers.smtp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the key that mails are signed with.
final class DkimKey {
  /// RFC 7468, 10; with a line end of any system.
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  /// RFC 8301, 3.2: signers use keys of at least 1,024 bits.
  private static final int FEWEST_BITS = 1_024;

  private DkimKey() {}

  /// What is wrong with a key's file; empty when it may be used. Says nothing of what is in it.
  static Optional<String> problem(Path file) {
    try {
      read(file);
      return Optional.empty();
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      return Optional.of(
          "DKIM key must be a file with an RSA key of %d bits or more as PKCS #8 in PEM: %s"
              .formatted(FEWEST_BITS, file));
    }
  }

  /// The key. Throws when there is none that may be used.
  static PrivateKey read(Path file) throws IOException, GeneralSecurityException {
    Matcher pem = PEM.matcher(Files.readString(file, StandardCharsets.US_ASCII));
    if (!pem.find()) {
      throw new GeneralSecurityException("no private key in it");
    }
    byte[] der = Base64.getMimeDecoder().decode(pem.group(1));
    PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
    if (!(key instanceof RSAKey rsa) || rsa.getModulus().bitLength() < FEWEST_BITS) {
      throw new GeneralSecurityException("too short");
    }
    return key;
  }
}
