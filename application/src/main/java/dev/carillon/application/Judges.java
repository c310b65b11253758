package dev.carillon.application;

import dev.carillon.application.billing.Pricing;
import dev.carillon.application.port.ContactHistory;
import dev.carillon.application.port.DispatchJob;
import dev.carillon.application.port.Uploads;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.content.Composition;
import dev.carillon.domain.content.Content;
import dev.carillon.domain.content.ContentLimits;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.DuplicatePolicy;
import dev.carillon.domain.job.FrequencyCap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes the judge of a submission, or of what is uploaded of one.
final class Judges {
  private Judges() {}

  static Judge of(
      Terms terms,
      CreateBulkJob.Knowledge knowledge,
      Pricing pricing,
      ContentLimits limits,
      Seen seen,
      Instant now) {
    return new Judge(
        knowledge.numbering(),
        new ContentJudge(limits),
        knowledge.scripts().wording(terms.content(), terms.composition()),
        terms.defaultRegion(),
        terms.duplicates(),
        seen,
        exclusions(terms, knowledge, pricing, now));
  }

  private static List<Judge.Exclusion> exclusions(
      Terms terms, CreateBulkJob.Knowledge knowledge, Pricing pricing, Instant now) {
    Scope scope = terms.scope();
    Channel channel = terms.content().channel();
    List<Judge.Exclusion> exclusions = new ArrayList<>();
    if (!terms.excludedGroup().isEmpty()) {
      exclusions.add(
          new LeftOutByList(
              Reason.EXCLUDED,
              addresses ->
                  knowledge.audiences().ofGroup(scope, channel, terms.excludedGroup(), addresses)));
    }
    exclusions.add(
        new LeftOutByList(
            Reason.SUPPRESSED,
            addresses -> knowledge.suppressions().among(scope, channel, addresses)));
    FrequencyCap cap = terms.frequencyCap();
    if (cap != null) {
      exclusions.add(
          new LeftOutByList(
              Reason.FREQUENCY_CAPPED,
              addresses -> hadEnough(cap, knowledge.history(), scope, channel, addresses, now)));
    }
    if (pricing.hasGaps()) {
      exclusions.add(new Unpriced(pricing));
    }
    return exclusions;
  }

  private static Set<String> hadEnough(
      FrequencyCap cap,
      ContactHistory history,
      Scope scope,
      Channel channel,
      Collection<String> addresses,
      Instant now) {
    return history
        .messagesSince(scope, channel, addresses, now.minus(cap.period()))
        .entrySet()
        .stream()
        .filter(had -> had.getValue() >= cap.maxMessages())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /// What the entries of a job are judged by.
  ///
  /// @param content what everybody gets who brings no words of their own
  /// @param composition how that becomes what one recipient gets
  /// @param defaultRegion ISO 3166-1 alpha-2
  /// @param excludedGroup the id of a group whose members are left out; may be empty
  /// @param frequencyCap null for none
  record Terms(
      Scope scope,
      Content content,
      Composition composition,
      String defaultRegion,
      DuplicatePolicy duplicates,
      String excludedGroup,
      @Nullable FrequencyCap frequencyCap) {

    static Terms of(CreateBulkJob.Command command, Script script) {
      return new Terms(
          command.caller().scope(),
          script.content(),
          script.composition(),
          command.defaultRegion(),
          command.duplicates(),
          command.excludedGroup(),
          command.frequencyCap());
    }

    /// Of a job that is uploaded.
    static Terms of(DispatchJob job, Uploads.Terms terms) {
      return new Terms(
          job.scope(),
          job.content(),
          job.composition(),
          terms.defaultRegion(),
          terms.duplicates(),
          terms.excludedGroup(),
          null);
    }
  }
}
