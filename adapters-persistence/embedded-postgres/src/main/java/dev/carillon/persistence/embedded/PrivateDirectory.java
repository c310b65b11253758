package dev.carillon.persistence.embedded;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/// A directory in a place that others can write to, such as the system's temporary one. Programs
/// are run from it, so it is used only if nobody else could have put anything there.
final class PrivateDirectory {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private PrivateDirectory() {}

  /// Creates the directory, or accepts the one that is there if it is this user's and closed to all
  /// others.
  static Path at(Path directory) throws IOException {
    try {
      return Files.createDirectory(directory, Trees.OWNER_ONLY);
    } catch (FileAlreadyExistsException e) {
      if (!isOurs(directory)) {
        throw new EmbeddedPostgresException(
            "%s is not a directory of this user alone (mode 0700). Remove it, or point -Djava.io.tmpdir elsewhere."
                .formatted(directory),
            e);
      }
      return directory;
    }
  }

  private static boolean isOurs(Path directory) throws IOException {
    return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
        && Unprivileged.owner(directory).equals(Unprivileged.uid())
        && OWNER_ONLY.containsAll(
            Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS));
  }
}
