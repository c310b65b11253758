package dev.carillon.application.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/// A few messages of a job that one worker may have at a time.
final class PlainChunk {
  final int first;
  final List<PlainMessage> messages = new ArrayList<>();
  boolean open = true;
  boolean leased;

  /// Whether a lease, alive or lapsed, has not been given back.
  boolean held;

  long fence;

  PlainChunk(int first, int size) {
    this.first = first;
    for (int i = 0; i < size; i++) {
      messages.add(new PlainMessage());
    }
  }

  PlainMessage at(int position) {
    return messages.get(position - first);
  }

  boolean isMine(long leaseFence) {
    return leased && fence == leaseFence;
  }

  void sweepTo(String end) {
    for (PlainMessage message : messages) {
      if (message.is("QUEUED")) {
        message.state = end;
      }
    }
  }

  private void giveUpSpent(IntPredicate ready) {
    for (int i = 0; i < messages.size(); i++) {
      PlainMessage message = messages.get(i);
      boolean spent = message.attempts >= PlainMessage.MOST_ATTEMPTS;
      if (message.is("UNKNOWN") && spent && ready.test(first + i)) {
        message.giveUp();
      }
    }
  }

  /// Marks the lowest that are ready; tells their positions.
  List<Integer> mark(Wish wish, boolean resends) {
    if (resends) {
      giveUpSpent(wish.ready());
    }
    List<Integer> marked = new ArrayList<>();
    for (int i = 0; i < messages.size() && marked.size() < wish.window(); i++) {
      int to = wish.to().applyAsInt(first + i);
      if (wish.ready().test(first + i) && to >= 0 && messages.get(i).mark(resends, to)) {
        marked.add(first + i);
      }
    }
    return marked;
  }

  boolean isDone(boolean resends) {
    return messages.stream().noneMatch(message -> message.keepsOpen(resends));
  }

  void endLease() {
    leased = false;
    held = false;
  }
}
