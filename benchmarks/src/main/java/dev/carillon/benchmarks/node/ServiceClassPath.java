package dev.carillon.benchmarks.node;

import dev.carillon.bootstrap.Main;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/// The class path that nodes run with: that of this process. Where the service comes in a jar,
/// directories are left out, since none of its classes are there and Java shares no classes between
/// processes where there are any.
final class ServiceClassPath {
  private ServiceClassPath() {}

  static String get() {
    String own = System.getProperty("java.class.path");
    String[] entries = own.split(File.pathSeparator, -1);
    return inJar()
        ? Arrays.stream(entries)
            .filter(entry -> !Files.isDirectory(Path.of(entry)))
            .collect(Collectors.joining(File.pathSeparator))
        : own;
  }

  /// Whether the service comes in a jar.
  static boolean inJar() {
    return Main.class
        .getProtectionDomain()
        .getCodeSource()
        .getLocation()
        .getPath()
        .endsWith(".jar");
  }
}
