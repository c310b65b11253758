package dev.carillon.domain.message;

/// How one byte of a chunk is read: the low five bits are the [MessageState], the high three count
/// attempts (0 to 7).
public final class StatusByte {
  /// The bits of the state.
  public static final int STATE_MASK = 0b11111;

  /// How far the count of attempts is shifted.
  public static final int ATTEMPT_SHIFT = 5;

  private static final int MOST_ATTEMPTS = 7;

  private StatusByte() {}

  /// The byte of a state and a count of attempts; a count beyond 0 to 7 becomes the nearer of them.
  public static byte of(MessageState state, int attempts) {
    return (byte) (Math.clamp(attempts, 0, MOST_ATTEMPTS) << ATTEMPT_SHIFT | state.code());
  }

  /// Its state.
  public static MessageState state(byte status) {
    return MessageState.of(status & STATE_MASK);
  }

  /// How often it was handed over.
  public static int attempts(byte status) {
    return (status & 0xff) >>> ATTEMPT_SHIFT;
  }

  /// The byte after a move.
  static byte moved(byte status, MessageTransition transition) {
    return of(transition.target(), attempts(status) + transition.attemptChange());
  }
}
