package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.ATTEMPT;
import static dev.carillon.persistence.schema.Tables.MESSAGE_STATUS;
import static dev.carillon.persistence.schema.Tables.OUTBOX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.Audience;
import dev.carillon.application.CancelBulkJob;
import dev.carillon.application.CreateBulkJob;
import dev.carillon.application.Idempotency;
import dev.carillon.application.Limits;
import dev.carillon.application.RequestedContent;
import dev.carillon.application.RequestedPlan;
import dev.carillon.application.Scripts;
import dev.carillon.application.Steering;
import dev.carillon.application.admin.AuditBulkJob;
import dev.carillon.application.billing.BillingSettings;
import dev.carillon.application.billing.Charging;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.fixture.PlainTemplating;
import dev.carillon.application.fixture.PlainWorker;
import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.Carriers;
import dev.carillon.application.port.MessageFilter;
import dev.carillon.application.port.Numbering;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.WorkerId;
import dev.carillon.application.quota.QuotaDefaults;
import dev.carillon.application.quota.SubmissionQuotas;
import dev.carillon.application.settling.JobLife;
import dev.carillon.application.settling.Settling;
import dev.carillon.application.settling.Sweeping;
import dev.carillon.domain.billing.Balance;
import dev.carillon.domain.billing.Destination;
import dev.carillon.domain.billing.JobBilling;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.Price;
import dev.carillon.domain.billing.PriceId;
import dev.carillon.domain.billing.PriceUnit;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Role;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.content.Composition;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.ChannelRoutes;
import dev.carillon.domain.delivery.DispatchOutcome;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.delivery.Receipt;
import dev.carillon.domain.delivery.ReceiptKind;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.job.DuplicatePolicy;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.Priority;
import dev.carillon.domain.job.RetryPolicy;
import dev.carillon.domain.message.Message;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.domain.message.MessageStatus;
import dev.carillon.domain.message.ToldStatuses;
import dev.carillon.domain.recipient.PhoneNumber;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// One job through the store, by the real use cases.
class MainJobIT {
  private static final CarrierId CARRIER = new CarrierId("answers-at-once");

  @AutoClose private final TestDatabase database = TestDatabase.create();
  private final Scope scope = database.newScope();
  private final Stores calls = database.storesOf(scope);
  private final Stores engine = database.database().forEngine();
  private final AnswersAtOnce carrier = new AnswersAtOnce();
  private final Settling.Store stored =
      new Settling.Store(
          engine.transactions(),
          engine.chunks(),
          engine.messages(),
          engine.log(),
          engine.ledger(),
          engine.carrierNumbers());
  private final JobLife life = new JobLife(engine.jobs(), engine.outbox());
  private final Settling settling =
      new Settling(
          stored, life, database.database().feed(), InstantSource.system(), RetryPolicy.DEFAULT);
  private final Sweeping sweeping =
      new Sweeping(
          stored, life, database.database().feed(), InstantSource.system(), RetryPolicy.DEFAULT);

  @BeforeEach
  void setAPriceAndPayForIt() {
    Instant since = Instant.EPOCH;
    Price price =
        new Price(
            PriceId.NONE,
            scope.business(),
            scope.environment(),
            Channel.SMS,
            Destination.ANY,
            PriceUnit.PART,
            dollars(20_000),
            since,
            null);
    calls
        .transactions()
        .run(() -> {
          calls.prices().set(price, "admin", since);
          calls.ledger().open(scope, dollars(100_000_000), since);
        });
  }

  @Test
  void bringsTheMoneyOfAJobToItsEnd() {
    BulkJob accepted = create(1_203);
    assertThat(accepted.billing())
        .isEqualTo(new JobBilling(dollars(24_020_000), dollars(0), dollars(0), 1_201));
    assertThat(calls.ledger().balance(scope))
        .contains(new Balance(dollars(75_980_000), dollars(24_020_000), dollars(0)));

    dispatch();

    BulkJob ended = find(accepted);
    assertThat(ended.billing())
        .isEqualTo(
            new JobBilling(dollars(24_020_000), dollars(24_000_000), dollars(20_000), 1_201));
    assertThat(calls.ledger().balance(scope))
        .contains(new Balance(dollars(76_000_000), dollars(0), dollars(0)));
    Caller operator = new Caller(scope, Role.OPERATOR, "test", "ZW", "USD");
    assertThat(
            new AuditBulkJob(engine.transactions(), engine.records())
                .handle(new AuditBulkJob.Query(operator, accepted.bulkId().toString()))
                .recount()
                .differences())
        .isEmpty();
  }

