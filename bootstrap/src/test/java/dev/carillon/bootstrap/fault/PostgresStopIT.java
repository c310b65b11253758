package dev.carillon.bootstrap.fault;

import dev.carillon.bootstrap.service.Client;
import dev.carillon.bootstrap.service.RunningCarillon;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PostgresStopIT {
  private static final int MESSAGES = 4_000;
  private static final int STOPS = 2;

  @TempDir Path directory;

  @Test
  void aJobOutlivesImmediateStopsOfPostgres() throws Exception {
    try (Server server = new Server(directory.resolve("data"), Map.of())) {
      String url = server.postgres().jdbcUrl("postgres");
      Scene scene = new Scene(directory, server.postgres(), url);
      try (RunningCarillon node = RunningCarillon.with(scene.settings("node", Map.of()));
          Client operator = scene.operator(node.port())) {
        Client client = node.client();
        String bulkId = client.create(Client.anSmsJobTo(MESSAGES)).getBulkId();
        for (int stop = 1; stop <= STOPS; stop++) {
          Scene.awaitProcessed(client, bulkId, (long) stop * MESSAGES / (STOPS + 2));
          server.stopImmediately();
          server.restart();
        }
        new Audit(scene, client, operator)
            .ofEnded(
                "PostgreSQL stopped immediately, twice",
                bulkId,
                MESSAGES,
                STOPS * Scene.inDoubtOfOneNode());
      }
    }
  }
}
