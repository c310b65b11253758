package dev.carillon.domain.billing;

import dev.carillon.domain.message.StatusByte;

/// The money of a chunk: counted from the states of its messages like its tally, so that what is
/// captured and refunded equals what became of the messages by construction.
///
/// @param lines which line of the job's bill each message has
/// @param costs micros of a message, by line of the bill
/// @param captured micros that are booked as taken
/// @param refunded micros that are booked as given back
public record ChunkMoney(
    LineNumbers lines, Costs costs, RefundPlan plan, long captured, long refunded) {
  /// Of a chunk in which nothing costs anything.
  public static final ChunkMoney FREE =
      new ChunkMoney(LineNumbers.NONE, Costs.NONE, RefundPlan.DEFAULT, 0, 0);

  /// As it has to be booked for messages with these status bytes. What is given back is booked when
  /// the chunk closes, so that the balance is touched once for all of them; what is taken at once.
  ///
  /// @param closed whether nothing of the chunk can be handed over any more
  public ChunkMoney after(byte[] statuses, boolean closed) {
    if (lines.isEmpty()) {
      return this;
    }
    long taken = 0;
    long back = 0;
    for (int index = 0; index < statuses.length; index++) {
      switch (MoneyStanding.of(StatusByte.state(statuses[index]), plan)) {
        case CAPTURED -> taken = Math.addExact(taken, costs.of(lines.at(index)));
        case REFUNDED -> back = Math.addExact(back, costs.of(lines.at(index)));
        case NONE, HELD -> {}
      }
    }
    return new ChunkMoney(lines, costs, plan, taken, closed ? back : refunded);
  }

  /// What was held for messages with these status bytes, whatever became of it since: the cost of
  /// all that was accepted.
  public long accepted(byte[] statuses) {
    long cost = 0;
    for (int index = 0; !lines.isEmpty() && index < statuses.length; index++) {
      if (StatusByte.state(statuses[index]).isAccepted()) {
        cost = Math.addExact(cost, costs.of(lines.at(index)));
      }
    }
    return cost;
  }

  /// What has to be booked so that this becomes that.
  public Movement to(ChunkMoney after) {
    return new Movement(after.captured - captured, after.refunded - refunded);
  }

  /// All that was booked so far, as one movement.
  public Movement inAll() {
    return new Movement(captured, refunded);
  }

  /// How the money of a chunk moves.
  ///
  /// @param captured micros from held to captured; negative for the other way
  /// @param refunded micros from held to available; negative for the other way
  public record Movement(long captured, long refunded) {
    /// Nothing moves.
    public static final Movement NONE = new Movement(0, 0);

    /// Whether nothing moves.
    public boolean isNone() {
      return captured == 0 && refunded == 0;
    }
  }
}
