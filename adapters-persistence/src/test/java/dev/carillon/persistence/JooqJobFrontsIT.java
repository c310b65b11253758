package dev.carillon.persistence;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.contract.JobFrontsContract;
import dev.carillon.application.contract.Ports;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.Businesses;
import dev.carillon.application.port.JobFronts;
import dev.carillon.application.port.StoreWitness;
import dev.carillon.domain.job.Front;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class JooqJobFrontsIT extends JobFrontsContract {
  @AutoClose private final TestDatabase database = TestDatabase.ofContracts();

  @Override
  protected Ports newPorts() {
    return database.ports();
  }

  @Override
  protected JobFronts fronts() {
    return database.database().forEngine().fronts();
  }

  @Override
  protected StoreWitness witness() {
    return database.database().forEngine().witness();
  }

  @Override
  protected Businesses businesses() {
    return database.database().forEngine().businesses();
  }

  @Test
  void tellsTheCallsOfItsTenantTheSameAndThoseOfOthersNothing() {
    StoredJob job = store(anSmsJob().to(1));
    JobFronts own = database.storesOf(scope()).fronts();
    JobFronts foreign = database.storesOf(ports().newScope().get()).fronts();
    assertThat(own.of(job.id())).isInstanceOf(Front.Due.class).isEqualTo(fronts().of(job.id()));
    assertThat(foreign.of(job.id())).isEqualTo(new Front.Moving());

    witness().switchOff("a test", NOW);

    assertThat(own.of(job.id())).isEqualTo(new Front.DispatchOff());
    assertThat(foreign.of(job.id())).isEqualTo(new Front.Moving());
  }
}
