package dev.carillon.application.contract;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.StoredJob;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.Message;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.MessageTransition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Both status machines against the store, edge by edge: what a transition allows is found again as
/// it leads, and what it does not allow changes nothing that is stored.
public abstract class StatusMachineContract extends StoreContract {
  private static final List<MessageState> LEFT_OUT =
      List.of(
          MessageState.REJECTED_INVALID,
          MessageState.REJECTED_DUPLICATE,
          MessageState.REJECTED_SUPPRESSED,
          MessageState.REJECTED_NO_ADDRESS);
  private static final Map<MessageState, List<MessageTransition>> WAYS = ways();

  @Test
  void comesToEveryState() {
    assertThat(WAYS.keySet()).doesNotContainAnyElementsOf(LEFT_OUT);
    assertThat(WAYS.size() + LEFT_OUT.size()).isEqualTo(MessageState.values().length);
  }

  @ParameterizedTest
  @EnumSource(MessageTransition.class)
  void movesAMessageFromItsSourcesOnly(MessageTransition transition) {
    StoredJob job = aMessageInEveryState();
    List<Message> before = shown(job);
    List<Integer> attempts = attempts(job);

    change(
        job.chunk(0),
        chunk -> {
          for (MessageState state : MessageState.values()) {
            assertThat(chunk.move(state.code(), transition))
                .as("%s from %s", transition, state)
                .isEqualTo(transition.allows(state));
          }
        });

    Chunk stored = look(job.chunk(0)).chunk();
    List<Message> after = shown(job);
    for (MessageState state : MessageState.values()) {
      boolean moved = transition.allows(state);
      MessageState expected = moved ? transition.target() : state;
      assertThat(stored.state(state.code()))
          .as("%s from %s", transition, state)
          .isEqualTo(expected);
      assertThat(stored.attempts(state.code()))
          .isEqualTo(attempts.get(state.code()) + (moved ? transition.attemptChange() : 0));
      assertThat(after.get(state.code()).status()).isEqualTo(expected.status(true));
      if (!moved) {
        assertThat(after.get(state.code())).isEqualTo(before.get(state.code()));
      }
    }
    assertThat(counters(job)).isEqualTo(stored.tally().counters(true, stored.retries()));
    assertThat(counters(job).total()).isEqualTo(MessageState.values().length);
  }

  @ParameterizedTest
  @EnumSource(JobTransition.class)
  void movesAJobFromItsSourcesOnly(JobTransition transition) {
    for (JobStatus status : JobStatus.values()) {
      StoredJob job = storeAt(status, anSmsJob().to(1));
      BulkJob before = found(job);

      boolean moved =
          ports()
              .transactions()
              .inTransaction(
                  () -> ports().jobs().move(job.id(), transition, error(transition), NOW));

      assertThat(moved).as("%s from %s", transition, status).isEqualTo(transition.allows(status));
      assertThat(found(job).status())
          .as("%s from %s", transition, status)
          .isEqualTo(moved ? transition.target() : status);
      if (!moved) {
        assertThat(found(job)).as("%s from %s", transition, status).isEqualTo(before);
      }
    }
  }

  /// One message in each state, at the position of the state's code.
  private StoredJob aMessageInEveryState() {
    StoredJob job =
        storeAt(
            JobStatus.PROCESSING,
            anSmsJob()
                .to(13)
                .leavingOut(
                    Reason.INVALID_DESTINATION,
                    Reason.DUPLICATE,
                    Reason.SUPPRESSED,
                    Reason.NO_ADDRESS)
                .to(3)
                .chunksOf(50));
    change(
        job.chunk(0),
        chunk ->
            WAYS.forEach((state, way) ->
                way.forEach(move -> assertThat(chunk.move(state.code(), move)).isTrue())));
    Chunk chunk = look(job.chunk(0)).chunk();
    for (MessageState state : MessageState.values()) {
      assertThat(chunk.state(state.code())).isEqualTo(state);
    }
    return job;
  }

  private List<Integer> attempts(StoredJob job) {
    Chunk chunk = look(job.chunk(0)).chunk();
    List<Integer> attempts = new ArrayList<>();
    for (int position = 0; position < chunk.size(); position++) {
      attempts.add(chunk.attempts(position));
    }
    return attempts;
  }

  private List<Message> shown(StoredJob job) {
    List<Message> shown = new ArrayList<>();
    for (int position = 0; position < job.size(); position++) {
      shown.add(ports().messages().find(job.scope(), job.messageId(position)).orElseThrow());
    }
    return shown;
  }

  /// The shortest way to every state that starts at QUEUED.
  private static Map<MessageState, List<MessageTransition>> ways() {
    Map<MessageState, List<MessageTransition>> ways = new EnumMap<>(MessageState.class);
    ways.put(MessageState.QUEUED, List.of());
    Deque<MessageState> toVisit = new ArrayDeque<>(List.of(MessageState.QUEUED));
    while (!toVisit.isEmpty()) {
      MessageState from = toVisit.remove();
      for (MessageTransition transition : MessageTransition.values()) {
        if (transition.allows(from) && !ways.containsKey(transition.target())) {
          List<MessageTransition> way = new ArrayList<>(ways.getOrDefault(from, List.of()));
          way.add(transition);
          ways.put(transition.target(), way);
          toVisit.add(transition.target());
        }
      }
    }
    return ways;
  }
}
