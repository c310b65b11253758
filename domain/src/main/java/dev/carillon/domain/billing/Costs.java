package dev.carillon.domain.billing;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a message costs, by the line of its job's bill: micros of the job's currency.
public final class Costs {
  /// Of a job that costs nothing.
  public static final Costs NONE = new Costs(new long[0]);

  private final long[] micros;

  private Costs(long[] micros) {
    this.micros = micros;
  }

  public static Costs of(long... micros) {
    return micros.length == 0 ? NONE : new Costs(micros.clone());
  }

  public static Costs of(List<BillLine> lines) {
    return of(lines.stream().mapToLong(BillLine::costMicros).toArray());
  }

  /// Of one message with this line.
  public long of(int line) {
    return micros[line];
  }

  /// A copy, to be stored.
  public long[] micros() {
    return micros.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Costs that && Arrays.equals(micros, that.micros);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(micros);
  }
}
