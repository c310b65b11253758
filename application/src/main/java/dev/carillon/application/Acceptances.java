package dev.carillon.application;

import dev.carillon.application.billing.Charging;
import dev.carillon.application.billing.Pricing;
import dev.carillon.application.port.IdSource;
import dev.carillon.application.port.NewBulkJob;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.DispatchPlan;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import java.time.Instant;
import java.time.InstantSource;

/// Makes jobs of submissions that the rules let pass.
record Acceptances(
    CreateBulkJob.Store store,
    CreateBulkJob.Knowledge knowledge,
    Intakes intakes,
    IdSource ids,
    InstantSource clock,
    Limits limits) {

  /// Gets a submission ready to be stored: what can be judged before the transaction is judged.
  Acceptance of(CreateBulkJob.Command command, Script script) {
    Pricing pricing = intakes.pricing(command, script);
    return new Acceptance(command, script, intakes.of(command, script, pricing), pricing);
  }

  /// A job that was stored.
  record Accepted(BulkId bulkId, String name) {}

  /// A submission that is ready to be stored, in one transaction: [#store], and [#hold] last, since
  /// that locks the balance, for which all jobs of a business wait.
  final class Acceptance {
    private final CreateBulkJob.Command command;
    private final Script script;
    private final Intake intake;
    private final Pricing pricing;
    private Runnable hold = () -> {};

    private Acceptance(
        CreateBulkJob.Command command, Script script, Intake intake, Pricing pricing) {
      this.command = command;
      this.script = script;
      this.intake = intake;
      this.pricing = pricing;
    }

    /// Stores it, once more in each transaction that is tried. Throws a DomainException:
    /// QuotaExceeded, NoCarrier, InvalidFields, NoValidRecipients, NotFound (the group),
    /// MaxCostExceeded.
    Accepted store() {
      knowledge.quotas().look(command.caller());
      String provider = intakes.provider(command, script.content().channel());
      Instant now = clock.instant();
      command.plan().check(now, limits, !command.isUploaded());
      JobId id = store.jobs().nextId();
      JobWriter written = write(id);
      refuse(written);
      NewBulkJob job = job(provider, written, now);
      store.jobs().insert(id, job);
      if (command.isUploaded()) {
        store.uploads().open(id, SubmissionRules.uploadTerms(command));
      }
      SubmissionRules.refuseIfTooDear(job.bill().total(), command.maxCost());
      knowledge.quotas().take(command.caller(), written.accepted());
      hold = () -> hold(id, written, now);
      return new Accepted(job.bulkId(), job.submission().name());
    }

    /// Sets money aside for what was stored. Throws a DomainException: NoCredit, BillingFailed.
    void hold() {
      hold.run();
    }

    private JobWriter write(JobId id) {
      JobWriter writer = new JobWriter(store, id, pricing.fresh(), limits, 0, 0);
      intake.into(writer);
      writer.end();
      return writer;
    }

    private void refuse(JobWriter written) {
      if (!command.isUploaded()) {
        SubmissionRules.refuseIfNoneIsValid(written);
        SubmissionRules.refuseIfMiscounted(command, written.position());
      }
    }

    private NewBulkJob job(String provider, JobWriter written, Instant now) {
      DispatchPlan plan = command.plan().plan(now, limits);
      return new NewBulkJob(
          ids.nextBulkId(now),
          command.caller().scope(),
          submission(written.position(), provider, plan),
          script.content(),
          script.composition(),
          command.isUploaded() ? JobStatus.OPEN : AcceptedJob.status(plan),
          written.bill(),
          written.parts(),
          written.openChunks(),
          now);
    }

    private BulkJob.Submission submission(int count, String provider, DispatchPlan plan) {
      Channel channel = script.content().channel();
      return new BulkJob.Submission(
          JobNames.of(command, channel, count),
          channel,
          command.priority(),
          command.labels(),
          command.caller().principal(),
          provider,
          null,
          plan,
          script.template(),
          command.told());
    }

    private void hold(JobId id, JobWriter written, Instant now) {
      Caller caller = command.caller();
      knowledge
          .charging()
          .hold(
              new Charging.Order(caller.scope(), id, caller.principal()),
              written.bill().total(),
              written.counted(),
              now);
    }
  }
}
