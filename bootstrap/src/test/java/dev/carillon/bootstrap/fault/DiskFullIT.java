package dev.carillon.bootstrap.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bootstrap.service.Client;
import dev.carillon.bootstrap.service.RunningCarillon;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.SmsContent;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Needs root and `mount`; without them it is skipped, and says so.
@Timeout(120)
class DiskFullIT {
  private static final int MESSAGES = 3_000;
  private static final int MOST_SUBMISSIONS = 200;

  @TempDir Path directory;

  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(directory.resolve("disk"));
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=160m,mode=700", "tmpfs", disk);
    if (!mounted) {
      System.out.println("SKIPPED: DiskFullIT needs root and the right to mount a tmpfs");
    }
    Assumptions.assumeTrue(mounted, "needs root and the right to mount a tmpfs");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", "-l", disk);
  }

  @Test
  void aJobOutlivesAFullDiskAndCallersAreToldMeanwhile() throws Exception {
    try (Server server = new Server(disk.resolve("data"), Map.of())) {
      Scene scene = new Scene(directory, server.postgres(), server.postgres().jdbcUrl("postgres"));
      try (RunningCarillon node = RunningCarillon.with(scene.settings("node", Map.of()));
          Client operator = scene.operator(node.port())) {
        Client client = node.client();
        String bulkId = client.create(Client.anSmsJobTo(MESSAGES)).getBulkId();
        Scene.awaitProcessed(client, bulkId, MESSAGES / 4);

        fill();
        Map<String, CreateBulkJobRequest> submitted = submitUntilRefused(client);
        assertThat(run("mount", "-o", "remount,size=600m", disk)).isTrue();
        if (!server.isUp()) {
          server.restart();
        }

        Audit audit = new Audit(scene, client, operator);
        audit.ofEnded("disk full", bulkId, MESSAGES, 2 * Scene.inDoubtOfOneNode());
        for (CreateBulkJobRequest request : submitted.values()) {
          String id = Scene.patiently(() -> client.create(request.toBuilder())).getBulkId();
          audit.ofEnded(
              "disk full, submitted meanwhile",
              id,
              request.getEntriesCount(),
              2 * Scene.inDoubtOfOneNode());
        }
        assertThat(client.countJobs()).isEqualTo(1 + submitted.size());
      }
    }
  }

  /// Submits, each under a request id of its own, until the disk has no room for one more.
  private static Map<String, CreateBulkJobRequest> submitUntilRefused(Client client) {
    Map<String, CreateBulkJobRequest> submitted = new LinkedHashMap<>();
    while (submitted.size() < MOST_SUBMISSIONS) {
      CreateBulkJobRequest request = submission();
      submitted.put(request.getRequestId(), request);
      try {
        client.create(request.toBuilder());
      } catch (StatusRuntimeException refused) {
        assertThat(refused.getStatus().getCode())
            .isIn(Status.Code.UNAVAILABLE, Status.Code.RESOURCE_EXHAUSTED);
        return submitted;
      }
    }
    throw new AssertionError("the disk never was full");
  }

  private static CreateBulkJobRequest submission() {
    return CreateBulkJobRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setSms(SmsContent.newBuilder().setSender("HOUSE"))
        .setDefaultRegion("ZW")
        .addAllEntries(Client.personalEntries(1_000))
        .build();
  }

  /// Writes until there is no room.
  private void fill() throws IOException {
    byte[] block = new byte[64 << 10];
    try (OutputStream ballast = Files.newOutputStream(disk.resolve("ballast"))) {
      while (Files.getFileStore(disk).getUsableSpace() > 0) {
        ballast.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("space");
    }
  }

  private static boolean run(String program, Object... arguments) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(program);
    for (Object argument : arguments) {
      builder.command().add(argument.toString());
    }
    try {
      return builder.redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException missing) {
      return false;
    }
  }
}
