package dev.carillon.domain.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.MessageChanges.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MessageChangesTest {
  private static final ChunkKey KEY = new ChunkKey(new JobId(7), 3);
  private static final int FIRST = 900;

  @Test
  void hasWhatChangedSinceItWasRemembered() {
    Chunk chunk = chunk(MessageState.IN_FLIGHT, MessageState.IN_FLIGHT, MessageState.IN_FLIGHT);
    chunk.assign(FIRST + 2, 200);
    chunk.remember();
    chunk.move(FIRST, MessageTransition.FAIL);
    chunk.move(FIRST + 2, MessageTransition.LOSE_ANSWER);

    MessageChanges changes = of(chunk, ToldStatuses.ALL, Map.of(FIRST, Reason.ROUTE_REFUSED));

    assertThat(changes.all())
        .containsExactly(
            new Change(FIRST, MessageStatus.FAILED, Reason.ROUTE_REFUSED, 3, 0),
            new Change(FIRST + 2, MessageStatus.UNKNOWN, Reason.OUTCOME_UNKNOWN, 3, 200));
    assertThat(changes.told().statuses())
        .containsExactly(MessageStatus.FAILED, MessageStatus.UNKNOWN);
    assertThat(changes.chunk()).isEqualTo(KEY);
  }

  @Test
  void isNothingWhereNothingWasRememberedOrAskedForOrChanged() {
    Chunk chunk = chunk(MessageState.IN_FLIGHT, MessageState.UNKNOWN);
    chunk.move(FIRST, MessageTransition.ACCEPT);
    assertThat(MessageChanges.of(chunk, ToldStatuses.ALL, Map.of())).isEmpty();

    chunk.remember();
    assertThat(MessageChanges.of(chunk, ToldStatuses.ALL, Map.of())).isEmpty();

    chunk.move(FIRST + 1, MessageTransition.MARK_AGAIN);
    assertThat(MessageChanges.of(chunk, ToldStatuses.ALL, Map.of()))
        .as("still UNKNOWN to callers")
        .isEmpty();

    chunk.move(FIRST, MessageTransition.DELIVER);
    assertThat(MessageChanges.of(chunk, told(MessageStatus.SENT), Map.of())).isEmpty();
    assertThat(MessageChanges.of(chunk, told(MessageStatus.DELIVERED), Map.of())).isPresent();
  }

  /// What the state says itself is not for carriers to say.
  @Test
  void takesReasonsFromCarriersOnlyForWhatTheyRefusedOrDidNotDeliver() {
    Chunk chunk = chunk(MessageState.IN_FLIGHT, MessageState.QUEUED, MessageState.SENT);
    chunk.remember();
    chunk.move(FIRST, MessageTransition.ACCEPT);
    chunk.move(FIRST + 1, MessageTransition.CANCEL);
    chunk.move(FIRST + 2, MessageTransition.FAIL_DELIVERY);
    Reason said = Reason.NOT_DELIVERED;

    assertThat(
            of(chunk, ToldStatuses.ALL, Map.of(FIRST, said, FIRST + 1, said, FIRST + 2, said))
                .all())
        .extracting(Change::reason)
        .containsExactly(null, Reason.CANCELLED, said);
  }

  /// Packed and unpacked it is what single steps would have told, whatever they were.
  @Test
  void unpacksWhatWasPacked() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    MessageTransition[] moves = MessageTransition.values();
    for (int round = 0; round < 2_000; round++) {
      MessageState[] states = new MessageState[1 + random.nextInt(40)];
      for (int i = 0; i < states.length; i++) {
        states[i] = MessageState.of(random.nextInt(20));
      }
      Chunk chunk = chunk(states);
      ToldStatuses told = new ToldStatuses(random.nextInt(256));
      chunk.remember();
      for (int i = 0; i < states.length; i++) {
        chunk.move(FIRST + random.nextInt(states.length), moves[random.nextInt(moves.length)]);
      }
      List<Change> expected = new ArrayList<>();
      for (int i = 0; i < states.length; i++) {
        MessageState now = chunk.state(FIRST + i);
        if (now.status(true) != states[i].status(true) && told.contains(now.status(true))) {
          expected.add(
              new Change(FIRST + i, now.status(true), now.reason(), chunk.attempts(FIRST + i), 0));
        }
      }

      List<Change> found =
          MessageChanges.of(chunk, told, Map.of()).map(MessageChanges::all).orElse(List.of());

      assertThat(found).as("seed %d", seed).isEqualTo(expected);
    }
  }

  private static MessageChanges of(Chunk chunk, ToldStatuses told, Map<Integer, Reason> reasons) {
    MessageChanges made = MessageChanges.of(chunk, told, reasons).orElseThrow();
    return new MessageChanges(
        made.chunk(),
        made.first(),
        made.changedBits(),
        made.statuses(),
        made.carriers(),
        made.reasons());
  }

  private static ToldStatuses told(MessageStatus status) {
    return ToldStatuses.of(Set.of(status));
  }

  private static Chunk chunk(MessageState... states) {
    byte[] statuses = new byte[states.length];
    for (int i = 0; i < states.length; i++) {
      statuses[i] = StatusByte.of(states[i], 3);
    }
    return new Chunk(KEY, FIRST, statuses, 0);
  }
}
