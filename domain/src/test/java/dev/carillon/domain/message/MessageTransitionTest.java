package dev.carillon.domain.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The message's status machine as a grid of its own, written from where a message stands.
class MessageTransitionTest {
  private static final String GRID =
      """
      QUEUED                 MARK>IN_FLIGHT EXPIRE>EXPIRED CANCEL>CANCELLED \
                             SUPPRESS>CANCELLED_SUPPRESSED FORGET>CANCELLED_DELETED \
                             BREAK>FAILED_SYSTEM_ERROR
      IN_FLIGHT              ACCEPT>SENT DELIVER>DELIVERED CONFIRM_READ>READ \
                             FAIL_DELIVERY>UNDELIVERED FAIL>FAILED RETRY>QUEUED GIVE_BACK>QUEUED \
                             LOSE_ANSWER>UNKNOWN RESCUE>UNKNOWN \
                             WITHHOLD>CANCELLED_SUPPRESSED
      RESENDING              ACCEPT>SENT DELIVER>DELIVERED CONFIRM_READ>READ \
                             FAIL_DELIVERY>UNDELIVERED REFUSE_RESEND>FAILED_OUTCOME_UNKNOWN \
                             LOSE_RESEND>UNKNOWN_RESENT RESCUE_RESEND>UNKNOWN_RESENT \
                             RETRY_RESEND>UNKNOWN GIVE_RESEND_BACK>UNKNOWN \
                             WITHHOLD_RESEND>FAILED_OUTCOME_UNKNOWN
      SENT                   DELIVER>DELIVERED CONFIRM_READ>READ FAIL_DELIVERY>UNDELIVERED
      UNDELIVERED            DELIVER>DELIVERED CONFIRM_READ>READ
      DELIVERED              CONFIRM_READ>READ
      READ
      UNKNOWN                MARK_AGAIN>RESENDING ACCEPT>SENT DELIVER>DELIVERED \
                             CONFIRM_READ>READ FAIL_DELIVERY>UNDELIVERED FAIL>FAILED \
                             RETRY>QUEUED GIVE_BACK>QUEUED GIVE_UP>FAILED_OUTCOME_UNKNOWN \
                             WITHHOLD>CANCELLED_SUPPRESSED
      UNKNOWN_RESENT         ACCEPT>SENT DELIVER>DELIVERED CONFIRM_READ>READ \
                             FAIL_DELIVERY>UNDELIVERED GIVE_UP>FAILED_OUTCOME_UNKNOWN
      FAILED_OUTCOME_UNKNOWN ACCEPT>SENT DELIVER>DELIVERED CONFIRM_READ>READ \
                             FAIL_DELIVERY>UNDELIVERED FAIL>FAILED
      FAILED
      FAILED_SYSTEM_ERROR
      EXPIRED
      CANCELLED
      CANCELLED_SUPPRESSED
      CANCELLED_DELETED
      REJECTED_INVALID
      REJECTED_DUPLICATE
      REJECTED_SUPPRESSED
      REJECTED_NO_ADDRESS
      """;

  private static final Map<MessageState, Map<MessageTransition, MessageState>> EDGES = read(GRID);

  @Test
  void namesEveryStateInTheGrid() {
    assertThat(EDGES.keySet()).containsExactlyInAnyOrder(MessageState.values());
  }

  @ParameterizedTest
  @EnumSource
  void movesExactlyWhatTheGridNames(MessageState state) {
    for (MessageTransition transition : MessageTransition.values()) {
      Map<MessageTransition, MessageState> edges = edgesFrom(state);

      assertThat(transition.allows(state))
          .as("%s from %s", transition, state)
          .isEqualTo(edges.containsKey(transition));
      assertThat(transition.sources().contains(state)).isEqualTo(transition.allows(state));
      if (edges.containsKey(transition)) {
        assertThat(transition.target()).isEqualTo(edges.get(transition));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void countsAnAttemptWhenMarkingAndTakesItBackWhenGivenBack(MessageTransition transition) {
    int expected =
        switch (transition) {
          case MARK, MARK_AGAIN -> +1;
          case GIVE_BACK, GIVE_RESEND_BACK, WITHHOLD, WITHHOLD_RESEND -> -1;
          default -> 0;
        };

    assertThat(transition.attemptChange()).isEqualTo(expected);
  }

  @Test
  void knowsItsEndsByTheAbsenceOfEdges() {
    Set<MessageState> ends = EnumSet.allOf(MessageState.class);
    for (MessageTransition transition : MessageTransition.values()) {
      ends.removeAll(transition.sources());
    }

    assertThat(ends)
        .containsExactlyInAnyOrder(
            MessageState.READ,
            MessageState.FAILED,
            MessageState.FAILED_SYSTEM_ERROR,
            MessageState.EXPIRED,
            MessageState.CANCELLED,
            MessageState.CANCELLED_SUPPRESSED,
            MessageState.CANCELLED_DELETED,
            MessageState.REJECTED_INVALID,
            MessageState.REJECTED_DUPLICATE,
            MessageState.REJECTED_SUPPRESSED,
            MessageState.REJECTED_NO_ADDRESS);
  }

  @Test
  void rejectsOnlyAtAcceptance() {
    assertThat(MessageTransition.values())
        .extracting(MessageTransition::target)
        .allMatch(MessageState::isAccepted);
  }

  @Test
  void handsOverOnlyByAMark() {
    assertThat(
            Arrays.stream(MessageTransition.values())
                .filter(transition -> transition.target().isMarked()))
        .containsExactly(MessageTransition.MARK, MessageTransition.MARK_AGAIN);
  }

  private static Map<MessageTransition, MessageState> edgesFrom(MessageState state) {
    return EDGES.getOrDefault(state, Map.of());
  }

  private static Map<MessageState, Map<MessageTransition, MessageState>> read(String grid) {
    Map<MessageState, Map<MessageTransition, MessageState>> edges =
        new EnumMap<>(MessageState.class);
    for (String line : grid.lines().toList()) {
      String[] words = line.split("\\s+", -1);
      Map<MessageTransition, MessageState> moves = new EnumMap<>(MessageTransition.class);
      for (String word : Arrays.asList(words).subList(1, words.length)) {
        String[] move = word.split(">", -1);
        moves.put(MessageTransition.valueOf(move[0]), MessageState.valueOf(move[1]));
      }
      edges.put(MessageState.valueOf(words[0]), moves);
    }
    return edges;
  }
}
