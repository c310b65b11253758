package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class GrpcConfigTest {
  @Test
  void findsNothingWrongWithTheDefaults() {
    assertThat(GrpcConfig.DEFAULTS.problems()).isEmpty();
  }

  @Test
  void listsEveryProblemAtOnce() {
    Duration none = Duration.ZERO;
    GrpcConfig wrong =
        new GrpcConfig(
            " ",
            70_000,
            new GrpcConfig.Tls(Path.of("no-such-certificate"), Path.of("no-such-key")),
            0,
            0,
            new GrpcConfig.Connections(none, none, none, none, none, none, 0, -1, none),
            new GrpcConfig.Load(0, none, 0, none, none, 0),
            new GrpcConfig.Streams(Duration.ofSeconds(16), none));

    assertThat(wrong.problems())
        .extracting(problem -> problem.substring(0, problem.indexOf(' ')))
        .containsExactly(
            "host",
            "port",
            "max-message-size",
            "max-metadata-size",
            "tls-certificate",
            "tls-key",
            "keepalive-time",
            "keepalive-timeout",
            "permit-keepalive-time",
            "max-connection-idle",
            "max-connection-age",
            "max-connection-age-grace",
            "max-calls-per-connection",
            "max-resets",
            "reset-window",
            "max-calls",
            "call-wait",
            "max-submissions",
            "submission-wait",
            "submission-arrival",
            "max-uploads",
            "heartbeat",
            "progress-interval");
    assertThatThrownBy(() -> new GrpcModule(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("host must not be empty")
        .hasMessageContaining("progress-interval");
  }
}
