package dev.carillon.domain.audit;

import dev.carillon.domain.billing.ChunkMoney;
import dev.carillon.domain.billing.ChunkMoney.Movement;
import dev.carillon.domain.billing.EntryKind;
import dev.carillon.domain.billing.JobBilling;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.message.Chunk;
import java.util.ArrayList;
import java.util.List;

/// Whether the money of a job agrees with what became of its messages, and its entries in the
/// ledger with both. Takes the job chunk by chunk; not thread-safe.
final class MoneyAudit {
  private static final String HELD = "held";
  private static final String CAPTURED = "captured";
  private static final String REFUNDED = "refunded";

  private final BulkJob job;
  private final JobBooks books;
  private Movement ofAll = Movement.NONE;
  private Movement ofClosed = Movement.NONE;
  private long costs;

  MoneyAudit(BulkJob job, JobBooks books) {
    this.job = job;
    this.books = books;
  }

  /// Takes the next chunk and tells what does not agree in it.
  List<String> chunk(Chunk chunk, boolean open, ChunkMoney money) {
    Movement booked = ChunkMoney.FREE.to(money);
    ofAll = sum(ofAll, booked);
    ofClosed = open ? ofClosed : sum(ofClosed, booked);
    costs = Math.addExact(costs, money.accepted(chunk.statuses()));
    Movement right = ChunkMoney.FREE.to(money.after(chunk.statuses(), !open));
    List<String> found = new ArrayList<>();
    compare("has booked", CAPTURED, booked.captured(), right.captured(), found);
    compare("has booked", REFUNDED, booked.refunded(), open ? 0 : right.refunded(), found);
    return found;
  }

  /// What does not agree in the job as a whole, when all chunks were taken.
  List<String> finish() {
    JobBilling billing = job.billing();
    List<String> found = new ArrayList<>();
    compare("shows", HELD, billing.held().micros(), costs, found);
    compare("shows", CAPTURED, billing.captured().micros(), ofAll.captured(), found);
    compare("shows", REFUNDED, billing.refunded().micros(), ofAll.refunded(), found);
    compare(
        "counts of closed chunks",
        CAPTURED,
        books.ofClosed().captured(),
        ofClosed.captured(),
        found);
    compare(
        "counts of closed chunks",
        REFUNDED,
        books.ofClosed().refunded(),
        ofClosed.refunded(),
        found);
    compare("has entries of", HELD, books.sum(EntryKind.HOLD), costs, found);
    compare("has entries of", CAPTURED, captured(), ofAll.captured(), found);
    compare("has entries of", REFUNDED, refunded(), ofAll.refunded(), found);
    long left = costs - ofAll.captured() - ofAll.refunded();
    if (left < 0) {
      found.add("took and gave back " + -left + " micros more than was held");
    } else if (left > 0 && job.life().settledAt() != null) {
      found.add("settled with " + left + " micros still held");
    }
    return found;
  }

  private long captured() {
    return books.sum(EntryKind.CAPTURE) - books.sum(EntryKind.REVERSAL);
  }

  private long refunded() {
    return books.sum(EntryKind.REFUND) - books.sum(EntryKind.RECHARGE) - books.sum(EntryKind.DEBT);
  }

  private static void compare(
      String where, String name, long stored, long right, List<String> found) {
    if (stored != right) {
      found.add(where + " " + stored + " micros " + name + ", but " + right + " are");
    }
  }

  private static Movement sum(Movement one, Movement other) {
    return new Movement(
        Math.addExact(one.captured(), other.captured()),
        Math.addExact(one.refunded(), other.refunded()));
  }
}
