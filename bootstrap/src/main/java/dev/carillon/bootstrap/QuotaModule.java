package dev.carillon.bootstrap;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.carillon.application.quota.QuotaDefaults;
import dev.carillon.application.quota.RequestQuota;
import dev.carillon.application.quota.SubmissionQuotas;
import dev.carillon.persistence.Database;
import dev.carillon.persistence.SparingQuotas;
import java.time.InstantSource;

/// Makes what holds callers to their quotas. Jobs and recipients are counted in the transactions of
/// calls; requests before it is known what they are about, by a few connections of the house.
final class QuotaModule extends AbstractModule {
  private final QuotaDefaults defaults;

  QuotaModule(QuotaDefaults defaults) {
    this.defaults = defaults;
  }

  @Provides
  @Singleton
  RequestQuota requestQuota(Database database, InstantSource clock) {
    return new RequestQuota(new SparingQuotas(database.forHouse().quotas()), defaults, clock);
  }

  @Provides
  @Singleton
  SubmissionQuotas submissionQuotas(Database database, InstantSource clock) {
    return new SubmissionQuotas(database.forCalls().quotas(), defaults, clock);
  }
}