  @Test
  void acceptsExactlyAsManyJobsAsTheBalancePaysFor() {
    List<Optional<DomainError>> refusals =
        Background.together(
            200,
            () -> {
              try {
                create(52);
                return Optional.empty();
              } catch (DomainException refused) {
                return Optional.of(refused.error());
              }
            });

    assertThat(refusals).filteredOn(Optional::isEmpty).hasSize(100);
    assertThat(refusals.stream().flatMap(Optional::stream).distinct())
        .containsExactly(new DomainError.NoCredit(dollars(1_000_000), dollars(0), 50, 2));
    assertThat(calls.ledger().balance(scope))
        .contains(new Balance(dollars(0), dollars(100_000_000), dollars(0)));
  }

  @Test
  void carriesAJobFromAcceptanceToItsEnd() {
    BulkJob accepted = create(1_203);
    assertThat(accepted.status()).isEqualTo(JobStatus.PENDING);
    assertThat(accepted.counters().pending()).isEqualTo(1_201);
    assertThat(accepted.counters().rejected()).isEqualTo(2);

    dispatch();

    BulkJob ended = find(accepted);
    assertThat(ended.status()).isEqualTo(JobStatus.PARTIAL);
    assertThat(ended.counters().sent()).isEqualTo(1_200);
    assertThat(ended.counters().failed()).isEqualTo(1);
    assertThat(ended.version()).isGreaterThan(accepted.version());
    assertThat(carrier.taken).hasSize(1_201).doesNotHaveDuplicates();
    assertThat(database.sql().fetchCount(ATTEMPT, ATTEMPT.JOB_ID.eq(accepted.id().value())))
        .isEqualTo(1_201);
    assertThat(
            database
                .sql()
                .fetchCount(
                    MESSAGE_STATUS,
                    MESSAGE_STATUS
                        .JOB_ID
                        .eq(accepted.id().value())
                        .and(MESSAGE_STATUS.STATE.eq("SENT"))))
        .isEqualTo(1_200);
    assertThat(
            database
                .sql()
                .select(OUTBOX.EVENT)
                .from(OUTBOX)
                .where(OUTBOX.JOB_ID.eq(accepted.id().value()))
                .orderBy(OUTBOX.ID)
                .fetch(OUTBOX.EVENT))
        .containsExactly("bulk.started", "bulk.completed");
  }

  @Test
  void listsMessagesByStatusAndReason() {
    BulkJob job = create(1_203);
    dispatch();

    var failed = list(job, new MessageFilter(Set.of(MessageStatus.FAILED), Set.of(), ""));
    assertThat(failed).singleElement().satisfies(this::isTheRefused);
    assertThat(list(job, new MessageFilter(Set.of(), Set.of(Reason.UNKNOWN_DESTINATION), "")))
        .isEqualTo(failed);
    assertThat(list(job, new MessageFilter(Set.of(), Set.of(Reason.DUPLICATE), "")))
        .extracting(message -> message.id().position())
        .containsExactly(1_202);
    assertThat(list(job, new MessageFilter(Set.of(), Set.of(), "ref-7")))
        .extracting(message -> message.id().position())
        .containsExactly(7);
    assertThat(calls.messages().find(scope, failed.getFirst().id())).contains(failed.getFirst());
  }

  private void isTheRefused(Message message) {
    assertThat(message.id().position()).isEqualTo(600);
    assertThat(message.reason()).isEqualTo(Reason.UNKNOWN_DESTINATION);
    assertThat(message.detail()).isEqualTo("no such number");
    assertThat(message.attempts()).isEqualTo(1);
  }

  @Test
  void settlesWhenTheLastReceiptIsIn() {
    BulkJob job = create(3);
    dispatch();
    List<Receipt> receipts = new ArrayList<>();
    for (OutboundMessage message : carrier.messages) {
      receipts.add(receipt(message.ref()));
    }
    assertThat(find(job).life().settledAt()).isNull();

    assertThat(sweeping.receipts(receipts)).isEqualTo(1);

    assertThat(find(job).counters().delivered()).isEqualTo(1);
    assertThat(find(job).life().settledAt()).isNotNull();
  }

