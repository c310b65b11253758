package dev.carillon.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.OptionSpec;

@Timeout(60)
class LauncherIT {
  private static final Path LAUNCHER = Path.of("..", "carillon");

  @Test
  void anUnknownCommandShowsTheUsageAndIsTwo() throws Exception {
    Run run = launch("sing");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.text()).contains("there is no command 'sing'", "usage: ./carillon <command>");
  }

  @Test
  void helpIsHelpAndNoCommandIsToo() throws Exception {
    assertThat(launch("help").code()).isZero();
    assertThat(launch().text()).contains("serve", "demo", "key", "config", "CARILLON_JAVA_OPTS");
  }

  @Test
  void tellsItsVersionWithoutBeingBuilt() throws Exception {
    assertThat(launch("version").text()).matches("carillon \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\s*");
  }

  /// In a directory where nothing is built and nothing could be.
  @Test
  void explainsACommandWithoutBuildingAnything(@TempDir Path empty) throws Exception {
    Path launcher =
        Files.copy(LAUNCHER, empty.resolve("carillon"), StandardCopyOption.COPY_ATTRIBUTES);

    for (String command : List.of("serve", "demo", "key", "config")) {
      Run run = run(launcher, command, "--help");

      assertThat(run.code()).isZero();
      assertThat(run.text()).contains("usage: ./carillon <command>", "--new-operator-key");
    }
    assertThat(empty).isDirectoryNotContaining(file -> !file.equals(launcher));
  }

  @Test
  void itsHelpNamesEveryOptionOfEveryCommand() throws Exception {
    String help = launch("help").text();

    CarillonCommand.commandLine()
        .getSubcommands()
        .forEach((name, command) ->
            assertThat(of(name, help))
                .contains(
                    command.getCommandSpec().options().stream()
                        .map(OptionSpec::longestName)
                        .filter(option -> !List.of("--help", "--version").contains(option))
                        .toList()));
  }

  /// What the help says of a command: its line, and those below it that go further in.
  private static String of(String command, String help) {
    Matcher found =
        Pattern.compile("^  " + command + " .*\\n(   .*\\n)*", Pattern.MULTILINE).matcher(help);
    assertThat(found.find()).as(command).isTrue();
    return found.group();
  }

  private static Run launch(String... arguments) throws IOException, InterruptedException {
    return run(LAUNCHER, arguments);
  }

  private static Run run(Path launcher, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), text);
  }

  private record Run(int code, String text) {}
}
