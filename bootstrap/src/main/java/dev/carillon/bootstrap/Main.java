package dev.carillon.bootstrap;

import dev.carillon.bootstrap.cli.CarillonCommand;

/// Where the process begins.
public final class Main {
  private Main() {}

  /// Runs the command that the arguments name, and exits with its code.
  public static void main(String[] arguments) {
    System.exit(CarillonCommand.run(arguments));
  }
}
