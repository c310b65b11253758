package dev.carillon.persistence.embedded;

import java.io.IOException;
import java.nio.file.Path;

/// A JVM of its own that ends without closing its temporary server.
final class ForgetfulJvm {
  private ForgetfulJvm() {}

  /// The directory of the server, after the JVM has ended.
  static Path run() throws IOException {
    Process process = KilledJvm.jvm(ForgetfulJvm.class).start();
    Path directory = Path.of(process.inputReader().readLine());
    process.onExit().join();
    return directory;
  }

  public static void main(String[] arguments) {
    System.out.println(EmbeddedPostgres.temporary().directory());
  }
}
