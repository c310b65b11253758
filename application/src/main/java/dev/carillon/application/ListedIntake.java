package dev.carillon.application;

import dev.carillon.application.port.PreparedMessage;
import java.util.List;

/// The recipients that a submission lists, judged.
record ListedIntake(List<PreparedMessage> judged) implements Intake {
  @Override
  public void into(Sink sink) {
    sink.append(judged);
  }
}
