package dev.carillon.application.memory;

import dev.carillon.application.contract.IdSourceContract;
import dev.carillon.application.port.IdSource;

class SequentialIdsTest extends IdSourceContract {
  @Override
  protected IdSource ids() {
    return new SequentialIds();
  }
}
