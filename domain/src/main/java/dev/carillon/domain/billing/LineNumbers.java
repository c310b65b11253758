package dev.carillon.domain.billing;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The line of a job's bill of each message of a chunk: two bytes a message, or only two where all
/// have the same. What costs nothing has none.
public final class LineNumbers {
  /// Nothing in the chunk costs anything.
  public static final LineNumbers NONE = new LineNumbers(new byte[0]);

  private static final int BYTES = 2;

  private final byte[] bytes;

  private LineNumbers(byte[] bytes) {
    this.bytes = bytes;
  }

  /// The numbers of consecutive messages, 0 to 65,535; of those that were left out any.
  ///
  /// @param counts which of them count; null for all
  public static LineNumbers of(int[] numbers, boolean @Nullable [] counts) {
    int first = firstCounted(counts, numbers.length);
    if (first < 0) {
      return NONE;
    }
    boolean same = true;
    for (int i = first; i < numbers.length && same; i++) {
      same = (counts != null && !counts[i]) || numbers[i] == numbers[first];
    }
    int size = same ? 1 : numbers.length;
    byte[] bytes = new byte[size * BYTES];
    for (int i = 0; i < size; i++) {
      int number = same ? numbers[first] : numbers[i];
      bytes[i * BYTES] = (byte) (number >>> Byte.SIZE);
      bytes[i * BYTES + 1] = (byte) number;
    }
    return new LineNumbers(bytes);
  }

  /// As they were stored; null for none.
  public static LineNumbers stored(byte @Nullable [] bytes) {
    return bytes == null || bytes.length == 0 ? NONE : new LineNumbers(bytes);
  }

  /// Whether nothing costs anything.
  public boolean isEmpty() {
    return bytes.length == 0;
  }

  /// The line of the message at an index within the chunk; there is one unless this is empty.
  public int at(int index) {
    int place = bytes.length == BYTES ? 0 : index * BYTES;
    return (bytes[place] & 0xFF) << Byte.SIZE | (bytes[place + 1] & 0xFF);
  }

  /// A copy, to be stored.
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LineNumbers that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  private static int firstCounted(boolean @Nullable [] counts, int size) {
    for (int i = 0; i < size; i++) {
      if (counts == null || counts[i]) {
        return i;
      }
    }
    return -1;
  }
}
