package dev.carillon.application.dispatch;

import dev.carillon.application.settling.Answer;
import dev.carillon.application.settling.Sweeping;
import dev.carillon.domain.message.ChunkKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Answers that came when their worker had gone, on their way to become facts: a carrier's thread
/// leaves them here and is not held up. Bounded; an answer for which there is no room is counted,
/// and its message stays UNKNOWN until a receipt or its job's settling says more.
public final class LateAnswers {
  private static final int MOST = 10_000;
  private static final int BATCH = 1_000;

  private final Sweeping sweeping;
  private final LinkedBlockingQueue<Late> queue = new LinkedBlockingQueue<>(MOST);
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong unsettled = new AtomicLong();

  public LateAnswers(Sweeping sweeping) {
    this.sweeping = sweeping;
  }

  /// Takes an answer over.
  ///
  /// @param unheard whether it was to be settled before and nobody heard whether it was
  void offer(ChunkKey chunk, Answer answer, boolean unheard) {
    unsettled.incrementAndGet();
    comeBack(new Late(chunk, answer, unheard));
  }

  /// Settles what is there, waiting for the first at most so long. To be called in a loop. Throws a
  /// DomainException when the store is not available; nothing is lost by it.
  public void settle(Duration most) throws InterruptedException {
    Late first = queue.poll(most.toNanos(), TimeUnit.NANOSECONDS);
    if (first == null) {
      return;
    }
    List<Late> taken = new ArrayList<>();
    taken.add(first);
    queue.drainTo(taken, BATCH - 1);
    Map<Group, List<Answer>> groups = new LinkedHashMap<>();
    taken.forEach(
        late -> groups.computeIfAbsent(late.group(), _ -> new ArrayList<>()).add(late.answer()));
    try {
      settle(groups);
    } finally {
      groups.forEach((group, answers) ->
          answers.forEach(answer -> comeBack(new Late(group.chunk(), answer, true))));
    }
  }

  /// How many were lost for want of room, so that their messages are UNKNOWN.
  public long dropped() {
    return dropped.get();
  }

  /// Whether all that came has been settled.
  public boolean isEmpty() {
    return unsettled.get() == 0;
  }

  /// One that fails keeps none of the others from being settled.
  private void settle(Map<Group, List<Answer>> groups) {
    RuntimeException failure = null;
    for (Group group : List.copyOf(groups.keySet())) {
      List<Answer> answers = groups.getOrDefault(group, List.of());
      try {
        settle(group, answers);
        groups.remove(group);
        unsettled.addAndGet(-answers.size());
      } catch (RuntimeException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void settle(Group group, List<Answer> answers) {
    if (group.unheard()) {
      sweeping.answersAgain(group.chunk(), answers);
    } else {
      sweeping.answers(group.chunk(), answers);
    }
  }

  private void comeBack(Late late) {
    if (!queue.offer(late)) {
      unsettled.decrementAndGet();
      dropped.incrementAndGet();
    }
  }

  private record Late(ChunkKey chunk, Answer answer, boolean unheard) {
    Group group() {
      return new Group(chunk, unheard);
    }
  }

  private record Group(ChunkKey chunk, boolean unheard) {}
}
