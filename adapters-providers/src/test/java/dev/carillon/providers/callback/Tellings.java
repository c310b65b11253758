package dev.carillon.providers.callback;

import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.CarrierReceipt;
import dev.carillon.domain.delivery.Notice;
import dev.carillon.domain.delivery.ReceiptKind;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// Things for carriers to tell.
final class Tellings {
  private Tellings() {}

  static Notice delivered(String id) {
    return new Notice.OfCarrierMessage(
        new CarrierReceipt(
            new CarrierId("twilio"),
            id,
            id,
            "",
            ReceiptKind.DELIVERED,
            null,
            "",
            Instant.parse("2026-11-22T08:49:37Z")));
  }

  static List<Notice> delivered(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> delivered(prefix + i)).toList();
  }
}
