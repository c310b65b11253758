package dev.carillon.application.memory;

import dev.carillon.application.contract.BindSlotsContract;
import dev.carillon.application.port.BindSlots;
import java.time.InstantSource;

class InMemoryBindSlotsTest extends BindSlotsContract {
  private final BindSlots slots = new InMemoryBindSlots(InstantSource.system());

  @Override
  protected BindSlots slots() {
    return slots;
  }
}
