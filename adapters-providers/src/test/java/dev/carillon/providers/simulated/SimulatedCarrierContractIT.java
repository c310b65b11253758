package dev.carillon.providers.simulated;

import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.providers.CarrierContract;
import dev.carillon.providers.RecordingSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SimulatedCarrierContractIT extends CarrierContract {
  @TempDir private Path directory;

  private final RecordingSink sink = new RecordingSink();
  private SimulatedCarrier carrier;

  @BeforeEach
  void start() {
    SimulatedConfig config =
        SimulatedConfig.DEFAULT
            .withTiming(
                SimulatedConfig.Timing.DEFAULT
                    .withReceiptDelay(Duration.ofMillis(1), Duration.ofMillis(5))
                    .withAnswerTimeout(Duration.ofMillis(500)))
            .withLog(log(), false);
    carrier = new SimulatedCarrier(config, sink, InstantSource.system());
    carrier.start();
  }

  @AfterEach
  void close() {
    carrier.close();
  }

  @Override
  protected Carrier carrier() {
    return carrier;
  }

  @Override
  protected RecordingSink sink() {
    return sink;
  }

  @Override
  protected OutboundMessage message(Treatment treatment, int position) {
    return TestMessages.to(
        switch (treatment) {
          case TAKE -> SimulatedScript.DELIVERED;
          case REFUSE -> SimulatedScript.REFUSED;
          case THROTTLE -> SimulatedScript.THROTTLED_ONCE;
          case THROTTLE_WITH_RETRY_AFTER -> SimulatedScript.THROTTLED_ONCE_WAIT;
          case BE_UNREACHABLE -> SimulatedScript.UNREACHABLE;
          case NEVER_ANSWER -> SimulatedScript.LOST;
        },
        position);
  }

  @Override
  protected int handedOver() {
    try {
      return SimulatedLog.read(log()).size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path log() {
    return directory.resolve("hand-overs.log");
  }
}
