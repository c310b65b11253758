package dev.carillon.persistence;

import dev.carillon.application.contract.FlowLimitsContract;
import dev.carillon.application.contract.LeadershipContract;
import dev.carillon.application.contract.PermitsContract;
import dev.carillon.application.contract.Ports;
import dev.carillon.application.contract.StoreWitnessContract;
import dev.carillon.application.port.FlowLimits;
import dev.carillon.application.port.Leadership;
import dev.carillon.application.port.Permits;
import dev.carillon.application.port.StoreWitness;
import dev.carillon.domain.business.Scope;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// What nodes share beside jobs, by the contracts of its ports.
class SharedLimitsIT {

  @Nested
  @TestInstance(Lifecycle.PER_CLASS)
  class OfPermits extends PermitsContract {
    @AutoClose private final TestDatabase one = TestDatabase.create();
    @AutoClose private final TestDatabase other = one.sameAgain();

    @Override
    protected List<Permits> nodes() {
      return List.of(one.database().forEngine().permits(), other.database().forEngine().permits());
    }
  }

  @Nested
  @TestInstance(Lifecycle.PER_CLASS)
  class OfLimits extends FlowLimitsContract {
    @AutoClose private final TestDatabase database = TestDatabase.create();

    @Override
    protected FlowLimits limits() {
      return database.database().forEngine().limits();
    }

    @Override
    protected Scope newScope() {
      return database.newScope();
    }
  }

  @Nested
  @TestInstance(Lifecycle.PER_CLASS)
  class OfLeadership extends LeadershipContract {
    @AutoClose private final TestDatabase database = TestDatabase.create();

    @Override
    protected Leadership leadership() {
      return database.database().forEngine().leadership();
    }
  }

  @Nested
  @TestInstance(Lifecycle.PER_CLASS)
  class OfTheWitness extends StoreWitnessContract {
    @AutoClose private final TestDatabase database = TestDatabase.ofContracts();

    @Override
    protected Ports newPorts() {
      return database.ports();
    }

    @Override
    protected StoreWitness witness() {
      return database.database().forEngine().witness();
    }
  }
}
