package dev.carillon.persistence;

import dev.carillon.application.contract.BindSlotsContract;
import dev.carillon.application.port.BindSlots;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class JooqBindSlotsIT extends BindSlotsContract {
  @AutoClose private final TestDatabase database = TestDatabase.create();
  private final BindSlots slots = database.database().forEngine().bindSlots();

  @Override
  protected BindSlots slots() {
    return slots;
  }
}
