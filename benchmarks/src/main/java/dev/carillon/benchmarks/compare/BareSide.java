package dev.carillon.benchmarks.compare;

import dev.carillon.benchmarks.bare.BareLoad;
import dev.carillon.benchmarks.bare.BareProgram;
import dev.carillon.benchmarks.postgres.Spent;

/// The bare program.
public record BareSide(BareProgram program, BareLoad load) implements Side {
  @Override
  public String name() {
    return "bare";
  }

  @Override
  public Spent prepare() throws Exception {
    return program.insert(load);
  }

  @Override
  public Spent dispatch() throws Exception {
    return program.dispatch(load);
  }

  @Override
  public int messages() {
    return load.messages();
  }
}
