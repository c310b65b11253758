package dev.carillon.application.settling;

import dev.carillon.application.port.CarrierMessages.Part;
import dev.carillon.domain.delivery.CarrierReceipt;
import dev.carillon.domain.delivery.Receipt;
import org.jspecify.annotations.Nullable;

/// A receipt on its way to become a fact, and what it is about.
///
/// @param part the part of the message that it is about; null when it is about all of it
/// @param guessed whether only the address says that it is this message's: it moves the message
///   only while that is in doubt
public record ToldReceipt(Receipt receipt, @Nullable Part part, boolean guessed) {
  /// By a carrier that echoed our reference.
  public static ToldReceipt ofMessage(Receipt receipt) {
    return new ToldReceipt(receipt, null, false);
  }

  /// By a carrier that told its own id, which is that of this part.
  public static ToldReceipt ofPart(CarrierReceipt receipt, Part part) {
    return new ToldReceipt(receipt(receipt, part), part, false);
  }

  /// By a carrier that told an id that nobody knows, about an address that only this message in
  /// doubt went to.
  public static ToldReceipt guessed(CarrierReceipt receipt, Part part) {
    return new ToldReceipt(receipt(receipt, part), part, true);
  }

  private static Receipt receipt(CarrierReceipt told, Part part) {
    return new Receipt(
        part.ref(),
        told.kind(),
        told.reason(),
        told.detail(),
        told.carrier(),
        told.carrierMessageId(),
        told.at());
  }
}
