package dev.carillon.providers.simulated;

import dev.carillon.application.port.Carrier.HandOver;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.delivery.DispatchOutcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;

/// A process that hands messages over without end, prints the reference of each that is answered,
/// and is to be killed.
final class EndlessSender {
  private static final int BATCH = 50;

  private EndlessSender() {}

  public static void main(String[] arguments) {
    SimulatedConfig config = SimulatedConfig.IMMEDIATE.withLog(Path.of(arguments[0]), false);
    SimulatedCarrier carrier = new SimulatedCarrier(config, receipts -> {}, InstantSource.system());
    carrier.start();
    for (int first = 0; first >= 0; first += BATCH) {
      int from = first;
      List<OutboundMessage> messages =
          IntStream.range(from, from + BATCH)
              .mapToObj(position -> TestMessages.to("+263771234567", position))
              .toList();
      carrier.submit(messages, new Printing());
    }
  }

  private static final class Printing implements HandOver {
    @Override
    public boolean mayGo() {
      return true;
    }

    @Override
    public void answer(OutboundMessage message, DispatchOutcome outcome) {
      byte[] line = (message.ref() + "\n").getBytes(StandardCharsets.US_ASCII);
      System.out.write(line, 0, line.length);
      System.out.flush();
    }
  }
}
