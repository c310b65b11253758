package dev.carillon.application.settling;

import dev.carillon.application.port.LockedChunk;
import dev.carillon.domain.delivery.Attempt;
import dev.carillon.domain.delivery.OutcomeKind;
import dev.carillon.domain.delivery.OutcomeRule;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.RetryPolicy;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.MessageTransition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Moves messages of a locked chunk by what carriers answered.
final class AnswerRules {
  private final RetryPolicy retries;

  AnswerRules(RetryPolicy retries) {
    this.retries = retries;
  }

  /// Moves what the answers move, and tells what is to be kept of them.
  Kept apply(LockedChunk locked, List<Answer> answers) {
    List<Attempt> attempts = new ArrayList<>(answers.size());
    Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
    for (Answer answer : answers) {
      MessageTransition move = transition(locked, answer);
      boolean moved =
          isCurrent(locked.chunk(), answer, move) && locked.chunk().move(answer.position(), move);
      if (answer.counts() || (moved && move == MessageTransition.FAIL)) {
        Attempt attempt = answer.toAttempt();
        attempts.add(attempt);
        count(attempt, moved, reasons);
      }
    }
    return new Kept(attempts, reasons);
  }

  /// That an answer is lost is counted by the chunk, which also loses those of workers that died.
  private static void count(Attempt attempt, boolean moved, Map<Reason, Integer> reasons) {
    if (moved && attempt.reason() != null && attempt.kind() != OutcomeKind.UNCONFIRMED) {
      reasons.merge(attempt.reason(), 1, Integer::sum);
    }
  }

  private MessageTransition transition(LockedChunk locked, Answer answer) {
    MessageTransition move =
        goesElsewhere(locked.chunk(), answer)
            ? MessageTransition.RETRY
            : OutcomeRule.transition(answer.outcome(), answer.attempt(), answer.resent(), retries);
    boolean tooLateToWait = !locked.open() && move.target() == MessageState.QUEUED;
    // Its chunk has closed, so it cannot be tried again; now it is known that nobody took it.
    return tooLateToWait ? MessageTransition.FAIL : move;
  }

  /// Whether another carrier is tried. Not once the message was in doubt: its refusal, when it
  /// comes late after all, ends it.
  private boolean goesElsewhere(Chunk chunk, Answer answer) {
    return answer.elsewhere()
        && answer.isRefusalOfCarrier()
        && retries.allowsAnother(answer.attempt())
        && chunk.state(answer.position()) == MessageState.IN_FLIGHT;
  }

  /// Only that a carrier took it says something about a message that has been marked again since.
  private static boolean isCurrent(Chunk chunk, Answer answer, MessageTransition move) {
    return move == MessageTransition.ACCEPT || answer.isToLatestOf(chunk);
  }

  /// What is kept of answers.
  ///
  /// @param reasons how many attempts that count ended for which reason, beside those whose answer
  ///   was lost
  record Kept(List<Attempt> attempts, Map<Reason, Integer> reasons) implements Causes {
    /// Nothing was answered.
    static final Kept NOTHING = new Kept(List.of(), Map.of());

    /// Attempts that a carrier answered: each is new.
    List<Attempt> answered() {
      return attempts.stream().filter(attempt -> !isUnconfirmed(attempt)).toList();
    }

    /// Attempts whose answer was lost. One that was given back when its answer came late may be
    /// lost again under the same number.
    List<Attempt> unconfirmed() {
      return attempts.stream().filter(Kept::isUnconfirmed).toList();
    }

    /// All are of one chunk.
    @Override
    public Map<Integer, Reason> of(ChunkKey chunk) {
      Map<Integer, Reason> causes = new HashMap<>();
      for (Attempt attempt : attempts) {
        if (attempt.reason() != null) {
          causes.put(attempt.position(), attempt.reason());
        }
      }
      return causes;
    }

    private static boolean isUnconfirmed(Attempt attempt) {
      return attempt.kind() == OutcomeKind.UNCONFIRMED;
    }
  }
}
