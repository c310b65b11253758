package dev.carillon.providers.smpp;

import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.MessageRef;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// Messages to send.
final class TestTexts {
  static final Instant DEADLINE = Instant.parse("2030-01-02T03:04:05Z");

  private TestTexts() {}

  static OutboundMessage saying(String text) {
    return saying(text, 0);
  }

  static OutboundMessage saying(String text, int position) {
    return from("Carillon", text, position);
  }

  static OutboundMessage from(String sender, String text, int position) {
    return new OutboundMessage(
        new MessageRef(new JobId(7), position / 500, position),
        1,
        false,
        "+26377%07d".formatted(position),
        new SmsContent(text, sender),
        DEADLINE);
  }

  /// The same, handed over for the second time or a later one.
  static OutboundMessage attempt(int number, OutboundMessage message) {
    return new OutboundMessage(
        message.ref(), number, true, message.address(), message.content(), message.deadline());
  }

  /// That many short ones, each to a number of its own.
  static List<OutboundMessage> shortOnes(int count) {
    return IntStream.range(0, count).mapToObj(position -> saying("hello", position)).toList();
  }
}
