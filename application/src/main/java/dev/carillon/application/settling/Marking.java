package dev.carillon.application.settling;

import dev.carillon.application.port.LockedChunk;
import dev.carillon.domain.job.RetryPolicy;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.MessageTransition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/// Marks messages of a locked chunk before they are handed over, and gives marks back of what
/// surely was not.
final class Marking {
  private final RetryPolicy retries;

  Marking(RetryPolicy retries) {
    this.retries = retries;
  }

  /// Marks the next ones; what is to be resent and has no attempt left is given up.
  List<Settled.Marked> mark(LockedChunk locked, Marks marks, Instant now) {
    Chunk chunk = locked.chunk();
    int mostAttempts = locked.terms().resends(now) ? retries.maxAttempts() : 0;
    if (mostAttempts > 0) {
      chunk.giveUpSpent(mostAttempts, marks.ready());
    }
    List<Settled.Marked> marked = new ArrayList<>();
    marks.choice().begin();
    chunk.markNext(
        marks.limit(),
        marks.ready(),
        marks.choice(),
        mostAttempts,
        position ->
            marked.add(
                new Settled.Marked(
                    position,
                    chunk.attempts(position),
                    chunk.state(position) == MessageState.RESENDING,
                    chunk.carrier(position))));
    return marked;
  }

  /// Nobody handed it over.
  static void giveBack(Chunk chunk, int position) {
    if (!chunk.move(position, MessageTransition.GIVE_BACK)) {
      chunk.move(position, MessageTransition.GIVE_RESEND_BACK);
    }
  }

  /// Gives back what is marked and was neither handed over nor answered: it was marked by a commit
  /// that its holder never heard of, and is surely not at the carrier.
  static void takeBack(Chunk chunk, List<Answer> answers, IntPredicate handedOver) {
    Set<Integer> answered =
        answers.stream()
            .filter(answer -> answer.isToLatestOf(chunk))
            .map(Answer::position)
            .collect(Collectors.toSet());
    for (int position = chunk.first(); position < chunk.first() + chunk.size(); position++) {
      if (chunk.state(position).isMarked()
          && !handedOver.test(position)
          && !answered.contains(position)) {
        giveBack(chunk, position);
      }
    }
  }
}
