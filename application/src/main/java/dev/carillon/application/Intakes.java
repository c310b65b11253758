package dev.carillon.application;

import dev.carillon.application.billing.Pricing;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import java.time.InstantSource;

/// Judges and prices whom a submission goes to: in the same way whether it is to be stored or only
/// to be estimated.
record Intakes(CreateBulkJob.Knowledge knowledge, Limits limits, InstantSource clock) {

  /// What its messages cost as of now.
  Pricing pricing(CreateBulkJob.Command command, Script script) {
    Caller caller = command.caller();
    return knowledge
        .charging()
        .pricing(caller.scope(), script.content().channel(), caller.currency(), clock.instant());
  }

  /// Whom it goes to. Those that are listed are judged here, before a transaction begins, so that
  /// it is short.
  Intake of(CreateBulkJob.Command command, Script script, Pricing pricing) {
    return switch (command.audience()) {
      case Audience.Listed listed ->
          new ListedIntake(judge(command, script, pricing).judge(listed.entries()));
      case Audience.Stored stored ->
          new StoredIntake(
              knowledge.audiences(),
              command.caller().scope(),
              script.content().channel(),
              stored.selection(),
              knowledge.scripts().wording(script).names(),
              () -> judge(command, script, pricing),
              limits);
      case Audience.Uploaded _ -> _ -> {};
    };
  }

  /// The carrier that stands for it, whoever its recipients are. Throws NoCarrier when there is
  /// none.
  String provider(CreateBulkJob.Command command, Channel channel) {
    return knowledge
        .carriers()
        .routes(command.caller().scope(), channel)
        .main()
        .orElseThrow(() -> new DomainException(new DomainError.NoCarrier(channel.label())))
        .value();
  }

  private Judge judge(CreateBulkJob.Command command, Script script, Pricing pricing) {
    return Judges.of(
        Judges.Terms.of(command, script),
        knowledge,
        pricing,
        limits.content(),
        new SeenInMemory(),
        clock.instant());
  }
}
