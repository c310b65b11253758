package dev.carillon.application.settling;

import dev.carillon.application.port.CarrierMessages.Part;
import dev.carillon.application.port.CarrierMessages.Parts;
import dev.carillon.application.port.CarrierNumbers;
import dev.carillon.application.port.LockedChunk;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.message.CarrierChoice;
import dev.carillon.domain.message.Chunk;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/// Moves messages of a locked chunk by what carriers tell later. Receipts in any order, doubled or
/// of parts in any order, end in the same state: what they prove together only ever grows.
final class ReceiptRules {
  private static final Set<ReceiptKind> READ = EnumSet.of(ReceiptKind.READ);
  private static final Set<ReceiptKind> ARRIVED =
      EnumSet.of(ReceiptKind.DELIVERED, ReceiptKind.READ);

  private final BiFunction<Part, ReceiptKind, Parts> notes;
  private final CarrierNumbers numbers;

  /// @param notes keeps what became of a part, and tells what is known of all parts then
  ReceiptRules(BiFunction<Part, ReceiptKind, Parts> notes, CarrierNumbers numbers) {
    this.notes = notes;
    this.numbers = numbers;
  }

  /// Moves what the receipts move; returns those that are this chunk's and are to be kept.
  List<ToldReceipt> apply(LockedChunk locked, List<ToldReceipt> receipts) {
    Chunk chunk = locked.chunk();
    List<ToldReceipt> own = new ArrayList<>(receipts.size());
    for (ToldReceipt told : receipts) {
      if (concerns(locked, told)) {
        chunk.move(told.receipt().ref().position(), proven(told).transition());
        own.add(told);
      }
    }
    return own;
  }

  private boolean concerns(LockedChunk locked, ToldReceipt told) {
    Chunk chunk = locked.chunk();
    int position = told.receipt().ref().position();
    if (!chunk.contains(position)) {
      return false;
    }
    // An id is a carrier's own; a reference may be written by anybody who has seen one.
    return told.part() == null
        ? isOf(locked, told.receipt())
        : !told.guessed() || chunk.state(position).isInDoubt();
  }

  /// Whether the message is at the carrier that tells of it. It never goes from one that may have
  /// it to another.
  private boolean isOf(LockedChunk locked, Receipt receipt) {
    int number = locked.chunk().carrier(receipt.ref().position());
    return number == CarrierChoice.PROVIDER
        ? receipt.carrier().equals(locked.provider())
        : numbers.named(number).filter(receipt.carrier()::equals).isPresent();
  }

  /// What is proven of the whole message. That one part did not arrive is said of the whole at
  /// once, and taken back only when all of them have arrived.
  private ReceiptKind proven(ToldReceipt told) {
    Receipt receipt = told.receipt();
    Part part = told.part();
    if (part == null || part.of() == 1) {
      return receipt.kind();
    }
    Parts parts = notes.apply(part, receipt.kind());
    if (parts.all(READ)) {
      return ReceiptKind.READ;
    }
    if (parts.all(ARRIVED)) {
      return ReceiptKind.DELIVERED;
    }
    return receipt.kind() == ReceiptKind.UNDELIVERED ? ReceiptKind.UNDELIVERED : ReceiptKind.SENT;
  }
}
