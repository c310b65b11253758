package dev.carillon.application;

import dev.carillon.application.Acceptances.Acceptance;
import dev.carillon.application.billing.Charging;
import dev.carillon.application.port.Audiences;
import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.Carriers;
import dev.carillon.application.port.ChunkRepository;
import dev.carillon.application.port.ContactHistory;
import dev.carillon.application.port.IdSource;
import dev.carillon.application.port.MessageRepository;
import dev.carillon.application.port.Numbering;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.application.port.Suppressions;
import dev.carillon.application.port.Uploads;
import dev.carillon.application.quota.SubmissionQuotas;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.RejectedEntry;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.DispatchPlan;
import dev.carillon.domain.job.DuplicatePolicy;
import dev.carillon.domain.job.FrequencyCap;
import dev.carillon.domain.job.Priority;
import dev.carillon.domain.message.ToldStatuses;
import dev.carillon.domain.recipient.RecipientId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Accepts one submission: judges its entries, stores job, chunks and messages in one transaction,
/// and answers before anything is sent.
public final class CreateBulkJob {
  private static final String METHOD = "CreateBulkJob";
  private static final String BULK_ID = "bulk_id";
  private static final String NAME = "name";
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final int LARGE_AUDIENCES = 2;

  private final Idempotency idempotency;
  private final Store store;
  private final Knowledge knowledge;
  private final Acceptances acceptances;
  private final ProgressFeed feed;
  private final Limits limits;
  private final AudienceRoom room = new AudienceRoom(LARGE_AUDIENCES, LONGEST_WAIT);

  public CreateBulkJob(
      Idempotency idempotency,
      Store store,
      Knowledge knowledge,
      ProgressFeed feed,
      IdSource ids,
      InstantSource clock,
      Limits limits) {
    this.idempotency = idempotency;
    this.store = store;
    this.knowledge = knowledge;
    this.acceptances =
        new Acceptances(
            store, knowledge, new Intakes(knowledge, limits, clock), ids, clock, limits);
    this.feed = feed;
    this.limits = limits;
  }

  /// The accepted job, or the same answer as before for a request id that was seen. Throws a
  /// DomainException: InvalidFields, CurrencyMismatch, NoValidRecipients, NoCarrier, NotFound (the
  /// group or the template), NoTemplateVersion, RequestIdReused, MaxCostExceeded, QuotaExceeded,
  /// NoCredit, BillingFailed, StoreUnavailable; then nothing was stored.
  public Result handle(Command command) {
    SubmissionRules.check(command, knowledge.scripts(), limits);
    Optional<Acceptance> acceptance =
        knowledge
            .scripts()
            .find(command.caller().scope(), command.content())
            .map(script -> acceptances.of(command, script));
    Result result = room.in(command.audience(), () -> once(command, acceptance));
    feed.changed(result.job().id());
    return result;
  }

  /// Where the template does not exist, there is only the answer to a request that was made while
  /// it did. Refusals that depend on more than the command come after the request id was claimed,
  /// too: a repeat gets the first answer even when the same could not be accepted any more.
  private Result once(Command command, Optional<Acceptance> acceptance) {
    return idempotency.once(
        request(command),
        () -> answer(acceptance.orElseThrow(() -> notFound(command)).store()),
        answer -> show(command, answer),
        () -> acceptance.ifPresent(Acceptance::hold));
  }

  private DomainException notFound(Command command) {
    return knowledge.scripts().notFound(command.caller().scope(), command.content());
  }

  private static Idempotency.Request request(Command command) {
    byte[] fingerprint =
        command.requestId().isEmpty() ? new byte[0] : Fingerprint.of(command).hash();
    return new Idempotency.Request(
        command.caller().scope(), METHOD, command.requestId(), fingerprint);
  }

  private static Map<String, String> answer(Acceptances.Accepted accepted) {
    return Map.of(BULK_ID, accepted.bulkId().toString(), NAME, accepted.name());
  }

  private Result show(Command command, Map<String, String> answer) {
    BulkJob job =
        Optional.ofNullable(answer.get(BULK_ID))
            .flatMap(BulkId::parse)
            .flatMap(bulkId -> store.jobs().find(command.caller().scope(), bulkId))
            .orElseThrow(() -> new IllegalStateException("an accepted job has disappeared"));
    DispatchPlan plan = command.plan().plan(job.life().createdAt(), limits);
    String name = answer.getOrDefault(NAME, "");
    return command.isUploaded()
        ? new Result(AcceptedJob.open(job, name, plan), List.of())
        : new Result(
            AcceptedJob.of(job, name, plan),
            store.messages().rejected(job.id(), limits.rejectedShown()));
  }

  /// Where it is stored.
  public record Store(
      BulkJobRepository jobs,
      ChunkRepository chunks,
      MessageRepository messages,
      Uploads uploads) {}

  /// What has to be known to judge, to price and to count it.
  public record Knowledge(
      Numbering numbering,
      Suppressions suppressions,
      ContactHistory history,
      Audiences audiences,
      Carriers carriers,
      Scripts scripts,
      Charging charging,
      SubmissionQuotas quotas) {}

  /// One submission.
  ///
  /// @param requestId may be empty
  /// @param name may be empty
  /// @param excludedGroup the id of a group whose members are left out; may be empty
  /// @param frequencyCap null for none
  /// @param declaredCount how many recipients the caller says there are
  /// @param defaultRegion ISO 3166-1 alpha-2
  /// @param told which statuses of its messages are told of by events
  /// @param plan when and how fast it is to be handed over
  /// @param maxCost it is refused when it costs more; null for any cost
  public record Command(
      Caller caller,
      String requestId,
      String name,
      RequestedContent content,
      Audience audience,
      String excludedGroup,
      @Nullable FrequencyCap frequencyCap,
      OptionalLong declaredCount,
      String defaultRegion,
      Priority priority,
      DuplicatePolicy duplicates,
      Map<String, String> labels,
      ToldStatuses told,
      RequestedPlan plan,
      @Nullable Money maxCost) {
    boolean isUploaded() {
      return audience instanceof Audience.Uploaded;
    }

    @Override
    public String toString() {
      return "CreateBulkJob.Command[" + audience + "]";
    }
  }

  /// One recipient of a submission.
  ///
  /// @param to as the caller wrote it
  /// @param clientRef may be empty
  /// @param recipient the stored recipient; null when it was given by its address
  public record Entry(
      String to, String clientRef, PersonalContent own, @Nullable RecipientId recipient) {
    /// One who is given by an address.
    public Entry(String to, String clientRef, PersonalContent own) {
      this(to, clientRef, own, null);
    }

    @Override
    public String toString() {
      return "CreateBulkJob.Entry";
    }
  }

  /// The accepted job and the first entries that were left out.
  public record Result(BulkJob job, List<RejectedEntry> rejected) {}
}
