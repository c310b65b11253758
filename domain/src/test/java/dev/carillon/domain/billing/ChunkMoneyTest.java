package dev.carillon.domain.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.billing.ChunkMoney.Movement;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.MessageTransition;
import dev.carillon.domain.message.StatusByte;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChunkMoneyTest {
  private static final int SEEDS = 2_000;

  @Test
  void capturesWhatACarrierTookAndKeepsTheRestHeld() {
    ChunkMoney money = money(3, RefundPlan.DEFAULT);

    ChunkMoney after =
        money.after(statuses(MessageState.SENT, MessageState.QUEUED, MessageState.UNKNOWN), false);

    assertThat(money.to(after)).isEqualTo(new Movement(10, 0));
  }

  @Test
  void givesBackOnlyWhenTheChunkCloses() {
    ChunkMoney money = money(2, RefundPlan.DEFAULT);
    byte[] statuses = statuses(MessageState.FAILED, MessageState.CANCELLED);

    assertThat(money.to(money.after(statuses, false))).isEqualTo(Movement.NONE);
    assertThat(money.to(money.after(statuses, true))).isEqualTo(new Movement(0, 20));
  }

  @Test
  void givesNothingBackForWhatWasTakenAndDidNotArriveUnlessThePlanSaysSo() {
    byte[] statuses = statuses(MessageState.UNDELIVERED);

    assertThat(money(1, RefundPlan.DEFAULT).after(statuses, true).captured()).isEqualTo(10);
    assertThat(money(1, new RefundPlan(true, true)).after(statuses, true).refunded()).isEqualTo(10);
  }

  @Test
  void chargesWhatWasGivenBackWhenLateEvidenceSaysThatItWasTaken() {
    ChunkMoney givenUp =
        money(1, RefundPlan.DEFAULT).after(statuses(MessageState.FAILED_OUTCOME_UNKNOWN), true);

    ChunkMoney delivered = givenUp.after(statuses(MessageState.DELIVERED), true);

    assertThat(givenUp.refunded()).isEqualTo(10);
    assertThat(givenUp.to(delivered)).isEqualTo(new Movement(10, -10));
  }

  @Test
  void keepsWhatWasLostWhereThePlanSaysThatItIsPaid() {
    ChunkMoney money =
        money(1, new RefundPlan(false, false))
            .after(statuses(MessageState.FAILED_OUTCOME_UNKNOWN), true);

    assertThat(money.captured()).isEqualTo(10);
    assertThat(money.refunded()).isZero();
  }

  @Test
  void countsEachMessageByItsOwnLine() {
    ChunkMoney money =
        new ChunkMoney(
            LineNumbers.of(new int[] {1, 0, 2}, new boolean[] {true, true, true}),
            Costs.of(1, 20, 300),
            RefundPlan.DEFAULT,
            0,
            0);

    ChunkMoney after =
        money.after(statuses(MessageState.SENT, MessageState.READ, MessageState.EXPIRED), true);

    assertThat(after.captured()).isEqualTo(21);
    assertThat(after.refunded()).isEqualTo(300);
  }

  @Test
  void isNeverBookedForWhatWasLeftOut() {
    ChunkMoney money =
        money(4, RefundPlan.DEFAULT)
            .after(
                statuses(
                    MessageState.REJECTED_INVALID,
                    MessageState.REJECTED_DUPLICATE,
                    MessageState.REJECTED_SUPPRESSED,
                    MessageState.REJECTED_NO_ADDRESS),
                true);

    assertThat(money.to(money(4, RefundPlan.DEFAULT))).isEqualTo(Movement.NONE);
  }

  /// Whatever a chunk lives through: what was held is captured, given back, or still open, and a
  /// chunk in which nothing is open holds nothing.
  @Test
  void addsUpToWhatWasHeldThroughEveryHistory() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      RefundPlan plan = new RefundPlan(random.nextBoolean(), random.nextBoolean());
      int size = 1 + random.nextInt(8);
      Chunk chunk = new Chunk(new ChunkKey(new JobId(1), 0), 0, new byte[size], 0);
      ChunkMoney money = money(size, plan);
      boolean closed = false;
      for (int step = 0; step < 60; step++) {
        MessageTransition[] moves = MessageTransition.values();
        MessageTransition move = moves[random.nextInt(moves.length)];
        if (!closed || !move.target().keepsChunkOpen(true)) {
          chunk.move(random.nextInt(size), move);
        }
        closed |= chunk.isFinished(false);
        ChunkMoney after = money.after(chunk.statuses(), closed);
        long open =
            10L * countOf(chunk, plan, MoneyStanding.HELD)
                + (closed ? 0 : 10L * countOf(chunk, plan, MoneyStanding.REFUNDED));
        assertThat(after.captured() + after.refunded() + open)
            .as("seed " + seed)
            .isEqualTo(10L * size);
        money = after;
      }
    }
  }

  private static long countOf(Chunk chunk, RefundPlan plan, MoneyStanding standing) {
    long count = 0;
    for (int position = 0; position < chunk.size(); position++) {
      count += MoneyStanding.of(chunk.state(position), plan) == standing ? 1 : 0;
    }
    return count;
  }

  private static ChunkMoney money(int size, RefundPlan plan) {
    return new ChunkMoney(LineNumbers.of(new int[size], null), Costs.of(10L), plan, 0, 0);
  }

  private static byte[] statuses(MessageState... states) {
    byte[] statuses = new byte[states.length];
    for (int i = 0; i < states.length; i++) {
      statuses[i] = StatusByte.of(states[i], 0);
    }
    return statuses;
  }
}
