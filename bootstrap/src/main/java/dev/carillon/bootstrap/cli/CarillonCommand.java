package dev.carillon.bootstrap.cli;

import dev.carillon.bootstrap.config.InvalidConfigurationException;
import dev.carillon.bootstrap.run.ServiceStartException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// What a person can have Carillon do.
@Command(
    name = "carillon",
    description = "Sends one message, or one message each, to many people.",
    subcommands = {ServeCommand.class, DemoCommand.class, KeyCommand.class, ConfigCommand.class})
public final class CarillonCommand {
  private CarillonCommand() {}

  /// Runs a command.
  ///
  /// @return its exit code: 0 done, 1 failed, 2 not understood
  public static int run(String... arguments) {
    return commandLine()
        .setExecutionExceptionHandler((failure, command, _) -> tell(failure, command))
        .execute(arguments);
  }

  static CommandLine commandLine() {
    return new CommandLine(new CarillonCommand());
  }

  /// What is wrong with the configuration or the surroundings is said; only a bug shows its trace.
  private static int tell(Exception failure, CommandLine command) {
    switch (failure) {
      case InvalidConfigurationException invalid -> say(command, invalid);
      case ServiceStartException notStarted -> say(command, notStarted);
      default -> failure.printStackTrace(command.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static void say(CommandLine command, Exception failure) {
    command.getErr().println("carillon: " + failure.getMessage());
  }
}
