package dev.carillon.domain.message;

import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// The aggregate of dispatch: the truth about a few hundred consecutive messages of a job, one byte
/// each. Every change is a [MessageTransition] applied here, under the row lock of its holder. Of
/// what was marked it remembers for which carrier, unless that was always the job's own provider.
///
/// Not thread-safe. Positions are those of the job.
public final class Chunk {
  private static final int MOST_CARRIERS = 255;

  private final ChunkKey key;
  private final int first;
  private final byte[] statuses;
  private byte @Nullable [] routes;
  private byte @Nullable [] remembered;
  private long retries;
  private int lostAnswers;

  /// A chunk whose first message has the given position and of which nothing was given to another
  /// carrier than the job's own provider; takes the bytes over.
  public Chunk(ChunkKey key, int first, byte[] statuses, long retries) {
    this(key, first, statuses, null, retries);
  }

  /// The same with the numbers of the carriers that its messages were marked for; takes the bytes
  /// over.
  ///
  /// @param routes a byte for each message; null when all were marked for the job's own provider
  public Chunk(ChunkKey key, int first, byte[] statuses, byte @Nullable [] routes, long retries) {
    if (routes != null && routes.length != statuses.length) {
      throw new IllegalArgumentException("a chunk has as many routes as messages, or none");
    }
    this.key = key;
    this.first = first;
    this.statuses = statuses;
    this.routes = routes;
    this.retries = retries;
  }

  public ChunkKey key() {
    return key;
  }

  /// The position of its first message.
  public int first() {
    return first;
  }

  /// How many messages it has.
  public int size() {
    return statuses.length;
  }

  /// Automatic re-attempts of its messages so far.
  public long retries() {
    return retries;
  }

  /// How many more attempts of its messages have lost their answer than when it was read; less than
  /// 0 when more of them have become known after all.
  public int lostAnswers() {
    return lostAnswers;
  }

  /// Whether the position is one of its own.
  public boolean contains(int position) {
    return position >= first && position < first + statuses.length;
  }

  public MessageState state(int position) {
    return StatusByte.state(statuses[position - first]);
  }

  /// How often the message was handed over.
  public int attempts(int position) {
    return StatusByte.attempts(statuses[position - first]);
  }

  /// Remembers how its messages stand now, for [#hasChanged].
  public void remember() {
    remembered = statuses.clone();
  }

  /// Whether a message has another status, as callers see it, than it had when that was remembered;
  /// false where nothing was.
  public boolean hasChanged(int position) {
    if (remembered == null || remembered[position - first] == statuses[position - first]) {
      return false;
    }
    MessageState before = StatusByte.state(remembered[position - first]);
    return before.status(true) != state(position).status(true);
  }

  /// Moves one message if the transition allows it; false means it was late and nothing changed.
  public boolean move(int position, MessageTransition transition) {
    byte before = statuses[position - first];
    if (!transition.allows(StatusByte.state(before))) {
      return false;
    }
    countRetry(before, transition);
    lostAnswers += transition.lostChange(StatusByte.state(before));
    statuses[position - first] = StatusByte.moved(before, transition);
    return true;
  }

  /// Moves every message that the transition allows; returns how many moved.
  public int moveAll(MessageTransition transition) {
    int moved = 0;
    for (int position = first; position < first + statuses.length; position++) {
      if (move(position, transition)) {
        moved++;
      }
    }
    return moved;
  }

  /// The number of the carrier that the message was marked for last, 0 to 255; 0 for the job's own
  /// provider, and when it was never marked.
  public int carrier(int position) {
    return routes == null ? CarrierChoice.PROVIDER : Byte.toUnsignedInt(routes[position - first]);
  }

  /// Remembers that the message is marked for the carrier of that number, 0 to 255.
  public void assign(int position, int number) {
    if (number < 0 || number > MOST_CARRIERS) {
      throw new IllegalArgumentException("no number of a carrier: " + number);
    }
    if (routes == null && number != CarrierChoice.PROVIDER) {
      routes = new byte[statuses.length];
    }
    if (routes != null) {
      routes[position - first] = (byte) number;
    }
  }

