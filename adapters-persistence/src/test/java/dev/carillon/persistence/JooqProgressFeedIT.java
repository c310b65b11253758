package dev.carillon.persistence;

import dev.carillon.application.contract.ProgressFeedContract;
import dev.carillon.application.port.ProgressFeed;
import java.util.List;
import org.junit.jupiter.api.AutoClose;

class JooqProgressFeedIT extends ProgressFeedContract {
  @AutoClose private final TestDatabase one = TestDatabase.create();
  @AutoClose private final TestDatabase other = one.sameAgain();

  @Override
  protected List<ProgressFeed> nodes() {
    return List.of(one.database().feed(), other.database().feed());
  }
}