  @Test
  void cancelsWhatWaits() {
    BulkJob job = create(1_203);
    CancelBulkJob cancel =
        new CancelBulkJob(
            new Steering(
                new Idempotency(calls.transactions(), calls.keys(), InstantSource.system()),
                calls.jobs(),
                database.database().feed(),
                InstantSource.system()),
            calls.chunks(),
            sweeping,
            new JobLife(calls.jobs(), calls.outbox()));

    CancelBulkJob.Result result =
        cancel.handle(new CancelBulkJob.Command(caller(), job.bulkId().toString(), ""));

    assertThat(result.job().status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(result.cancelled()).isEqualTo(1_201);
    assertThat(result.handedOver()).isZero();
  }

  private static Receipt receipt(MessageRef ref) {
    return new Receipt(ref, ReceiptKind.DELIVERED, null, "", CARRIER, "", Instant.now());
  }

  private List<Message> list(BulkJob job, MessageFilter filter) {
    var page = calls.messages().list(scope, job.bulkId(), filter, PageRequest.first());
    assertThat(page).isPresent();
    assertThat(page.get().totalSize()).isEqualTo(page.get().items().size());
    return page.get().items();
  }

  private BulkJob find(BulkJob job) {
    return calls.jobs().find(scope, job.bulkId()).orElseThrow();
  }

  private void dispatch() {
    PlainWorker worker =
        new PlainWorker(
            settling, engine.jobs(), carrier, InstantSource.system(), Duration.ofSeconds(20));
    while (worker.workOnce(new WorkerId("only"))) {
      assertThat(carrier.taken.size()).isLessThan(10_000);
    }
  }

  /// All good but for the last two: an invalid number and a duplicate; that at 600 is refused.
  private BulkJob create(int size) {
    CreateBulkJob create =
        new CreateBulkJob(
            new Idempotency(calls.transactions(), calls.keys(), InstantSource.system()),
            new CreateBulkJob.Store(
                calls.jobs(), calls.chunks(), calls.messages(), calls.uploads()),
            new CreateBulkJob.Knowledge(
                new AnyNumber(),
                calls.suppressions(),
                calls.history(),
                calls.audiences(),
                carrier,
                new Scripts(calls.templates(), new PlainTemplating(), Limits.DEFAULTS.content()),
                new Charging(
                    calls.prices(),
                    calls.ledger(),
                    calls.outbox(),
                    new AnyNumber(),
                    BillingSettings.DEFAULTS),
                new SubmissionQuotas(calls.quotas(), QuotaDefaults.NONE, InstantSource.system())),
            database.database().feed(),
            new Uuid7Ids(),
            InstantSource.system(),
            Limits.DEFAULTS);
    List<CreateBulkJob.Entry> entries = new ArrayList<>();
    for (int i = 0; i < size - 2; i++) {
      entries.add(
          new CreateBulkJob.Entry(
              "+26377" + (1_000_000 + i), "ref-" + i, PersonalContent.ofText("Hello " + i)));
    }
    entries.add(new CreateBulkJob.Entry("nonsense", "", PersonalContent.ofText("Hello")));
    entries.add(entries.getFirst());
    return create
        .handle(
            new CreateBulkJob.Command(
                caller(),
                "",
                "",
                new RequestedContent.Given(new SmsContent("", ""), Composition.PLAIN),
                new Audience.Listed("entries", entries),
                "",
                null,
                OptionalLong.empty(),
                "ZW",
                Priority.NORMAL,
                DuplicatePolicy.BY_CONTENT,
                Map.of(),
                ToldStatuses.NONE,
                RequestedPlan.NONE,
                null))
        .job();
  }

  private static Money dollars(long micros) {
    return new Money("USD", micros);
  }

  private Caller caller() {
    return new Caller(scope, Role.USER, "test", "ZW", "USD");
  }

  private static final class AnyNumber implements Numbering {
    @Override
    public Optional<PhoneNumber> parse(String text, String region) {
      return text.startsWith("+") ? Optional.of(new PhoneNumber(text)) : Optional.empty();
    }

    @Override
    public String network(PhoneNumber number) {
      return "";
    }

    @Override
    public String country(PhoneNumber number) {
      return "";
    }

    @Override
    public List<ZoneId> timeZones(PhoneNumber number) {
      return List.of();
    }
  }

  /// Takes everything but the 600th, and is every carrier.
  private static final class AnswersAtOnce implements Carrier, Carriers {
    private final List<Integer> taken = new ArrayList<>();
    private final List<OutboundMessage> messages = new ArrayList<>();

    @Override
    public CarrierId id() {
      return CARRIER;
    }

    @Override
    public Set<Channel> channels() {
      return Set.of(Channel.values());
    }

    @Override
    public int window() {
      return 100;
    }

    @Override
    public Duration answerTimeout() {
      return Duration.ofSeconds(10);
    }

    @Override
    public void submit(List<OutboundMessage> batch, HandOver handOver) {
      for (OutboundMessage message : batch) {
        taken.add(message.ref().position());
        messages.add(message);
        handOver.answer(message, answer(message));
      }
    }

    private static DispatchOutcome answer(OutboundMessage message) {
      return message.ref().position() == 600
          ? new DispatchOutcome.Rejected(Reason.UNKNOWN_DESTINATION, "no such number")
          : new DispatchOutcome.Accepted("id-" + message.ref());
    }

    @Override
    public ChannelRoutes routes(Scope scope, Channel channel) {
      return ChannelRoutes.only(CARRIER, channel);
    }

    @Override
    public List<Carrier> all() {
      return List.of(this);
    }

    @Override
    public Optional<Carrier> byId(CarrierId id) {
      return Optional.of(this);
    }
  }
}
