package dev.carillon.providers.callback;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a certificate chain and its private key (RFC 7468) into a key store.
final class PemFiles {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  /// A signature by each kind of key whose own name is not one (Java Security Standard Algorithm
  /// Names).
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");

  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private PemFiles() {}

  /// Why they cannot be used, beginning with the setting that names the file; empty when they can.
  static Optional<String> problem(CallbackConfig.Tls tls) {
    if (!Files.isReadable(tls.certificate())) {
      return Optional.of("tls-certificate cannot be read: " + tls.certificate());
    }
    if (!Files.isReadable(tls.key())) {
      return Optional.of("tls-key cannot be read: " + tls.key());
    }
    try {
      chain(tls.certificate());
    } catch (IOException | CertificateException none) {
      return Optional.of("tls-certificate holds no certificate in PEM: " + tls.certificate());
    }
    try {
      key(tls.key());
    } catch (IOException | GeneralSecurityException | IllegalArgumentException none) {
      return Optional.of("tls-key holds no private key (PKCS #8) in PEM: " + tls.key());
    }
    return unfit(tls);
  }

  private static Optional<String> unfit(CallbackConfig.Tls tls) {
    try {
      read(tls);
      return belongTogether(key(tls.key()), chain(tls.certificate())[0].getPublicKey())
          ? Optional.empty()
          : Optional.of("tls-key does not belong to tls-certificate: " + tls.key());
    } catch (IOException | GeneralSecurityException unfit) {
      return Optional.of("tls-certificate and tls-key do not fit: " + unfit.getMessage());
    }
  }

  private static boolean belongTogether(PrivateKey key, PublicKey certified)
      throws GeneralSecurityException {
    String algorithm = certified.getAlgorithm();
    if (!key.getAlgorithm().equals(algorithm)) {
      return false;
    }
    Signature signature = Signature.getInstance(SIGNATURES.getOrDefault(algorithm, algorithm));
    signature.initSign(key);
    byte[] signed = signature.sign();
    signature.initVerify(certified);
    return signature.verify(signed);
  }

  /// Throws when one of them cannot be read. The store has no password of its own.
  static KeyStore read(CallbackConfig.Tls tls) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("callbacks", key(tls.key()), new char[0], chain(tls.certificate()));
    return store;
  }

  private static Certificate[] chain(Path file) throws IOException, CertificateException {
    Certificate[] certificates =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))
            .toArray(Certificate[]::new);
    if (certificates.length == 0) {
      throw new CertificateException("the file holds no certificate in PEM");
    }
    return certificates;
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    Matcher found = KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    if (!found.find()) {
      throw new InvalidKeySpecException("the file holds no PKCS #8 private key in PEM");
    }
    PKCS8EncodedKeySpec spec =
        new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(1)));
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException notThisOne) {
        // the next is tried
      }
    }
    throw new InvalidKeySpecException("the key is none of " + ALGORITHMS);
  }
}
