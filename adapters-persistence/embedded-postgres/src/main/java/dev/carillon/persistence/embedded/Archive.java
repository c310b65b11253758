package dev.carillon.persistence.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The packed PostgreSQL programs on the class path.
final class Archive {
  private static final String RESOURCE = "/postgres-linux-x86_64.txz";
  private static final int OWNER_EXECUTES = 0100;

  private final URL url;

  private Archive(URL url) {
    this.url = url;
  }

  static Archive onClassPath() {
    URL url = Archive.class.getResource(RESOURCE);
    if (url == null) {
      throw new EmbeddedPostgresException("No PostgreSQL programs on the class path: " + RESOURCE);
    }
    return new Archive(url);
  }

  /// Differs for archives of different content, without reading them.
  String id() throws IOException {
    URLConnection connection = url.openConnection();
    return connection instanceof JarURLConnection jar
        ? Long.toHexString(jar.getJarEntry().getCrc())
        : Long.toHexString(connection.getLastModified());
  }

  /// Unpacks all of it below an empty directory; answers the number of files.
  int unpackTo(Path directory) throws IOException {
    int files = 0;
    try (InputStream raw = url.openStream();
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(raw)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        files += unpack(tar, entry, target(directory, entry));
      }
    }
    return files;
  }

  private static Path target(Path directory, TarArchiveEntry entry) throws IOException {
    Path target = directory.resolve(entry.getName()).normalize();
    if (!target.startsWith(directory)) {
      throw new IOException("the archive leaves its directory: " + entry.getName());
    }
    return target;
  }

  private static int unpack(InputStream content, TarArchiveEntry entry, Path target)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return 0;
    }
    Files.createDirectories(target.resolve("..").normalize());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return 1;
    }
    Files.copy(content, target);
    if ((entry.getMode() & OWNER_EXECUTES) != 0) {
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwx------"));
    }
    return 1;
  }
}
