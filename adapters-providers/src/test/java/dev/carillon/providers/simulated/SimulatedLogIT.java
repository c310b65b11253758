package dev.carillon.providers.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.application.port.Carrier.Finding;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.content.EmailContent;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.content.WhatsAppContent;
import dev.carillon.domain.content.WhatsAppTemplate;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.providers.RecordingHandOver;
import dev.carillon.providers.RecordingSink;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedLogIT {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

  @TempDir private Path directory;

  @Test
  void isWrittenBeforeAMessageIsAnswered() throws IOException {
    List<Integer> written = new ArrayList<>();
    SimulatedCarrier carrier = started(false);
    carrier.submit(
        TestMessages.ordinary(300),
        new dev.carillon.application.port.Carrier.HandOver() {
          @Override
          public boolean mayGo() {
            return true;
          }

          @Override
          public void answer(OutboundMessage message, DispatchOutcome outcome) {
            written.add(positions().contains(message.ref().position()) ? 1 : 0);
          }
        });
    carrier.close();

    assertThat(written).hasSize(300).containsOnly(1);
  }

  @Test
  void tellsWhatWasTakenAndWhatWasNot() throws IOException {
    SimulatedCarrier carrier = started(true);
    List<OutboundMessage> messages =
        List.of(
            TestMessages.to(SimulatedScript.SENT, 0),
            TestMessages.to(SimulatedScript.REFUSED, 1),
            TestMessages.to(SimulatedScript.THROTTLED_ONCE, 2),
            TestMessages.to(SimulatedScript.LOST, 3),
            TestMessages.to(SimulatedScript.UNCONFIRMED, 4),
            TestMessages.to(SimulatedScript.UNREACHABLE, 5));
    carrier.submit(messages, new RecordingHandOver());
    carrier.close();

    assertThat(SimulatedLog.read(file()))
        .extracting(SimulatedLog.Entry::taken)
        .containsExactly(true, false, false, true, true, false);
    assertThat(SimulatedLog.read(file()).getFirst())
        .isEqualTo(SimulatedLog.Entry.of(messages.getFirst(), true, NOW));
  }

  @Test
  void tellsWhatWasHandedOverAsAPossibleDuplicate() throws IOException {
    OutboundMessage first = TestMessages.to(SimulatedScript.LOST_UNTAKEN, 0);
    SimulatedCarrier carrier = started(false);
    carrier.submit(List.of(first), new RecordingHandOver());
    carrier.submit(List.of(TestMessages.again(first)), new RecordingHandOver());
    carrier.close();

    assertThat(SimulatedLog.read(file()))
        .extracting(
            SimulatedLog.Entry::attempt,
            SimulatedLog.Entry::taken,
            SimulatedLog.Entry::possibleDuplicate)
        .containsExactly(tuple(1, false, false), tuple(2, true, true));
    assertThat(Files.readString(file())).endsWith(" TAKEN POSSIBLE_DUPLICATE\n");
  }

  @Test
  void tellsWhenAskedWhatItTookAndNothingOfTheRest() {
    SimulatedCarrier carrier = started(false);
    OutboundMessage taken = TestMessages.to(SimulatedScript.LOST, 0);
    OutboundMessage refused = TestMessages.to(SimulatedScript.REFUSED, 1);
    OutboundMessage untaken = TestMessages.to(SimulatedScript.LOST_UNTAKEN, 2);
    OutboundMessage never = TestMessages.to(SimulatedScript.LOST, 3);
    carrier.submit(List.of(taken, refused, untaken), new RecordingHandOver());

    assertThat(
            carrier
                .inquiry()
                .orElseThrow()
                .ask(List.of(taken.ref(), refused.ref(), untaken.ref(), never.ref())))
        .isEqualTo(Map.of(taken.ref(), new Finding.Taken("sim-7.0.0-1")));
    carrier.close();
  }

  @Test
  void isAskedOnlyWithALogAndOnlyWhenThatIsWanted() {
    SimulatedConfig logged = SimulatedConfig.IMMEDIATE.withLog(file(), false);

    assertThat(carrier(logged).inquiry()).isPresent();
    assertThat(carrier(logged.withInquiry(false)).inquiry()).isEmpty();
    assertThat(carrier(SimulatedConfig.IMMEDIATE).inquiry()).isEmpty();
  }

  @Test
  void saysNothingOfWhatWasWithdrawn() throws IOException {
    SimulatedCarrier carrier = started(false);
    carrier.submit(TestMessages.ordinary(20), new RecordingHandOver().lettingGo(7));
    carrier.close();

    assertThat(SimulatedLog.read(file())).hasSize(7);
  }

  @Test
  void holdsNeitherAddressNorBody() throws IOException {
    SimulatedCarrier carrier = started(false);
    carrier.submit(TestMessages.ordinary(1), new RecordingHandOver());
    carrier.close();

    assertThat(Files.readString(file()))
        .doesNotContain("263770000000")
        .doesNotContain("hello")
        .matches("2026-01-02T03:04:05.678901Z 7\\.0\\.0 1 [0-9a-f]{64} TAKEN\\n");
  }

  @Test
  void goesOnWhereAnEarlierProcessEnded() throws IOException {
    for (int run = 0; run < 3; run++) {
      SimulatedCarrier carrier = started(false);
      carrier.submit(TestMessages.ordinary(5), new RecordingHandOver());
      carrier.close();
    }

    assertThat(SimulatedLog.read(file())).hasSize(15);
  }

  @Test
  void cutsOffALineThatWasNeverFinished() throws IOException {
    SimulatedCarrier first = started(false);
    first.submit(TestMessages.ordinary(2), new RecordingHandOver());
    first.close();
    Files.writeString(file(), "2026-01-02T03:04:05Z 7.0.9 1 ab", StandardOpenOption.APPEND);
    assertThat(SimulatedLog.read(file())).hasSize(2);

    SimulatedCarrier second = started(false);
    second.submit(TestMessages.ordinary(1), new RecordingHandOver());
    second.close();
    assertThat(SimulatedLog.read(file())).hasSize(3);
  }

  @Test
  void outlivesAnInterruptOfTheWorkerThatWritesIt() throws IOException {
    SimulatedCarrier carrier = started(true);
    RecordingHandOver handOver = new RecordingHandOver();
    Thread.currentThread().interrupt();
    carrier.submit(TestMessages.ordinary(10), handOver);
    assertThat(Thread.interrupted()).isTrue();
    carrier.submit(TestMessages.ordinary(10), handOver);
    carrier.close();

    assertThat(handOver.answers())
        .hasSize(20)
        .allMatch(answer -> answer.outcome() instanceof DispatchOutcome.Accepted);
    assertThat(SimulatedLog.read(file())).hasSize(20);
  }

  @Test
  void refusesToReadWhatIsNoLog() throws IOException {
    Files.writeString(file(), "something else\n");

    assertThatThrownBy(() -> SimulatedLog.read(file())).isInstanceOf(IOException.class);
  }

  @Test
  void takesNothingThatItCannotWriteDown() throws IOException {
    SimulatedConfig config = SimulatedConfig.IMMEDIATE.withLog(Path.of("/dev/full"), false);
    RecordingHandOver handOver = new RecordingHandOver();
    try (SimulatedCarrier carrier =
        new SimulatedCarrier(config, new RecordingSink(), InstantSource.fixed(NOW))) {
      carrier.start();
      carrier.submit(TestMessages.ordinary(200), handOver);
    }

    assertThat(handOver.answers())
        .hasSize(200)
        .allMatch(answer -> answer.outcome() instanceof DispatchOutcome.Unreachable);
  }

  @Test
  void everyPartOfAMessageChangesItsDigest() {
    EmailContent mail = new EmailContent("a", "b", "c", "d", "e", Map.of("f", "g"));
    WhatsAppTemplate template = new WhatsAppTemplate("n", "en", List.of("1", "2"));
    OutboundMessage sms = TestMessages.to("+263771234567", 1);
    MessageRef ref = sms.ref();

    assertThat(
            List.of(
                sms,
                TestMessages.of(ref, "+263771234568", sms.content()),
                TestMessages.of(ref, sms.address(), new SmsContent("hello!", "")),
                TestMessages.of(ref, sms.address(), new SmsContent("hell", "o")),
                TestMessages.of(ref, sms.address(), new SmsContent("", "hello")),
                TestMessages.of(ref, sms.address(), new WhatsAppContent("hello", null, "")),
                TestMessages.of(ref, sms.address(), new WhatsAppContent("", template, "")),
                TestMessages.of(
                    ref,
                    sms.address(),
                    new WhatsAppContent("", template.withParameters(List.of("12")), "")),
                TestMessages.of(ref, "a@example.com", mail),
                TestMessages.of(
                    ref, "a@example.com", new EmailContent("a", "b", "c", "", "de", Map.of()))))
        .extracting(MessageDigests::of)
        .doesNotHaveDuplicates()
        .allMatch(digest -> digest.matches("[0-9a-f]{64}"));
  }

  @Test
  void survivesTheKillingOfItsProcess() throws Exception {
    Process sender =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                EndlessSender.class.getName(),
                file().toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> answered = new ArrayList<>();
    try (BufferedReader out = sender.inputReader(StandardCharsets.US_ASCII)) {
      for (int i = 0; i < 2_000; i++) {
        answered.add(out.readLine());
      }
      // the process, not its stream: what it had said by then is read on
      sender.toHandle().destroyForcibly();
      sender.waitFor();
      String line = out.readLine();
      while (line != null) {
        answered.add(line);
        line = out.readLine();
      }
    }
    if (MessageRef.parse(answered.getLast()).isEmpty()) {
      answered.removeLast();
    }

    List<String> logged =
        SimulatedLog.read(file()).stream().map(entry -> entry.ref().toString()).toList();
    assertThat(logged).doesNotHaveDuplicates();
    assertThat(logged.subList(0, answered.size() - 1))
        .isEqualTo(answered.subList(0, answered.size() - 1));
  }

  private static SimulatedCarrier carrier(SimulatedConfig config) {
    return new SimulatedCarrier(config, new RecordingSink(), InstantSource.fixed(NOW));
  }

  private SimulatedCarrier started(boolean forced) {
    SimulatedCarrier carrier = carrier(SimulatedConfig.IMMEDIATE.withLog(file(), forced));
    carrier.start();
    return carrier;
  }

  private List<Integer> positions() {
    try {
      return SimulatedLog.read(file()).stream().map(entry -> entry.ref().position()).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path file() {
    return directory.resolve("hand-overs.log");
  }
}
