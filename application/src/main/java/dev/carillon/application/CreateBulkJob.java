package dev.carillon.application;

import dev.carillon.application.billing.Charging;
import dev.carillon.application.billing.Pricing;
import dev.carillon.application.port.Audiences;
import dev.carillon.application.port.BulkJobRepository;
import dev.carillon.application.port.Carriers;
import dev.carillon.application.port.ChunkRepository;
import dev.carillon.application.port.ContactHistory;
import dev.carillon.application.port.IdSource;
import dev.carillon.application.port.MessageRepository;
import dev.carillon.application.port.NewBulkJob;
import dev.carillon.application.port.Numbering;
import dev.carillon.application.port.ProgressFeed;
import dev.carillon.application.port.Suppressions;
import dev.carillon.application.port.Uploads;
import dev.carillon.application.quota.SubmissionQuotas;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.error.RejectedEntry;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.DispatchPlan;
import dev.carillon.domain.job.DuplicatePolicy;
import dev.carillon.domain.job.FrequencyCap;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.Priority;
import dev.carillon.domain.message.ToldStatuses;
import dev.carillon.domain.recipient.RecipientId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
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
  private final Intakes intakes;
  private final ProgressFeed feed;
  private final IdSource ids;
  private final InstantSource clock;
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
    this.intakes = new Intakes(knowledge, limits, clock);
    this.feed = feed;
    this.ids = ids;
    this.clock = clock;
    this.limits = limits;
  }

  /// The accepted job, or the same answer as before for a request id that was seen. Throws a
  /// DomainException: InvalidFields, NoValidRecipients, NoCarrier, NotFound (the group or the
  /// template), RequestIdReused, MaxCostExceeded, QuotaExceeded, NoCredit, BillingFailed,
  /// StoreUnavailable; then nothing was stored.
  public Result handle(Command command) {
    SubmissionRules.check(command, knowledge.scripts(), limits);
    Holding holding = new Holding();
    Supplier<Map<String, String>> work = work(command, holding);
    Result result =
        room.in(
            command.audience(),
            () ->
                idempotency.once(
                    request(command), work, answer -> show(command, answer), holding::run));
    feed.changed(result.job().id());
    return result;
  }

  /// Stores it. Where the template does not exist, there is only the answer to a request that was
  /// made while it did.
  private Supplier<Map<String, String>> work(Command command, Holding holding) {
    Optional<Script> script = knowledge.scripts().find(command.caller().scope(), command.content());
    if (script.isEmpty()) {
      return () -> {
        throw Scripts.notFound(command.content());
      };
    }
    Pricing pricing = intakes.pricing(command, script.get());
    Intake intake = intakes.of(command, script.get(), pricing);
    return () -> store(command, script.get(), intake, pricing.fresh(), holding);
  }

  private static Idempotency.Request request(Command command) {
    byte[] fingerprint =
        command.requestId().isEmpty() ? new byte[0] : SubmissionRules.fingerprint(command);
    return new Idempotency.Request(
        command.caller().scope(), METHOD, command.requestId(), fingerprint);
  }

  /// Refusals that depend on more than the command come here, after the request id was claimed: a
  /// repeat gets the first answer even when the same could not be accepted any more.
  private Map<String, String> store(
      Command command, Script script, Intake intake, Pricing pricing, Holding holding) {
    knowledge.quotas().look(command.caller());
    String provider = intakes.provider(command, script.content().channel());
    Instant now = clock.instant();
    command.plan().check(now);
    DispatchPlan dispatch = command.plan().plan(now, limits);
    BulkId bulkId = ids.nextBulkId(now);
    JobId job = store.jobs().nextId();
    JobWriter writer = new JobWriter(store, job, pricing, limits, 0, 0);
    intake.into(writer);
    writer.end();
    boolean open = command.audience() instanceof Audience.Uploaded;
    if (!open) {
      refuseIfNoneIsValid(writer);
      refuseIfMiscounted(command, writer);
    }
    String name = SubmissionRules.nameOf(command, script.content().channel(), writer.position());
    store
        .jobs()
        .insert(
            job,
            new NewBulkJob(
                bulkId,
                command.caller().scope(),
                submission(command, script, name, provider, dispatch),
                script.content(),
                script.composition(),
                open ? JobStatus.OPEN : AcceptedJob.status(dispatch),
                writer.bill(),
                writer.parts(),
                writer.openChunks(),
                now));
    if (open) {
      store.uploads().open(job, SubmissionRules.uploadTerms(command));
    }
    SubmissionRules.refuseIfTooDear(writer.bill().total(), command.maxCost());
    knowledge.quotas().take(command.caller(), writer.accepted());
    holding.isToDo(() ->
        knowledge
            .charging()
            .hold(
                new Charging.Order(command.caller().scope(), job, command.caller().principal()),
                writer.bill().total(),
                writer.counted(),
                now));
    return Map.of(BULK_ID, bulkId.toString(), NAME, name);
  }

  private static void refuseIfNoneIsValid(JobWriter writer) {
    if (writer.accepted() == 0) {
      throw new DomainException(
          new DomainError.NoValidRecipients(writer.firstRejected(), writer.position()));
    }
  }

  private static void refuseIfMiscounted(Command command, JobWriter writer) {
    List<FieldViolation> violations = new ArrayList<>();
    SubmissionRules.checkCount(command, writer.position(), violations);
    if (!violations.isEmpty()) {
      throw new DomainException(new DomainError.InvalidFields(violations));
    }
  }

  private static BulkJob.Submission submission(
      Command command, Script script, String name, String provider, DispatchPlan plan) {
    return new BulkJob.Submission(
        name,
        script.content().channel(),
        command.priority(),
        command.labels(),
        command.caller().principal(),
        provider,
        null,
        plan,
        script.template(),
        command.told());
  }

  private Result show(Command command, Map<String, String> answer) {
    BulkJob job =
        Optional.ofNullable(answer.get(BULK_ID))
            .flatMap(BulkId::parse)
            .flatMap(bulkId -> store.jobs().find(command.caller().scope(), bulkId))
            .orElseThrow(() -> new IllegalStateException("an accepted job has disappeared"));
    DispatchPlan plan = command.plan().plan(job.life().createdAt(), limits);
    String name = answer.getOrDefault(NAME, "");
    return command.audience() instanceof Audience.Uploaded
        ? new Result(AcceptedJob.open(job, name, plan), List.of())
        : new Result(
            AcceptedJob.of(job, name, plan),
            store.messages().rejected(job.id(), limits.rejectedShown()));
  }

  /// That money is set aside: the last step of the transaction, since it locks the balance, for
  /// which all jobs of a business wait.
  private static final class Holding {
    private Runnable step = () -> {};

    void isToDo(Runnable hold) {
      step = hold;
    }

    void run() {
      step.run();
    }
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
