package dev.carillon.domain.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.job.Count;
import dev.carillon.domain.job.Count.Bucket;
import dev.carillon.domain.job.Counters;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TallyTest {

  @Test
  void equalsARecountOfTheBytes() {
    SeededCases.run(
        1_000,
        random -> {
          Map<MessageState, Integer> recount = new EnumMap<>(MessageState.class);
          byte[] statuses = new byte[random.nextInt(400)];
          for (int i = 0; i < statuses.length; i++) {
            MessageState state = SeededCases.oneOf(MessageState.values(), random);
            statuses[i] = StatusByte.of(state, random.nextInt(8));
            recount.merge(state, 1, Integer::sum);
          }

          Tally tally = Tally.of(statuses);

          assertThat(tally.total()).isEqualTo(statuses.length);
          for (MessageState state : MessageState.values()) {
            assertThat(tally.count(state)).isEqualTo(recount.getOrDefault(state, 0));
          }
          assertThat(tally.counters(random.nextBoolean(), 0).total()).isEqualTo(statuses.length);
        });
  }

  /// Which counters one message of each state raises, before and after the start of its job.
  @ParameterizedTest
  @CsvSource({
    "QUEUED, PENDING, QUEUED",
    "IN_FLIGHT, PENDING, QUEUED",
    "SENT, SENT, SENT",
    "DELIVERED, DELIVERED, DELIVERED",
    "READ, READ, READ",
    "UNDELIVERED, UNDELIVERED, UNDELIVERED",
    "FAILED, FAILED, FAILED",
    "FAILED_OUTCOME_UNKNOWN, FAILED, FAILED",
    "FAILED_SYSTEM_ERROR, FAILED, FAILED",
    "EXPIRED, EXPIRED, EXPIRED",
    "CANCELLED, CANCELLED, CANCELLED",
    "CANCELLED_SUPPRESSED, CANCELLED, CANCELLED",
    "CANCELLED_DELETED, CANCELLED, CANCELLED",
    "UNKNOWN, UNKNOWN, UNKNOWN",
    "RESENDING, UNKNOWN, UNKNOWN",
    "UNKNOWN_RESENT, UNKNOWN, UNKNOWN",
    "REJECTED_INVALID, INVALID, INVALID",
    "REJECTED_DUPLICATE, DUPLICATE, DUPLICATE",
    "REJECTED_SUPPRESSED, SUPPRESSED, SUPPRESSED",
    "REJECTED_NO_ADDRESS, NO_ADDRESS, NO_ADDRESS"
  })
  void raisesTheCounterOfEachState(MessageState state, Bucket before, Bucket after) {
    Tally three =
        Tally.of(
            new byte[] {StatusByte.of(state, 0), StatusByte.of(state, 1), StatusByte.of(state, 2)});

    assertThat(three.counters(false, 4)).isEqualTo(only(before, 3, 4));
    assertThat(three.counters(true, 9)).isEqualTo(only(after, 3, 9));
  }

  @Test
  void addsUpTheStatesThatShareACounter() {
    Tally all = Tally.of(oneOfEach());
    Counters counters = all.counters(true, 0);

    assertThat(all.total()).isEqualTo(20);
    assertThat(counters.queued()).isEqualTo(2);
    assertThat(counters.failed()).isEqualTo(3);
    assertThat(counters.cancelled()).isEqualTo(3);
    assertThat(counters.rejected()).isEqualTo(4);
    assertThat(counters.accepted()).isEqualTo(16);
    assertThat(all.counters(false, 0).pending()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void awaitsReceiptsOfWhatIsSentOrUnknown(MessageState state) {
    Tally tally = Tally.of(new byte[] {StatusByte.of(state, 1)});

    assertThat(tally.hasOpenReceipts())
        .isEqualTo(state == MessageState.SENT || state.status(true) == MessageStatus.UNKNOWN);
    assertThat(tally.counters(true, 0).hasOpenReceipts()).isEqualTo(tally.hasOpenReceipts());
  }

  private static byte[] oneOfEach() {
    MessageState[] states = MessageState.values();
    byte[] statuses = new byte[states.length];
    for (int i = 0; i < states.length; i++) {
      statuses[i] = StatusByte.of(states[i], 1);
    }
    return statuses;
  }

  private static Counters only(Bucket bucket, long count, long retries) {
    return Count.of(count, bucket).and(retries, Bucket.RETRIES).counters();
  }
}
