package dev.carillon.application.memory;

import dev.carillon.application.port.CarrierNumbers;
import dev.carillon.domain.delivery.CarrierId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The numbers of carriers in memory; no transaction takes one back.
public final class InMemoryCarrierNumbers implements CarrierNumbers {
  private static final int MOST = 255;

  private final List<CarrierId> carriers = new ArrayList<>();

  @Override
  public synchronized int of(CarrierId carrier) {
    if (!carriers.contains(carrier)) {
      if (carriers.size() == MOST) {
        throw new IllegalStateException("no number is left for another carrier");
      }
      carriers.add(carrier);
    }
    return carriers.indexOf(carrier) + 1;
  }

  @Override
  public synchronized Optional<CarrierId> named(int number) {
    return number < 1 || number > carriers.size()
        ? Optional.empty()
        : Optional.of(carriers.get(number - 1));
  }
}
