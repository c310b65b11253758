package dev.carillon.domain.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carillon.domain.job.JobId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkTest {
  private static final ChunkKey KEY = new ChunkKey(new JobId(7), 3);
  private static final int FIRST = 900;

  @Test
  void knowsItsPlaceInTheJob() {
    Chunk chunk = chunk(MessageState.QUEUED, MessageState.SENT);

    assertThat(chunk.key()).isEqualTo(KEY);
    assertThat(chunk.first()).isEqualTo(FIRST);
    assertThat(chunk.size()).isEqualTo(2);
    assertThat(chunk.state(FIRST)).isEqualTo(MessageState.QUEUED);
    assertThat(chunk.state(FIRST + 1)).isEqualTo(MessageState.SENT);
  }

  @ParameterizedTest
  @CsvSource({"899, false", "900, true", "901, true", "902, false", "0, false", "-1, false"})
  void containsItsOwnPositionsOnly(int position, boolean contained) {
    assertThat(chunk(MessageState.QUEUED, MessageState.QUEUED).contains(position))
        .isEqualTo(contained);
  }

  @Test
  void leavesLateMovesAsTheyWere() {
    Chunk chunk = chunk(MessageState.DELIVERED);
    byte[] before = chunk.statuses();

    assertThat(chunk.move(FIRST, MessageTransition.ACCEPT)).isFalse();
    assertThat(chunk.statuses()).isEqualTo(before);
    assertThat(chunk.retries()).isZero();
  }

  @Test
  void doesNotCountARetryForAMarkThatCameTooLate() {
    Chunk chunk = new Chunk(KEY, FIRST, new byte[] {StatusByte.of(MessageState.SENT, 1)}, 5);

    assertThat(chunk.move(FIRST, MessageTransition.MARK)).isFalse();
    assertThat(chunk.retries()).isEqualTo(5);
    assertThat(chunk.attempts(FIRST)).isEqualTo(1);
  }

  @Test
  void movesOneMessageAndNoOther() {
    Chunk chunk = chunk(MessageState.QUEUED, MessageState.QUEUED, MessageState.QUEUED);

    assertThat(chunk.move(FIRST + 1, MessageTransition.MARK)).isTrue();
    assertThat(states(chunk))
        .containsExactly(MessageState.QUEUED, MessageState.IN_FLIGHT, MessageState.QUEUED);
  }

  @Test
  void countsEveryReAttemptOnce() {
    Chunk chunk = chunk(MessageState.QUEUED);

    chunk.move(FIRST, MessageTransition.MARK);
    assertThat(chunk.retries()).isZero();
    chunk.move(FIRST, MessageTransition.RETRY);
    assertThat(chunk.retries()).isZero();
    chunk.move(FIRST, MessageTransition.MARK);
    assertThat(chunk.retries()).isEqualTo(1);
    assertThat(chunk.attempts(FIRST)).isEqualTo(2);
    chunk.move(FIRST, MessageTransition.LOSE_ANSWER);
    chunk.move(FIRST, MessageTransition.MARK_AGAIN);
    assertThat(chunk.retries()).isEqualTo(2);
    assertThat(chunk.attempts(FIRST)).isEqualTo(3);
  }

  @Test
  void takesBackTheAttemptThatWasGivenBack() {
    Chunk chunk = chunk(MessageState.QUEUED);

    chunk.move(FIRST, MessageTransition.MARK);
    chunk.move(FIRST, MessageTransition.GIVE_BACK);
    assertThat(chunk.attempts(FIRST)).isZero();
    assertThat(chunk.retries()).isZero();

    chunk.move(FIRST, MessageTransition.MARK);
    chunk.move(FIRST, MessageTransition.RETRY);
    chunk.move(FIRST, MessageTransition.MARK);
    chunk.move(FIRST, MessageTransition.GIVE_BACK);
    assertThat(chunk.attempts(FIRST)).isEqualTo(1);
    assertThat(chunk.retries()).isZero();
  }

  @Test
  void addsToTheRetriesItWasLoadedWith() {
    Chunk chunk = new Chunk(KEY, FIRST, new byte[] {StatusByte.of(MessageState.QUEUED, 1)}, 40);

    chunk.move(FIRST, MessageTransition.MARK);

    assertThat(chunk.retries()).isEqualTo(41);
  }

  @Test
  void letsNobodyHandOverWhatWaitsForSomebodyForgotten() {
    Chunk chunk = chunk(MessageState.QUEUED, MessageState.QUEUED);

    assertThat(chunk.letGo(FIRST, true)).isTrue();
    assertThat(states(chunk)).containsExactly(MessageState.CANCELLED_DELETED, MessageState.QUEUED);
  }

  @ParameterizedTest
  @EnumSource(
      value = MessageState.class,
      names = {"IN_FLIGHT", "RESENDING"})
  void leavesWhatIsMarkedToItsAnswerBeforeItIsForgotten(MessageState marked) {
    Chunk chunk = chunk(marked);

    assertThat(chunk.letGo(FIRST, true)).isFalse();
    assertThat(chunk.state(FIRST)).isEqualTo(marked);
  }

  @Test
  void givesUpDoubtsOfSomebodyForgottenThatCouldBeSentAgain() {
    Chunk open = chunk(MessageState.UNKNOWN, MessageState.UNKNOWN_RESENT);
    Chunk closed = chunk(MessageState.UNKNOWN);

    assertThat(open.letGo(FIRST, true)).isTrue();
    assertThat(open.letGo(FIRST + 1, true)).isTrue();
    assertThat(closed.letGo(FIRST, false)).isTrue();

    assertThat(states(open))
        .containsExactly(MessageState.FAILED_OUTCOME_UNKNOWN, MessageState.UNKNOWN_RESENT);
    assertThat(states(closed)).containsExactly(MessageState.UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource(
      value = MessageState.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"QUEUED", "IN_FLIGHT", "RESENDING", "UNKNOWN"})
  void leavesWhereTheyAreThoseThatNobodyHandsOverAnyMore(MessageState state) {
    Chunk chunk = chunk(state);

    assertThat(chunk.letGo(FIRST, true)).isTrue();
    assertThat(chunk.state(FIRST)).isEqualTo(state);
  }

  @Test
  void movesAllThatMayAndTellsHowMany() {
    Chunk chunk =
        chunk(
            MessageState.QUEUED,
            MessageState.IN_FLIGHT,
            MessageState.SENT,
            MessageState.QUEUED,
            MessageState.UNKNOWN);

    assertThat(chunk.moveAll(MessageTransition.CANCEL)).isEqualTo(2);
    assertThat(states(chunk))
        .containsExactly(
            MessageState.CANCELLED,
            MessageState.IN_FLIGHT,
            MessageState.SENT,
            MessageState.CANCELLED,
            MessageState.UNKNOWN);
    assertThat(chunk.moveAll(MessageTransition.CANCEL)).isZero();
  }

  @Test
  void marksTheLowestReadyPositionsUpToTheLimit() {
    Chunk chunk =
        chunk(
            MessageState.SENT,
            MessageState.QUEUED,
            MessageState.QUEUED,
            MessageState.REJECTED_INVALID,
            MessageState.QUEUED,
            MessageState.QUEUED);
    List<Integer> asked = new ArrayList<>();
    List<Integer> marked = new ArrayList<>();

    chunk.markNext(
        2,
        position -> {
          asked.add(position);
          return position != FIRST + 2;
        },
        CarrierChoice.PROVIDER_ONLY,
        0,
        marked::add);

    assertThat(marked).containsExactly(FIRST + 1, FIRST + 4);
    assertThat(asked).containsExactly(FIRST + 1, FIRST + 2, FIRST + 4);
    assertThat(states(chunk))
        .containsExactly(
            MessageState.SENT,
            MessageState.IN_FLIGHT,
            MessageState.QUEUED,
            MessageState.REJECTED_INVALID,
            MessageState.IN_FLIGHT,
            MessageState.QUEUED);
  }

  @Test
  void marksBeforeItTells() {
    Chunk chunk = chunk(MessageState.QUEUED);
    List<MessageState> told = new ArrayList<>();

    chunk.markNext(
        1, _ -> true, CarrierChoice.PROVIDER_ONLY, 0, position -> told.add(chunk.state(position)));

    assertThat(told).containsExactly(MessageState.IN_FLIGHT);
  }

  @ParameterizedTest
  @CsvSource({"-3, 0", "0, 0", "1, 1", "2, 2", "3, 3", "4, 3", "2147483647, 3"})
  void neverMarksMoreThanTheLimit(int limit, int expected) {
    Chunk chunk = chunk(MessageState.QUEUED, MessageState.QUEUED, MessageState.QUEUED);
    List<Integer> marked = new ArrayList<>();

    chunk.markNext(limit, _ -> true, CarrierChoice.PROVIDER_ONLY, 0, marked::add);

    assertThat(marked).hasSize(expected);
    assertThat(chunk.tally().count(MessageState.IN_FLIGHT)).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void isFinishedWhenNothingKeepsItOpen(MessageState state) {
    for (boolean resends : new boolean[] {false, true}) {
      boolean open = state.keepsChunkOpen(resends);

      assertThat(chunk(MessageState.SENT, state).isFinished(resends)).isEqualTo(!open);
      assertThat(chunk(state, MessageState.REJECTED_INVALID).isFinished(resends)).isEqualTo(!open);
    }
  }

  @Test
  void isFinishedWithoutMessages() {
    assertThat(chunk().isFinished(true)).isTrue();
  }

  @Test
  void marksWhatIsInDoubtOnceMoreWhileAttemptsAreLeft() {
    byte[] statuses = {
      StatusByte.of(MessageState.UNKNOWN, 1),
      StatusByte.of(MessageState.UNKNOWN_RESENT, 2),
      StatusByte.of(MessageState.UNKNOWN, 2),
      StatusByte.of(MessageState.UNKNOWN, 3),
      StatusByte.of(MessageState.QUEUED, 6)
    };
    Chunk chunk = new Chunk(KEY, FIRST, statuses, 0);
    List<Integer> marked = new ArrayList<>();

    chunk.markNext(9, _ -> true, CarrierChoice.PROVIDER_ONLY, 3, marked::add);

    assertThat(marked).containsExactly(FIRST, FIRST + 2, FIRST + 4);
    assertThat(states(chunk))
        .containsExactly(
            MessageState.RESENDING,
            MessageState.UNKNOWN_RESENT,
            MessageState.RESENDING,
            MessageState.UNKNOWN,
            MessageState.IN_FLIGHT);
    assertThat(chunk.retries()).isEqualTo(3);
  }

  @Test
  void leavesWhatIsInDoubtWhenNothingIsResent() {
    Chunk chunk = chunk(MessageState.UNKNOWN, MessageState.UNKNOWN_RESENT);
    List<Integer> marked = new ArrayList<>();

    chunk.markNext(9, _ -> true, CarrierChoice.PROVIDER_ONLY, 0, marked::add);

    assertThat(marked).isEmpty();
  }

  @Test
  void rescuesWhatIsMarkedAndTellsIt() {
    Chunk chunk =
        chunk(
            MessageState.IN_FLIGHT, MessageState.QUEUED, MessageState.RESENDING, MessageState.SENT);
    List<Integer> rescued = new ArrayList<>();

    chunk.rescue(rescued::add);

    assertThat(rescued).containsExactly(FIRST, FIRST + 2);
    assertThat(states(chunk))
        .containsExactly(
            MessageState.UNKNOWN,
            MessageState.QUEUED,
            MessageState.UNKNOWN_RESENT,
            MessageState.SENT);
  }

  @Test
  void countsNoRetryForAResendThatWasGivenBack() {
    byte[] statuses = {StatusByte.of(MessageState.UNKNOWN, 1)};
    Chunk chunk = new Chunk(KEY, FIRST, statuses, 0);

    chunk.move(FIRST, MessageTransition.MARK_AGAIN);
    chunk.move(FIRST, MessageTransition.GIVE_RESEND_BACK);

    assertThat(chunk.statuses()).containsExactly(StatusByte.of(MessageState.UNKNOWN, 1));
    assertThat(chunk.retries()).isZero();

    chunk.move(FIRST, MessageTransition.MARK_AGAIN);
    chunk.move(FIRST, MessageTransition.RETRY_RESEND);

    assertThat(chunk.statuses()).containsExactly(StatusByte.of(MessageState.UNKNOWN, 2));
    assertThat(chunk.retries()).isEqualTo(1);
  }

  @Test
  void givesUpWhatIsDueWasToBeResentAndHasNoAttemptLeft() {
    byte[] statuses = {
      StatusByte.of(MessageState.UNKNOWN, 5),
      StatusByte.of(MessageState.UNKNOWN_RESENT, 5),
      StatusByte.of(MessageState.UNKNOWN, 5),
      StatusByte.of(MessageState.UNKNOWN, 4),
      StatusByte.of(MessageState.QUEUED, 5),
      StatusByte.of(MessageState.UNKNOWN, 6)
    };
    Chunk chunk = new Chunk(KEY, FIRST, statuses, 0);

    chunk.giveUpSpent(5, position -> position != FIRST + 2);

    assertThat(states(chunk))
        .containsExactly(
            MessageState.FAILED_OUTCOME_UNKNOWN,
            MessageState.UNKNOWN_RESENT,
            MessageState.UNKNOWN,
            MessageState.UNKNOWN,
            MessageState.QUEUED,
            MessageState.FAILED_OUTCOME_UNKNOWN);
  }

  @Test
  void remembersTheCarrierThatAMessageWasMarkedFor() {
    Chunk chunk = chunk(MessageState.QUEUED, MessageState.QUEUED, MessageState.QUEUED);
    assertThat(chunk.routes()).isNull();

    chunk.markNext(9, _ -> true, (position, _) -> (position - FIRST) * 100, 0, _ -> {});

    assertThat(carriers(chunk)).containsExactly(0, 100, 200);
    assertThat(chunk.routes()).containsExactly(0, 100, 200);
    assertThat(new Chunk(KEY, FIRST, chunk.statuses(), chunk.routes(), 0))
        .returns(200, copy -> copy.carrier(FIRST + 2));
  }

  @Test
  void keepsNothingOfCarriersWhileTheProviderGetsEverything() {
    Chunk chunk = chunk(MessageState.QUEUED, MessageState.QUEUED);

    chunk.markNext(9, _ -> true, CarrierChoice.PROVIDER_ONLY, 0, _ -> {});

    assertThat(chunk.routes()).isNull();
    assertThat(carriers(chunk)).containsOnly(0);
  }

  @Test
  void remembersTheCarrierThatItWasMarkedForLast() {
    Chunk chunk = chunk(MessageState.QUEUED);
    chunk.markNext(1, _ -> true, (_, _) -> 255, 0, _ -> {});
    chunk.move(FIRST, MessageTransition.RETRY);
    assertThat(chunk.carrier(FIRST)).isEqualTo(255);

    chunk.markNext(1, _ -> true, CarrierChoice.PROVIDER_ONLY, 0, _ -> {});

    assertThat(chunk.carrier(FIRST)).isZero();
  }

  @Test
  void bindsWhatIsInDoubtToTheCarrierThatMayHaveIt() {
    Chunk chunk = chunk(MessageState.QUEUED, MessageState.QUEUED, MessageState.QUEUED);
    chunk.markNext(2, _ -> true, (position, _) -> position == FIRST ? 7 : 0, 0, _ -> {});
    chunk.rescue(_ -> {});
    List<Integer> bound = new ArrayList<>();

    chunk.markNext(
        9,
        _ -> true,
        (_, boundTo) -> {
          bound.add(boundTo);
          return boundTo == CarrierChoice.ANY ? 9 : boundTo;
        },
        5,
        _ -> {});

    assertThat(bound).containsExactly(7, 0, CarrierChoice.ANY);
    assertThat(carriers(chunk)).containsExactly(7, 0, 9);
  }

  @Test
  void leavesWhatItsCarrierHasNoTimeFor() {
    Chunk chunk = chunk(MessageState.QUEUED, MessageState.QUEUED, MessageState.QUEUED);
    List<Integer> marked = new ArrayList<>();

    chunk.markNext(
        2,
        _ -> true,
        (position, _) -> position == FIRST ? CarrierChoice.NOT_NOW : 1,
        0,
        marked::add);

    assertThat(marked).containsExactly(FIRST + 1, FIRST + 2);
    assertThat(chunk.state(FIRST)).isEqualTo(MessageState.QUEUED);
    assertThat(chunk.carrier(FIRST)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 256})
  void takesNoOtherNumberOfACarrier(int number) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> chunk(MessageState.QUEUED).assign(FIRST, number));
  }

  @Test
  void takesRoutesOfAllMessagesOrNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Chunk(KEY, FIRST, new byte[2], new byte[1], 0));
  }

  @Test
  void givesACopyOfItsRoutes() {
    Chunk chunk = new Chunk(KEY, FIRST, new byte[1], new byte[] {3}, 0);

    Objects.requireNonNull(chunk.routes())[0] = 4;

    assertThat(chunk.carrier(FIRST)).isEqualTo(3);
  }

  @Test
  void givesACopyOfItsBytes() {
    Chunk chunk = chunk(MessageState.SENT);

    chunk.statuses()[0] = StatusByte.of(MessageState.FAILED, 0);

    assertThat(chunk.state(FIRST)).isEqualTo(MessageState.SENT);
    assertThat(chunk.statuses()).containsExactly(StatusByte.of(MessageState.SENT, 0));
  }

  private static Chunk chunk(MessageState... states) {
    byte[] statuses = new byte[states.length];
    for (int i = 0; i < states.length; i++) {
      statuses[i] = StatusByte.of(states[i], 0);
    }
    return new Chunk(KEY, FIRST, statuses, 0);
  }

  private static List<MessageState> states(Chunk chunk) {
    List<MessageState> states = new ArrayList<>();
    for (int position = chunk.first(); position < chunk.first() + chunk.size(); position++) {
      states.add(chunk.state(position));
    }
    return states;
  }

  private static List<Integer> carriers(Chunk chunk) {
    return IntStream.range(FIRST, FIRST + chunk.size()).mapToObj(chunk::carrier).toList();
  }
}
