package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsFilesIT {
  private static final String PASSWORD = "changeit";

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void takesACertificateWithItsOwnKey(String algorithm) throws Exception {
    KeyStore store = made(algorithm);
    Path certificate = pem("CERTIFICATE", store.getCertificate("one").getEncoded());
    Path key = pem("PRIVATE KEY", store.getKey("one", PASSWORD.toCharArray()).getEncoded());

    assertThat(TlsFiles.problems(new GrpcConfig.Tls(certificate, key))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void refusesTheKeyOfAnother(String algorithm) throws Exception {
    Path certificate = pem("CERTIFICATE", made("RSA").getCertificate("one").getEncoded());
    Path key =
        pem(
            "PRIVATE KEY",
            KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate().getEncoded());

    assertThat(TlsFiles.problems(new GrpcConfig.Tls(certificate, key)))
        .containsExactly("tls-key does not belong to tls-certificate: " + key);
  }

  @Test
  void takesOneFileForBothWithTheKeyFirst() throws Exception {
    KeyStore store = made("RSA");
    Path certificate = pem("CERTIFICATE", store.getCertificate("one").getEncoded());
    Path key = pem("PRIVATE KEY", store.getKey("one", PASSWORD.toCharArray()).getEncoded());
    Path both =
        Files.writeString(
            directory.resolve("both.pem"),
            "friendlyName: B\u00fccher\n" + Files.readString(key) + Files.readString(certificate));

    assertThat(TlsFiles.problems(new GrpcConfig.Tls(both, both))).isEmpty();
  }

  private KeyStore made(String algorithm)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path file = directory.resolve("store-" + algorithm);
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "one",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream content = Files.newInputStream(file)) {
      store.load(content, PASSWORD.toCharArray());
    }
    return store;
  }

  private Path pem(String label, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder().encodeToString(der);
    return Files.writeString(
        directory.resolve(label.replace(' ', '-') + ".pem"),
        "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(label, body));
  }
}
