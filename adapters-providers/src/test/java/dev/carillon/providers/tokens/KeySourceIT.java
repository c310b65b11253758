package dev.carillon.providers.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.carillon.providers.tokens.TokenConfig.KeyPlace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Key sets where they are kept: a file, a web server.
class KeySourceIT {
  private static final String SET = "{\"keys\":[]}";

  private final CountDownLatch closing = new CountDownLatch(1);
  private HttpServer server;

  @TempDir private Path directory;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/keys", exchange -> answer(exchange, 200, SET));
    server.createContext("/missing", exchange -> answer(exchange, 404, SET));
    server.createContext(
        "/huge", exchange -> answer(exchange, 200, "x".repeat(KeySource.MOST_BYTES + 1)));
    server.createContext("/elsewhere", this::sendElsewhere);
    server.createContext("/slow", this::answerInPart);
    server.setExecutor(task -> Thread.ofVirtual().start(task));
    server.start();
  }

  @AfterEach
  void close() {
    closing.countDown();
    server.stop(0);
  }

  @Test
  void readsAKeySetFromTheWeb() throws IOException {
    assertThat(web("/keys").read()).isEqualTo(SET);
    assertThat(web("/keys").read()).isEqualTo(SET);
  }

  @Test
  void takesNothingButAnAnswerThatIsOne() {
    assertThatThrownBy(() -> web("/missing").read()).hasMessageContaining("404");
    assertThatThrownBy(() -> web("/elsewhere").read()).hasMessageContaining("302");
    assertThatThrownBy(() -> web("/huge").read()).isInstanceOf(IOException.class);
  }

  @Test
  void waitsNotForEver() {
    assertThatThrownBy(() -> web("/slow").read()).hasMessageContaining("was not there within");
  }

  @Test
  void saysThatNobodyIsThere() {
    close();

    assertThatThrownBy(() -> web("/keys").read()).isInstanceOf(IOException.class);
  }

  @Test
  void readsAKeySetFromAFile() throws IOException {
    Path file = directory.resolve("keys.json");
    KeySource source = KeySource.at(new KeyPlace.Local(file));
    assertThatThrownBy(source::read).isInstanceOf(IOException.class);

    Files.writeString(file, SET);
    assertThat(source.read()).isEqualTo(SET);

    byte[] huge = new byte[KeySource.MOST_BYTES + 1];
    Arrays.fill(huge, (byte) ' ');
    Files.write(file, huge);
    assertThatThrownBy(source::read).hasMessageContaining("larger than");
  }

  private KeySource web(String path) {
    return KeySource.at(
        new KeyPlace.Remote(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path)));
  }

  private void sendElsewhere(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("location", "/keys");
    answer(exchange, 302, "");
  }

  /// Begins, and does not end while the test runs.
  private void answerInPart(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, SET.length());
    exchange.getResponseBody().write(SET.charAt(0));
    exchange.getResponseBody().flush();
    try {
      closing.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
