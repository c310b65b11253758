package dev.carillon.persistence.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The right to a data directory. The operating system gives it back when the JVM dies, however it
/// dies.
final class DirectoryLock implements AutoCloseable {
  // POSIX drops all locks of a process on a file when any of its descriptors of it is closed, so a
  // second attempt in this JVM must not even open the file.
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /// Takes the lock of an existing directory at once, or throws [DataDirectoryInUseException].
  static DirectoryLock acquire(Path existing) throws IOException {
    Path directory = existing.toRealPath();
    if (!HELD_HERE.add(directory)) {
      throw new DataDirectoryInUseException(directory, "this process");
    }
    try {
      return new DirectoryLock(directory, locked(directory));
    } catch (IOException | RuntimeException e) {
      HELD_HERE.remove(directory);
      throw e;
    }
  }

  Path directory() {
    return directory;
  }

  /// The cluster that this lock guards, which need not be there yet.
  Cluster cluster() {
    return Cluster.in(directory);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD_HERE.remove(directory);
  }

  private static FileChannel locked(Path directory) throws IOException {
    Path file = directory.resolve("lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new DataDirectoryInUseException(directory, owner(file));
      }
      writeOwner(channel);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void writeOwner(FileChannel channel) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(UTF_8)));
  }

  private static String owner(Path file) throws IOException {
    String pid = Files.readString(file);
    return pid.isEmpty() ? "another process" : "another process (pid " + pid + ")";
  }
}
