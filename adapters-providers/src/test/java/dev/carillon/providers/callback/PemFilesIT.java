package dev.carillon.providers.callback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.providers.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemFilesIT {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void takesACertificateWithItsOwnKey(String algorithm) throws Exception {
    TestCertificate one = TestCertificate.in(directory, algorithm);

    assertThat(PemFiles.problem(new CallbackConfig.Tls(one.certificate(), one.key()))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void refusesTheKeyOfAnother(String algorithm) throws Exception {
    TestCertificate one = TestCertificate.in(Files.createDirectory(directory.resolve("a")), "RSA");
    TestCertificate two =
        TestCertificate.in(Files.createDirectory(directory.resolve("b")), algorithm);

    assertThat(PemFiles.problem(new CallbackConfig.Tls(one.certificate(), two.key())))
        .contains("tls-key does not belong to tls-certificate: " + two.key());
  }

  @Test
  void namesTheFileThatIsWrong() throws Exception {
    TestCertificate one = TestCertificate.in(directory, "RSA");

    assertThat(PemFiles.problem(new CallbackConfig.Tls(directory, one.key())))
        .hasValueSatisfying(problem -> assertThat(problem).startsWith("tls-certificate holds no"));
    assertThat(PemFiles.problem(new CallbackConfig.Tls(one.certificate(), one.certificate())))
        .hasValueSatisfying(problem -> assertThat(problem).startsWith("tls-key holds no"));
  }
}
