package dev.carillon.bootstrap.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bootstrap.Carillon;
import dev.carillon.bootstrap.PostgresSource;
import dev.carillon.bootstrap.config.Configuration;
import dev.carillon.bootstrap.config.DemoConfiguration;
import dev.carillon.bootstrap.demo.Demo;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class DemoIT {
  @Test
  void runsWithoutATerminalAndItsFiguresAgree() throws InterruptedException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
    Configuration configuration = DemoConfiguration.load();
    boolean agrees;
    try (Carillon carillon =
        Carillon.start(configuration, PostgresSource.temporary(configuration.store()))) {
      agrees =
          new Demo(out, false)
              .run("127.0.0.1", carillon.port(), carillon.firstKey().orElseThrow(), 1_000);
    }

    String text = written.toString(StandardCharsets.UTF_8);
    assertThat(agrees).as(text).isTrue();
    assertThat(text)
        .contains(
            "CreateBulkJob: 1,000 entries", "100%  PARTIAL", "UNDELIVERED", "the same figures")
        .doesNotContain("\u001B");
  }
}
