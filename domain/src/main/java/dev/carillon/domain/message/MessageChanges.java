package dev.carillon.domain.message;

import dev.carillon.domain.delivery.Reason;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What became of the messages of one chunk in one settling step, as far as their job tells of it.
/// A message that moved more than once in the step is told of once, as it stood at its end. Packed,
/// since it may be hundreds: a bit for each message, and some bytes for each that changed.
public final class MessageChanges {
  private final ChunkKey chunk;
  private final int first;
  private final byte[] changed;
  private final byte[] statuses;
  private final byte @Nullable [] carriers;
  private final byte @Nullable [] reasons;

  /// As it was packed; takes the bytes over.
  ///
  /// @param first position of the chunk's first message
  /// @param changed bit n for the message n places after the first, the lowest bit of a byte first
  /// @param statuses a byte for each that changed, in order
  /// @param carriers the numbers of the carriers that these were marked for; null when that was
  ///   always the job's own provider
  /// @param reasons codes of reasons that the status does not tell, 0 for none; null when there is
  ///   none at all
  public MessageChanges(
      ChunkKey chunk,
      int first,
      byte[] changed,
      byte[] statuses,
      byte @Nullable [] carriers,
      byte @Nullable [] reasons) {
    this.chunk = chunk;
    this.first = first;
    this.changed = changed;
    this.statuses = statuses;
    this.carriers = carriers;
    this.reasons = reasons;
  }

  /// What changed since a chunk remembered how it stood; empty when nothing of it is told.
  ///
  /// @param reasons why messages came where they are, as carriers said it, by position
  public static Optional<MessageChanges> of(
      Chunk chunk, ToldStatuses told, Map<Integer, Reason> reasons) {
    BitSet changed = new BitSet(chunk.size());
    for (int position = chunk.first(); position < chunk.first() + chunk.size(); position++) {
      if (chunk.hasChanged(position) && told.contains(chunk.state(position).status(true))) {
        changed.set(position - chunk.first());
      }
    }
    return changed.isEmpty() ? Optional.empty() : Optional.of(packed(chunk, changed, reasons));
  }

  private static MessageChanges packed(Chunk chunk, BitSet changed, Map<Integer, Reason> reasons) {
    int size = changed.cardinality();
    byte[] statuses = new byte[size];
    byte[] carriers = new byte[size];
    byte[] codes = new byte[size];
    int carrierBits = 0;
    int codeBits = 0;
    int place = 0;
    for (int i = changed.nextSetBit(0); i >= 0; i = changed.nextSetBit(i + 1)) {
      int position = chunk.first() + i;
      statuses[place] = StatusByte.of(chunk.state(position), chunk.attempts(position));
      carriers[place] = (byte) chunk.carrier(position);
      codes[place] = code(chunk.state(position), reasons.get(position));
      carrierBits |= carriers[place];
      codeBits |= codes[place];
      place++;
    }
    return new MessageChanges(
        chunk.key(),
        chunk.first(),
        changed.toByteArray(),
        statuses,
        carrierBits == 0 ? null : carriers,
        codeBits == 0 ? null : codes);
  }

  private static byte code(MessageState state, @Nullable Reason reason) {
    boolean carrierSays = state == MessageState.FAILED || state == MessageState.UNDELIVERED;
    return carrierSays && reason != null ? (byte) reason.code() : 0;
  }

  public ChunkKey chunk() {
    return chunk;
  }

  /// The position of the chunk's first message.
  public int first() {
    return first;
  }

  /// How many changed.
  public int size() {
    return statuses.length;
  }

  /// The statuses that there are among them.
  public ToldStatuses told() {
    ToldStatuses told = ToldStatuses.NONE;
    for (byte status : statuses) {
      told = told.with(StatusByte.state(status).status(true));
    }
    return told;
  }

  /// All of them, by position.
  public List<Change> all() {
    List<Change> all = new ArrayList<>(size());
    BitSet bits = BitSet.valueOf(changed);
    for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(i + 1)) {
      all.add(change(first + i, all.size()));
    }
    return all;
  }

  private Change change(int position, int place) {
    MessageState state = StatusByte.state(statuses[place]);
    Reason own = state.reason();
    int code = reasons == null ? 0 : reasons[place];
    return new Change(
        position,
        state.status(true),
        own == null && code != 0 ? Reason.of(code) : own,
        StatusByte.attempts(statuses[place]),
        carriers == null ? CarrierChoice.PROVIDER : Byte.toUnsignedInt(carriers[place]));
  }

  /// Its bits, to be stored.
  public byte[] changedBits() {
    return changed.clone();
  }

  /// Its status bytes, to be stored.
  public byte[] statuses() {
    return statuses.clone();
  }

  /// Its carriers' numbers, to be stored.
  public byte @Nullable [] carriers() {
    return carriers == null ? null : carriers.clone();
  }

  /// Its reasons' codes, to be stored.
  public byte @Nullable [] reasons() {
    return reasons == null ? null : reasons.clone();
  }

  @Override
  public String toString() {
    return "MessageChanges[" + chunk + ", " + size() + "]";
  }

  /// What one message came to.
  ///
  /// @param reason null when there is nothing to say
  /// @param attempts how often it was handed over by then
  /// @param carrier the number of the carrier that it was marked for last; 0 for the job's own
  ///   provider
  public record Change(
      int position, MessageStatus status, @Nullable Reason reason, int attempts, int carrier) {}
}
