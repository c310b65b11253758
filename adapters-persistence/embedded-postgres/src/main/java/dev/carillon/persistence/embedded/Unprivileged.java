package dev.carillon.persistence.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// PostgreSQL refuses to run as root. In a user namespace of its own it does not see that it is,
/// and its files still belong to root.
final class Unprivileged {
  private static final Integer ROOT = 0;
  private static final List<String> NAMESPACE = List.of("unshare", "-U");

  private Unprivileged() {}

  static List<String> command(List<String> command) throws IOException, InterruptedException {
    if (!uid().equals(ROOT)) {
      return command;
    }
    requireNamespaces();
    List<String> prefixed = new ArrayList<>(NAMESPACE);
    prefixed.addAll(command);
    return prefixed;
  }

  /// The numeric id of the user that this JVM runs as.
  static Integer uid() throws IOException {
    return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }

  /// The numeric id of the file's owner; of a link itself, not of what it points to.
  static Integer owner(Path file) throws IOException {
    return (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  private static void requireNamespaces() throws IOException, InterruptedException {
    try {
      Command.run(List.of("unshare", "-U", "true"));
    } catch (IOException | EmbeddedPostgresException e) {
      throw new EmbeddedPostgresException(
          "PostgreSQL does not run as root, and this system grants no user namespaces"
              + " (unshare -U). Run Carillon as an ordinary user, or give the URL of a PostgreSQL"
              + " of your own.",
          e);
    }
  }
}
