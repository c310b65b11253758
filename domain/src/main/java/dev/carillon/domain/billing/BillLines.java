package dev.carillon.domain.billing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The lines of a job's bill, each with its number, from 0 in the order in which they came. Not
/// thread-safe.
public final class BillLines {
  /// More would not fit the two bytes by which a message names its line.
  public static final int MOST = 65_536;

  private final List<BillLine> lines;
  private final Map<BillLine, Integer> numbers = new HashMap<>();

  /// The lines that a job has already.
  public BillLines(List<BillLine> lines) {
    this.lines = new ArrayList<>(lines);
    for (int number = 0; number < lines.size(); number++) {
      numbers.put(lines.get(number), number);
    }
  }

  /// The number of a line, which is added if it is new. Throws ArithmeticException for more lines
  /// than can be numbered.
  public int numberOf(BillLine line) {
    Integer known = numbers.get(line);
    if (known != null) {
      return known;
    }
    if (lines.size() == MOST) {
      throw new ArithmeticException("a bill has at most " + MOST + " lines");
    }
    numbers.put(line, lines.size());
    lines.add(line);
    return lines.size() - 1;
  }

  /// All lines by their numbers.
  public List<BillLine> all() {
    return List.copyOf(lines);
  }
}
