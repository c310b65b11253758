package dev.carillon.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {
  @Test
  void supportsLinuxOnX86() {
    assertThat(Platform.isSupported("Linux", "amd64")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"Linux, aarch64", "Mac OS X, aarch64", "Mac OS X, x86_64", "Windows 11, amd64"})
  void supportsNothingElse(String system, String processor) {
    assertThat(Platform.isSupported(system, processor)).isFalse();
  }
}
