package dev.carillon.domain.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.job.Counters;
import dev.carillon.domain.job.JobId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Random histories of a chunk beside a plain model of it.
class ChunkModelTest {
  private static final int FIRST = 40;
  private static final int STEPS = 300;

  @Test
  void agreesWithThePlainModelAfterEveryMove() {
    SeededCases.run(
        300,
        random -> {
          Model model = new Model(random);
          Chunk chunk = model.chunk();
          for (int step = 0; step < STEPS; step++) {
            MessageTransition transition = SeededCases.oneOf(MessageTransition.values(), random);
            int message = random.nextInt(model.messages.size());
            boolean moved = chunk.move(FIRST + message, transition);

            assertThat(moved).isEqualTo(model.move(message, transition));
            model.assertIs(chunk);
          }
        });
  }

  @Test
  void agreesWithThePlainModelWhenWholeWindowsMove() {
    SeededCases.run(
        300,
        random -> {
          Model model = new Model(random);
          Chunk chunk = model.chunk();
          for (int step = 0; step < 30; step++) {
            if (random.nextBoolean()) {
              MessageTransition transition = SeededCases.oneOf(MessageTransition.values(), random);
              assertThat(chunk.moveAll(transition)).isEqualTo(model.moveAll(transition));
            } else {
              int limit = random.nextInt(10);
              int modulus = 1 + random.nextInt(3);
              List<Integer> marked = new ArrayList<>();
              int most = random.nextInt(8);
              chunk.markNext(
                  limit,
                  position -> position % modulus == 0,
                  CarrierChoice.PROVIDER_ONLY,
                  most,
                  marked::add);
              assertThat(marked).isEqualTo(model.markNext(limit, modulus, most));
            }
            model.assertIs(chunk);
          }
        });
  }

  /// One message as anybody would write it down.
  private static final class PlainMessage {
    private MessageState state;
    private int attempts;

    private PlainMessage(MessageState state) {
      this.state = state;
    }

    private boolean move(MessageTransition transition) {
      if (!transition.sources().contains(state)) {
        return false;
      }
      state = transition.target();
      attempts += transition.attemptChange();
      return true;
    }
  }

  private static final class Model {
    private static final int MOST_COUNTED = 7;

    private final List<PlainMessage> messages = new ArrayList<>();
    private long retries;

    /// Attempts that the byte has no room for; as re-attempts they count all the same.
    private long beyondCounting;

    private Model(Random random) {
      for (int i = 1 + random.nextInt(20); i > 0; i--) {
        boolean fresh = random.nextInt(4) > 0;
        messages.add(
            new PlainMessage(
                fresh ? MessageState.QUEUED : SeededCases.oneOf(MessageState.values(), random)));
      }
    }

    private Chunk chunk() {
      byte[] statuses = new byte[messages.size()];
      for (int i = 0; i < statuses.length; i++) {
        statuses[i] = StatusByte.of(messages.get(i).state, 0);
      }
      return new Chunk(new ChunkKey(new JobId(1), 0), FIRST, statuses, 0);
    }

    private boolean move(int message, MessageTransition transition) {
      PlainMessage plain = messages.get(message);
      int before = plain.attempts;
      if (!plain.move(transition)) {
        return false;
      }
      if (plain.attempts > MOST_COUNTED) {
        plain.attempts = MOST_COUNTED;
        beyondCounting++;
      }
      plain.attempts = Math.max(0, plain.attempts);
      retries += Math.max(0, plain.attempts - 1) - Math.max(0, before - 1);
      return true;
    }

    private int moveAll(MessageTransition transition) {
      int moved = 0;
      for (int i = 0; i < messages.size(); i++) {
        moved += move(i, transition) ? 1 : 0;
      }
      return moved;
    }

    private List<Integer> markNext(int limit, int modulus, int most) {
      List<Integer> marked = new ArrayList<>();
      for (int i = 0; i < messages.size() && marked.size() < limit; i++) {
        int position = FIRST + i;
        PlainMessage message = messages.get(i);
        boolean waits = message.state == MessageState.QUEUED;
        boolean doubtful = message.state == MessageState.UNKNOWN;
        if (position % modulus == 0 && (waits || (doubtful && message.attempts < most))) {
          move(i, waits ? MessageTransition.MARK : MessageTransition.MARK_AGAIN);
          marked.add(position);
        }
      }
      return marked;
    }

    private long count(MessageState state) {
      return messages.stream().filter(message -> message.state == state).count();
    }

    private void assertIs(Chunk chunk) {
      Tally tally = chunk.tally();
      for (MessageState state : MessageState.values()) {
        assertThat(tally.count(state)).isEqualTo(count(state));
      }
      boolean open = false;
      for (int i = 0; i < messages.size(); i++) {
        PlainMessage message = messages.get(i);
        assertThat(chunk.state(FIRST + i)).isEqualTo(message.state);
        assertThat(chunk.attempts(FIRST + i)).isEqualTo(message.attempts);
        open |= message.state.keepsChunkOpen(false);
      }
      assertThat(chunk.isFinished(false)).isEqualTo(!open);
      assertThat(chunk.retries()).isEqualTo(retries + beyondCounting);
      assertAddsUp(tally.counters(true, chunk.retries()));
      assertAddsUp(tally.counters(false, chunk.retries()));
    }

    private void assertAddsUp(Counters counters) {
      assertThat(counters.total()).isEqualTo(messages.size());
      assertThat(counters.rejected() + counters.accepted()).isEqualTo(counters.total());
    }
  }
}
