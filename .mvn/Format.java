import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Runs google-java-format on all Java files of the working directory. Argument: `check` fails on
/// those that are not formatted, `apply` formats them.
final class Format {
  private static final Set<String> SKIPPED = Set.of("target", "node_modules");

  private Format() {}

  public static void main(String[] arguments) throws Exception {
    List<String> files = javaFiles(Path.of(""));
    switch (arguments[0]) {
      case "check" -> check(files);
      case "apply" -> System.exit(run(files, "--replace"));
      default -> throw new IllegalArgumentException("neither check nor apply: " + arguments[0]);
    }
  }

  private static void check(List<String> files) throws Exception {
    if (run(files, "--dry-run", "--set-exit-if-changed") != 0) {
      System.err.println("The files above are not formatted. This formats them:");
      System.err.println("  mvn -N verify -Dformat=apply");
      System.exit(1);
    }
  }

  private static int run(List<String> files, String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(files);
    PrintWriter out = new PrintWriter(System.out, true);
    PrintWriter err = new PrintWriter(System.err, true);
    return new Main(out, err, System.in).format(arguments.toArray(String[]::new));
  }

  private static List<String> javaFiles(Path root) throws IOException {
    List<String> files = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return isSkipped(directory.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              files.add(file.toString());
            }
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort(null);
    return files;
  }

  // Hidden directories hold what others keep there, a running database for one.
  private static boolean isSkipped(String directory) {
    return SKIPPED.contains(directory) || (directory.startsWith(".") && !directory.equals(".mvn"));
  }
}
