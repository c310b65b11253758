package dev.carillon.grpc;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/// Looks whether TLS can be spoken with a certificate and its key, before anything is opened.
final class TlsFiles {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----");

  /// A signature by each kind of key whose own name is not one (Java Security Standard Algorithm
  /// Names).
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");

  private TlsFiles() {}

  /// Why it cannot, each beginning with the setting that names the file; empty when it can.
  static List<String> problems(GrpcConfig.Tls tls) {
    List<String> problems = new ArrayList<>();
    if (!Files.isReadable(tls.certificate())) {
      problems.add("tls-certificate cannot be read: " + tls.certificate());
    }
    if (!Files.isReadable(tls.key())) {
      problems.add("tls-key cannot be read: " + tls.key());
    }
    return problems.isEmpty() ? unfit(tls) : problems;
  }

  /// Netty looks at each for itself only. Where this cannot tell, they pass: Netty can use them.
  private static boolean belongTogether(GrpcConfig.Tls tls) {
    try {
      Optional<byte[]> certificate = block(CERTIFICATE, tls.certificate());
      Optional<byte[]> key = block(KEY, tls.key());
      return certificate.isEmpty()
          || key.isEmpty()
          || isOf(certified(certificate.get()), key.get());
    } catch (InvalidKeySpecException anotherKind) {
      return false;
    } catch (IOException | GeneralSecurityException | IllegalArgumentException unknown) {
      return true;
    }
  }

  private static Optional<byte[]> block(Pattern kind, Path file) throws IOException {
    return kind.matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
        .results()
        .findFirst()
        .map(block -> Base64.getMimeDecoder().decode(block.group(1)));
  }

  private static PublicKey certified(byte[] der) throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(der))
        .getPublicKey();
  }

  private static boolean isOf(PublicKey certified, byte[] pkcs8) throws GeneralSecurityException {
    String algorithm = certified.getAlgorithm();
    PrivateKey key =
        KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    Signature signature = Signature.getInstance(SIGNATURES.getOrDefault(algorithm, algorithm));
    signature.initSign(key);
    byte[] signed = signature.sign();
    signature.initVerify(certified);
    return signature.verify(signed);
  }

  private static List<String> unfit(GrpcConfig.Tls tls) {
    File certificate = tls.certificate().toFile();
    try {
      GrpcSslContexts.forServer(certificate, tls.key().toFile()).build();
      return belongTogether(tls) ? List.of() : List.of(strange(tls));
    } catch (IllegalArgumentException unreadable) {
      return String.valueOf(unreadable.getMessage()).contains("private key")
          ? List.of("tls-key holds no private key (PKCS #8) in PEM: " + tls.key())
          : List.of("tls-certificate holds no certificate in PEM: " + certificate);
    } catch (SSLException unfit) {
      return List.of(strange(tls));
    }
  }

  private static String strange(GrpcConfig.Tls tls) {
    return "tls-key does not belong to tls-certificate: " + tls.key();
  }
}
