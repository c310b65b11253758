package dev.carillon.application;

import java.util.BitSet;
import java.util.List;

/// Keys of one submission in an open hash table: 16 bytes a slot, at most two thirds of them taken.
final class SeenInMemory implements Seen {
  private static final int FEWEST_SLOTS = 1 << 6;

  private long[] table = new long[2 * FEWEST_SLOTS];
  private int size;
  private boolean zeroSeen;

  @Override
  public BitSet note(List<Key> keys) {
    BitSet repeated = new BitSet(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      repeated.set(i, !add(keys.get(i)));
    }
    return repeated;
  }

  private boolean add(Key key) {
    if (key.high() == 0 && key.low() == 0) {
      boolean first = !zeroSeen;
      zeroSeen = true;
      return first;
    }
    if (3L * (size + 1) > table.length) {
      grow();
    }
    boolean first = put(table, key.high(), key.low());
    size += first ? 1 : 0;
    return first;
  }

  private void grow() {
    long[] larger = new long[Math.multiplyExact(table.length, 2)];
    for (int slot = 0; slot < table.length; slot += 2) {
      if (table[slot] != 0 || table[slot + 1] != 0) {
        put(larger, table[slot], table[slot + 1]);
      }
    }
    table = larger;
  }

  private static boolean put(long[] table, long high, long low) {
    int slot = (int) low & (table.length / 2 - 1);
    while (table[2 * slot] != 0 || table[2 * slot + 1] != 0) {
      if (table[2 * slot] == high && table[2 * slot + 1] == low) {
        return false;
      }
      slot = (slot + 1) & (table.length / 2 - 1);
    }
    table[2 * slot] = high;
    table[2 * slot + 1] = low;
    return true;
  }
}