  /// A copy of the carriers' numbers, to be stored; null when all messages were marked for the
  /// job's own provider.
  public byte @Nullable [] routes() {
    return routes == null ? null : routes.clone();
  }

  /// Marks the next waiting messages that are `ready` and that the choice lets go, lowest positions
  /// first, at most `limit`, and tells each position marked. What is in doubt waits too if the job
  /// resends it and an attempt is left; it is bound to the carrier that it was marked for before.
  ///
  /// @param mostAttempts of a message that is resent; 0 when nothing is
  public void markNext(
      int limit, IntPredicate ready, CarrierChoice choice, int mostAttempts, IntConsumer marked) {
    int left = limit;
    for (int position = first; left > 0 && position < first + statuses.length; position++) {
      if (mark(position, ready, choice, mostAttempts)) {
        marked.accept(position);
        left--;
      }
    }
  }

  private boolean mark(int position, IntPredicate ready, CarrierChoice choice, int mostAttempts) {
    MessageTransition mark = markOf(position, mostAttempts);
    if (mark == null || !ready.test(position)) {
      return false;
    }
    int boundTo = mark == MessageTransition.MARK_AGAIN ? carrier(position) : CarrierChoice.ANY;
    int number = choice.choose(position, boundTo);
    if (number == CarrierChoice.NOT_NOW) {
      return false;
    }
    assign(position, number);
    return move(position, mark);
  }

  /// What becomes of everything marked when its holder's lease has lapsed; tells each position.
  public void rescue(IntConsumer rescued) {
    for (int position = first; position < first + statuses.length; position++) {
      if (move(position, MessageTransition.RESCUE)
          || move(position, MessageTransition.RESCUE_RESEND)) {
        rescued.accept(position);
      }
    }
  }

  /// Lets go of a message whose recipient is to be forgotten, so that nobody hands it over any
  /// more: what waits is cancelled, what is in doubt and could be handed over once more is given
  /// up.
  ///
  /// @param open whether anything of the chunk can still be handed over
  /// @return whether the message is at rest; false while it is marked, since its answer decides
  ///   what becomes of it
  public boolean letGo(int position, boolean open) {
    if (!move(position, MessageTransition.FORGET)
        && open
        && state(position) == MessageState.UNKNOWN) {
      move(position, MessageTransition.GIVE_UP);
    }
    return !state(position).isMarked();
  }

  /// Gives up what was to be resent, is `due`, and has no attempt left.
  public void giveUpSpent(int mostAttempts, IntPredicate due) {
    for (int position = first; position < first + statuses.length; position++) {
      if (state(position) == MessageState.UNKNOWN
          && attempts(position) >= mostAttempts
          && due.test(position)) {
        move(position, MessageTransition.GIVE_UP);
      }
    }
  }

  /// Whether nothing in it is waiting or unanswered, so that it can close.
  ///
  /// @param resends whether what is in doubt waits to be handed over once more
  public boolean isFinished(boolean resends) {
    for (byte status : statuses) {
      if (StatusByte.state(status).keepsChunkOpen(resends)) {
        return false;
      }
    }
    return true;
  }

  /// How many are in each state, counted.
  public Tally tally() {
    return Tally.of(statuses);
  }

  /// A copy of its bytes, to be stored.
  public byte[] statuses() {
    return statuses.clone();
  }

  private @Nullable MessageTransition markOf(int position, int mostAttempts) {
    MessageState state = state(position);
    if (MessageTransition.MARK.allows(state)) {
      return MessageTransition.MARK;
    }
    boolean again = MessageTransition.MARK_AGAIN.allows(state) && attempts(position) < mostAttempts;
    return again ? MessageTransition.MARK_AGAIN : null;
  }

  private void countRetry(byte before, MessageTransition transition) {
    boolean again = StatusByte.attempts(before) > 0;
    if (transition.attemptChange() > 0 && again) {
      retries++;
    } else if (transition.attemptChange() < 0 && StatusByte.attempts(before) > 1) {
      retries--;
    }
  }
}
