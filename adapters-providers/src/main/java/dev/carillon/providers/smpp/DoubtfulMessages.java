package dev.carillon.providers.smpp;

import dev.carillon.domain.message.MessageRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What this process has learnt since of messages whose answer was lost: an answer that came late,
/// and the ids in it. Bounded; the oldest are forgotten first.
final class DoubtfulMessages {
  private static final int MOST = 10_000;

  private final Map<MessageRef, Doubt> known = new Bounded<>();
  private final Map<String, MessageRef> byId = new Bounded<>();

  /// It is sent once more. What was learnt of an earlier attempt says nothing about this one.
  synchronized void again(Submission submission) {
    known.computeIfPresent(
        submission.message().ref(),
        (_, _) -> new Doubt(submission.answerBy(), new Knowledge.Nothing()));
  }

  /// The answer to it was lost.
  synchronized void add(Submission submission) {
    MessageRef ref = submission.message().ref();
    Doubt before = known.get(ref);
    // What was learnt of an earlier attempt says nothing about this one.
    if (before == null || before.answerBy() != submission.answerBy()) {
      known.put(ref, new Doubt(submission.answerBy(), new Knowledge.Nothing()));
    }
  }

  /// The centre refused it after all.
  synchronized void neverTaken(Submission submission) {
    MessageRef ref = submission.message().ref();
    Doubt before = known.get(ref);
    if (before == null || before.answerBy() - submission.answerBy() <= 0) {
      known.put(ref, new Doubt(submission.answerBy(), new Knowledge.NeverTaken()));
    }
  }

  /// The centre took it after all.
  ///
  /// @param ids of all its parts, as they were written
  /// @param normal the same in their normal form
  synchronized void taken(Submission submission, List<String> ids, List<String> normal) {
    MessageRef ref = submission.message().ref();
    known.put(ref, new Doubt(submission.answerBy(), new Knowledge.Taken(ids, normal)));
    if (normal.size() == 1) {
      byId.put(normal.getFirst(), ref);
    }
  }

  /// What is known of a message.
  synchronized Knowledge of(MessageRef ref) {
    Doubt doubt = known.get(ref);
    return doubt == null ? new Knowledge.Nothing() : doubt.knowledge();
  }

  /// The message of one part that a centre gave this id to in a late answer.
  synchronized Optional<MessageRef> named(String normalId) {
    return Optional.ofNullable(byId.get(normalId));
  }

  /// What is known of one attempt of a message.
  ///
  /// @param answerBy until when that attempt was waited for, which tells it from the others
  private record Doubt(long answerBy, Knowledge knowledge) {}

  /// What is known of a message whose answer was lost.
  sealed interface Knowledge {
    record Nothing() implements Knowledge {}

    record NeverTaken() implements Knowledge {}

    /// The centre took it.
    ///
    /// @param ids of its parts, as they were written
    /// @param normal the same in their normal form
    record Taken(List<String> ids, List<String> normal) implements Knowledge {}
  }

  private static final class Bounded<K, V> extends LinkedHashMap<K, V> {
    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > MOST;
    }
  }
}
