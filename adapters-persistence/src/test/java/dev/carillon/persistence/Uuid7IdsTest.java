package dev.carillon.persistence;

import dev.carillon.application.contract.IdSourceContract;
import dev.carillon.application.port.IdSource;

class Uuid7IdsTest extends IdSourceContract {
  @Override
  protected IdSource ids() {
    return new Uuid7Ids();
  }
}
