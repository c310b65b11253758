package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class IncidentsTest {
  @Test
  void writesTheStackTraceIntoTheLogUnderTheIdThatTheCallerGets() {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    StatusRuntimeException told;
    try {
      told = new Incidents(() -> "id-17").report("x.Y/Z", new IllegalStateException("broken"));
    } finally {
      System.setErr(before);
    }

    assertThat(written.toString(StandardCharsets.UTF_8))
        .contains("id-17", "x.Y/Z", "broken", "at dev.carillon.grpc.IncidentsTest");
    assertThat(Refusals.info(told).getMetadataMap()).containsEntry("incident_id", "id-17");
    assertThat(Refusals.status(told).toString()).doesNotContain("broken");
  }
}
