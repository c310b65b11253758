package dev.carillon.application;

import dev.carillon.application.billing.GetBalance;
import dev.carillon.application.billing.Pricing;
import dev.carillon.application.port.Transactions;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Tells what a submission would come to, by the same code that accepts it: who would be left out,
/// how it would be cut, and what it would cost. Stores nothing.
public final class EstimateBulkJob {
  private static final int LARGE_AUDIENCES = 1;

  /// Whoever estimates has a place among those who submit, and must not sleep there.
  private static final Duration LONGEST_WAIT = Duration.ofMillis(250);

  private final Transactions transactions;
  private final CreateBulkJob.Knowledge knowledge;
  private final Intakes intakes;
  private final GetBalance balances;
  private final InstantSource clock;
  private final Limits limits;
  private final AudienceRoom room = new AudienceRoom(LARGE_AUDIENCES, LONGEST_WAIT);

  public EstimateBulkJob(
      Transactions transactions,
      CreateBulkJob.Knowledge knowledge,
      GetBalance balances,
      InstantSource clock,
      Limits limits) {
    this.transactions = transactions;
    this.knowledge = knowledge;
    this.intakes = new Intakes(knowledge, limits, clock);
    this.balances = balances;
    this.clock = clock;
    this.limits = limits;
  }

  /// What it would come to if it were submitted now. Throws a DomainException: InvalidFields,
  /// CurrencyMismatch, NoCarrier, NotFound (the group or the template), NoTemplateVersion,
  /// QuotaExceeded. That nobody can be sent to, or that it is too dear, is no refusal here.
  public Estimate handle(Query query) {
    CreateBulkJob.Command command = query.submission();
    refuseUpload(command);
    SubmissionRules.check(command, knowledge.scripts(), limits);
    command.plan().check(clock.instant(), limits, true);
    Script script =
        knowledge
            .scripts()
            .find(command.caller().scope(), command.content())
            .orElseThrow(
                () -> knowledge.scripts().notFound(command.caller().scope(), command.content()));
    String provider = intakes.provider(command, script.content().channel());
    EstimateCount count = room.in(command.audience(), () -> count(command, script));
    SubmissionRules.refuseIfMiscounted(command, count.position());
    return estimate(command, script.content().channel(), provider, count);
  }

  private EstimateCount count(CreateBulkJob.Command command, Script script) {
    Pricing pricing = intakes.pricing(command, script);
    Intake intake = intakes.of(command, script, pricing);
    Wording wording = knowledge.scripts().wording(script);
    return command.audience() instanceof Audience.Stored
        ? transactions.inTransaction(() -> counted(intake, pricing, wording))
        : counted(intake, pricing, wording);
  }

  private EstimateCount counted(Intake intake, Pricing pricing, Wording wording) {
    EstimateCount count = new EstimateCount(pricing.fresh(), wording, limits.rejectedShown());
    intake.into(count);
    return count;
  }

  private Estimate estimate(
      CreateBulkJob.Command command, Channel channel, String provider, EstimateCount count) {
    Caller caller = command.caller();
    Money cost = count.cost();
    Money available = balances.handle(new GetBalance.Query(caller)).available();
    Money most = command.maxCost();
    return new Estimate(
        channel,
        provider,
        count.counters(),
        count.parts(),
        count.firstRejected(),
        count.coding(),
        count.costs(),
        cost,
        available,
        cost.micros() <= available.micros(),
        most != null && cost.micros() > most.micros());
  }

  private static void refuseUpload(CreateBulkJob.Command command) {
    if (command.isUploaded()) {
      throw new DomainException(
          new DomainError.InvalidFields(
              List.of(
                  new FieldViolation(
                      "upload", "what is still to be uploaded cannot be estimated"))));
    }
  }

  /// What is to be estimated.
  ///
  /// @param submission as it would be submitted; its request id does not matter
  public record Query(CreateBulkJob.Command submission) {}
}
