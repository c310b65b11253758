package dev.carillon.application;

import dev.carillon.application.billing.Pricing;
import dev.carillon.application.port.PreparedMessage;
import dev.carillon.domain.delivery.Reason;
import java.util.List;

/// Leaves out the destinations for which no price is set.
record Unpriced(Pricing pricing) implements Judge.Exclusion {
  @Override
  public void leaveOut(List<PreparedMessage> judged) {
    judged.replaceAll(message ->
        message.rejected() == null && pricing.priceAt(message.address()).isEmpty()
            ? Judge.leftOut(message, Reason.NO_PRICE)
            : message);
  }
}
