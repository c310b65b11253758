package dev.carillon.providers.simulated;

import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.MessageRef;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// Messages to give to the carrier.
final class TestMessages {
  private static final Instant DEADLINE = Instant.parse("2100-01-01T00:00:00Z");

  private TestMessages() {}

  /// The first attempt to send an SMS of job 7 to the script's number.
  static OutboundMessage to(SimulatedScript script, int position) {
    return to("+120255501%02d".formatted(script.code()), position);
  }

  static OutboundMessage to(String address, int position) {
    MessageRef ref = new MessageRef(new JobId(7), position / 500, position);
    return of(ref, address, new SmsContent("hello", ""));
  }

  /// The first attempt to say that to somebody.
  static OutboundMessage of(MessageRef ref, String address, Content content) {
    return new OutboundMessage(ref, 1, false, address, content, DEADLINE);
  }

  /// That many to ordinary numbers.
  static List<OutboundMessage> ordinary(int count) {
    return IntStream.range(0, count)
        .mapToObj(position -> to("+26377%07d".formatted(position), position))
        .toList();
  }

  /// The next attempt, while the one before is in doubt.
  static OutboundMessage again(OutboundMessage message) {
    return new OutboundMessage(
        message.ref(),
        message.attempt() + 1,
        true,
        message.address(),
        message.content(),
        message.deadline());
  }

  static OutboundMessage attempt(OutboundMessage message, int attempt) {
    return new OutboundMessage(
        message.ref(), attempt, false, message.address(), message.content(), message.deadline());
  }
}
