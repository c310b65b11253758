package dev.carillon.domain.message;

import static dev.carillon.domain.message.MessageTransition.ACCEPT;
import static dev.carillon.domain.message.MessageTransition.CONFIRM_READ;
import static dev.carillon.domain.message.MessageTransition.DELIVER;
import static dev.carillon.domain.message.MessageTransition.FAIL_DELIVERY;
import static dev.carillon.domain.message.MessageTransition.GIVE_UP;
import static dev.carillon.domain.message.MessageTransition.LOSE_ANSWER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.job.Count;
import dev.carillon.domain.job.Count.Bucket;
import dev.carillon.domain.job.Counters;
import dev.carillon.domain.job.JobId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Receipts cannot lie: whatever their order, doubled or early, they end in the same place.
class EvidenceTest {
  /// The carrier's answer and each receipt, from the weakest word to the strongest.
  private static final List<MessageTransition> BY_STRENGTH =
      List.of(ACCEPT, FAIL_DELIVERY, DELIVER, CONFIRM_READ);

  private static final List<MessageTransition> ANSWER_AND_RECEIPTS =
      List.of(
          ACCEPT,
          ReceiptKind.SENT.transition(),
          ReceiptKind.DELIVERED.transition(),
          ReceiptKind.UNDELIVERED.transition(),
          ReceiptKind.READ.transition());

  @ParameterizedTest
  @EnumSource(
      names = {"IN_FLIGHT", "RESENDING", "UNKNOWN", "UNKNOWN_RESENT", "FAILED_OUTCOME_UNKNOWN"})
  void endsTheSameInEveryOrderOfEverySelection(MessageState start) {
    for (List<MessageTransition> selection : selections(ANSWER_AND_RECEIPTS)) {
      for (List<MessageTransition> order : orders(selection)) {
        assertEndsByTheStrongest(start, order);
      }
    }
  }

  @Test
  void endsTheSameWhenTheAnswerIsLostAndGivenUpAnywhereBetween() {
    List<MessageTransition> events = new ArrayList<>(ANSWER_AND_RECEIPTS);
    events.add(LOSE_ANSWER);
    events.add(GIVE_UP);

    for (List<MessageTransition> order : orders(events)) {
      assertEndsByTheStrongest(MessageState.IN_FLIGHT, order);
    }
  }

  @Test
  void endsTheSameHoweverOftenEachIsSaid() {
    SeededCases.run(
        5_000,
        random -> {
          List<MessageTransition> events = new ArrayList<>(ANSWER_AND_RECEIPTS);
          Collections.shuffle(events, random);
          events = new ArrayList<>(events.subList(0, 1 + random.nextInt(events.size())));
          for (int doubles = random.nextInt(10); doubles > 0; doubles--) {
            events.add(events.get(random.nextInt(events.size())));
          }
          Collections.shuffle(events, random);
          assertEndsByTheStrongest(MessageState.IN_FLIGHT, events);
        });
  }

  @Test
  void neverMovesAMessageBackwards() {
    SeededCases.run(
        5_000,
        random -> {
          Chunk chunk = chunk(SeededCases.oneOf(MessageState.values(), random));
          for (int i = 0; i < 12; i++) {
            int before = strength(chunk.state(0));
            chunk.move(0, evidence(random));
            assertThat(strength(chunk.state(0))).isGreaterThanOrEqualTo(before);
          }
        });
  }

  @Test
  void leavesAloneWhatNobodyWasGiven() {
    for (MessageState state : MessageState.values()) {
      boolean given =
          strength(state) > 0
              || state.isMarked()
              || state.isInDoubt()
              || state == MessageState.FAILED_OUTCOME_UNKNOWN;
      boolean moved = BY_STRENGTH.stream().anyMatch(evidence -> chunk(state).move(0, evidence));

      assertThat(moved).as("%s", state).isEqualTo(given && state != MessageState.READ);
    }
  }

  private static void assertEndsByTheStrongest(MessageState start, List<MessageTransition> events) {
    Chunk chunk = chunk(start);
    events.forEach(event -> chunk.move(0, event));

    MessageState end =
        events.stream()
            .filter(BY_STRENGTH::contains)
            .max(Comparator.comparingInt(BY_STRENGTH::indexOf))
            .orElseThrow()
            .target();
    assertThat(chunk.state(0)).as("%s after %s", start, events).isEqualTo(end);
    assertThat(chunk.attempts(0)).isEqualTo(1);
    assertThat(chunk.tally().counters(true, chunk.retries())).isEqualTo(oneAt(end));
  }

  private static Counters oneAt(MessageState end) {
    return Count.of(1, Bucket.valueOf(end.name())).counters();
  }

  private static int strength(MessageState state) {
    return 1 + BY_STRENGTH.stream().map(MessageTransition::target).toList().indexOf(state);
  }

  private static MessageTransition evidence(Random random) {
    return BY_STRENGTH.get(random.nextInt(BY_STRENGTH.size()));
  }

  private static Chunk chunk(MessageState state) {
    return new Chunk(new ChunkKey(new JobId(1), 0), 0, new byte[] {StatusByte.of(state, 1)}, 0);
  }

  /// Every non-empty part of the events.
  private static List<List<MessageTransition>> selections(List<MessageTransition> events) {
    List<List<MessageTransition>> selections = new ArrayList<>();
    for (int bits = 1; bits < 1 << events.size(); bits++) {
      List<MessageTransition> selection = new ArrayList<>();
      for (int i = 0; i < events.size(); i++) {
        if ((bits & 1 << i) != 0) {
          selection.add(events.get(i));
        }
      }
      selections.add(selection);
    }
    return selections;
  }

  private static Collection<List<MessageTransition>> orders(List<MessageTransition> events) {
    if (events.isEmpty()) {
      return List.of(List.of());
    }
    List<List<MessageTransition>> orders = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      List<MessageTransition> rest = new ArrayList<>(events);
      MessageTransition first = rest.remove(i);
      for (List<MessageTransition> order : orders(rest)) {
        List<MessageTransition> whole = new ArrayList<>(List.of(first));
        whole.addAll(order);
        orders.add(whole);
      }
    }
    return orders;
  }
}
