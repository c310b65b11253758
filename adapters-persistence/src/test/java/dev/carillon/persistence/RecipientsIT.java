package dev.carillon.persistence;

import static dev.carillon.persistence.schema.Tables.RECIPIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.application.Idempotency;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.fixture.Contact;
import dev.carillon.application.fixture.PlainNumbering;
import dev.carillon.application.fixture.Submission;
import dev.carillon.application.port.NewRecipient;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.RecipientCursor;
import dev.carillon.application.port.RecipientFilter;
import dev.carillon.application.port.RecipientOrder;
import dev.carillon.application.port.RecipientPage;
import dev.carillon.application.port.RecipientPageRequest;
import dev.carillon.application.recipient.CreateRecipient;
import dev.carillon.application.recipient.ImportRecipients;
import dev.carillon.application.recipient.RecipientDraft;
import dev.carillon.application.recipient.RecipientReader;
import dev.carillon.application.recipient.Uniqueness;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.recipient.AddressPolicy;
import dev.carillon.domain.recipient.Recipient;
import dev.carillon.domain.recipient.RecipientField;
import dev.carillon.domain.recipient.RecipientImport;
import dev.carillon.domain.recipient.RecipientImport.Counts;
import dev.carillon.domain.recipient.RecipientMatch;
import dev.carillon.domain.recipient.RefusedRow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// Stored recipients on PostgreSQL, from the use cases down, and by which indexes they are found.
@TestInstance(Lifecycle.PER_CLASS)
class RecipientsIT {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final int PER_CHUNK = 2_000;

  @AutoClose private final TestDatabase database = TestDatabase.create(CLOCK);
  private final RecipientReader reader = new RecipientReader(new PlainNumbering());
  private Scope scope = database.newScope();
  private Stores stores = database.storesOf(scope);

  @BeforeEach
  void takeANewBusiness() {
    scope = database.newScope();
    stores = database.storesOf(scope);
  }

  @Test
  void importsEveryGoodRowOnceAndReportsEveryBadOne() {
    int rows = 10_000;
    RecipientImport first = importAll("one", rows);
    RecipientImport second = importAll("two", rows);

    assertThat(first.counts()).isEqualTo(new Counts(9_900, 0, 0, 100));
    assertThat(second.counts()).isEqualTo(new Counts(0, 0, 9_900, 100));
    List<RefusedRow> refused =
        stores
            .imports()
            .refused(scope, "one", new PageRequest(1_000, 0, OptionalLong.empty()))
            .orElseThrow()
            .items();
    assertThat(refused)
        .extracting(RefusedRow::row)
        .isEqualTo(IntStream.range(0, 100).mapToObj(i -> i * 100L + 7).toList());
    assertThat(total()).isEqualTo(9_900);
    assertThat(all(RecipientOrder.DEFAULT)).hasSize(9_900);
  }

  @Test
  void takesEachChunkOnceHoweverManyStreamsSendIt() {
    List<RecipientImport> seen =
        Background.together(
            4,
            () -> {
              RecipientImport standing =
                  RecipientImport.begin("race", RecipientMatch.REFERENCE, NOW);
              for (int chunk = 1; chunk <= 5; chunk++) {
                standing =
                    imports(AddressPolicy.SHARED)
                        .handle(command("race", chunk, RecipientMatch.REFERENCE, rows(chunk, 200)));
              }
              return standing;
            });

    RecipientImport last = stores.imports().find(scope, "race").orElseThrow();
    assertThat(seen).contains(last);
    assertThat(last.nextSequence()).isEqualTo(6);
    assertThat(last.counts()).isEqualTo(new Counts(990, 0, 0, 10));
    assertThat(total()).isEqualTo(990);
  }

  @Test
  void leavesOutOnlyTheRowWhoseReferenceCannotBeStored() {
    List<ImportRecipients.Row> rows = new ArrayList<>(rows(0, 2));
    rows.add(new ImportRecipients.Row(draft("0771234567", "a\0b"), RecipientField.ALL));

    assertThat(
            imports(AddressPolicy.SHARED)
                .handle(command("nul", 1, RecipientMatch.REFERENCE, rows))
                .counts())
        .isEqualTo(new Counts(2, 0, 0, 1));
    assertThat(total()).isEqualTo(2);
  }

  @Test
  void passesReferencesOnAndRoundWithinAChunk() {
    ImportRecipients imports = imports(AddressPolicy.SHARED);
    imports.handle(
        command(
            "before",
            1,
            RecipientMatch.SMS_PHONE,
            referred("0771000001", "x", "0771000002", "y", "0771000003", "u", "0771000004", "v")));

    RecipientImport after =
        imports.handle(
            command(
                "after",
                1,
                RecipientMatch.SMS_PHONE,
                referred(
                    "0771000002",
                    "z",
                    "0771000001",
                    "y",
                    "0771000003",
                    "between",
                    "0771000004",
                    "u",
                    "0771000003",
                    "v")));

    assertThat(after.counts()).isEqualTo(new Counts(0, 5, 0, 0));
    assertThat(all(RecipientOrder.DEFAULT))
        .extracting(one -> Objects.requireNonNull(one.smsPhone()).value(), Recipient::reference)
        .containsExactlyInAnyOrder(
            tuple("+263771000001", "y"),
            tuple("+263771000002", "z"),
            tuple("+263771000003", "v"),
            tuple("+263771000004", "u"));
    assertThat(all(RecipientOrder.DEFAULT)).allMatch(one -> one.version() == 2);
  }

  @Test
  void keepsAddressesUniqueHoweverManyWrite() {
    AtomicInteger taken = new AtomicInteger();
    Background.together(
        8,
        () -> {
          for (int i = 0; i < 10; i++) {
            if (!created(AddressPolicy.UNIQUE, draft("077500000" + i, ""))) {
              taken.incrementAndGet();
            }
          }
          return true;
        });

    assertThat(total()).isEqualTo(10);
    assertThat(taken).hasValue(70);
  }

  @Test
  void keepsReferencesUniqueBetweenImportsAndSingleCalls() {
    Background<RecipientImport> imported =
        Background.start(() -> importAll("beside", 2 * PER_CHUNK));
    AtomicInteger made = new AtomicInteger();
    Background.together(
        4,
        () -> {
          for (int i = 0; i < 2 * PER_CHUNK; i += 97) {
            if (created(AddressPolicy.SHARED, draft("0779999999", "crm-" + i))) {
              made.incrementAndGet();
            }
          }
          return true;
        });

    Counts counts = imported.result().counts();
    assertThat(counts.total()).isEqualTo(2 * PER_CHUNK);
    assertThat(total()).isEqualTo(counts.created() + made.get());
    assertThat(all(RecipientOrder.DEFAULT))
        .extracting(Recipient::reference)
        .doesNotHaveDuplicates();
  }

  @Test
  void findsTagsOfATenantByAnIndexWhateverOthersHave() {
    Scope other = database.newScope();
    storeTagged(other, 20_000, "vip");
    storeTagged(scope, 2_000, "plain");
    storeTagged(scope, 30, "vip");
    database.sql().execute("ANALYZE recipient");

    DSLContext sql = database.callsOf(scope).sql();
    String plan =
        sql.explain(
                sql.select(RECIPIENT.ID)
                    .from(TagConditions.RECIPIENTS)
                    .where(TagConditions.carryAll(scope, Set.of("vip")))
                    .orderBy(RECIPIENT.ID)
                    .limit(51))
            .plan();

    System.out.println("a filter by tags:" + System.lineSeparator() + plan);
    assertThat(plan).contains("Bitmap Index Scan on recipient_tags").doesNotContain("Seq Scan");
    assertThat(
            stores
                .recipients()
                .list(
                    scope,
                    new RecipientFilter(Set.of("vip"), "", null, null, null),
                    RecipientPageRequest.first())
                .totalSize())
        .isEqualTo(30);
  }

  @Test
  void readsEveryPageOfEveryOrderFromAnIndex() {
    storeTagged(scope, 20_000, "plain");
    database.sql().execute("ANALYZE recipient");
    for (RecipientOrder.By by : RecipientOrder.By.values()) {
      RecipientOrder order = new RecipientOrder(by, true);
      RecipientPage first =
          stores
              .recipients()
              .list(scope, RecipientFilter.ALL, new RecipientPageRequest(order, 50, 9_000, null));
      RecipientPage second =
          stores
              .recipients()
              .list(
                  scope, RecipientFilter.ALL, new RecipientPageRequest(order, 50, 0, first.next()));
      assertThat(second.items()).hasSize(50).doesNotContainAnyElementsOf(first.items());
      assertThat(second.totalSize()).isEqualTo(20_000);
    }
    assertThat(plan("id > 10", "id")).contains("recipient").doesNotContain("Seq Scan", "Sort");
    for (String column : List.of("created_at", "updated_at", "last_name")) {
      String value = column.equals("last_name") ? "'N'" : "'2026-01-01'";
      assertThat(plan("(" + column + ", id) < (" + value + ", 10)", column + " DESC, id DESC"))
          .doesNotContain("Seq Scan", "Sort");
    }
  }

  private String plan(String after, String order) {
    return database
        .callsOf(scope)
        .sql()
        .fetch(
            "EXPLAIN SELECT * FROM recipient WHERE business_id = "
                + scope.business().value()
                + " AND environment = 'LIVE' AND "
                + after
                + " ORDER BY "
                + order
                + " LIMIT 51")
        .format(100);
  }

  private void storeTagged(Scope owner, int count, String tag) {
    List<NewRecipient> recipients =
        IntStream.range(0, count)
            .mapToObj(i ->
                new NewRecipient(
                    UUID.randomUUID(), Contact.named("N" + i % 50).tagged(tag).details()))
            .toList();
    Stores owners = database.storesOf(owner);
    owners.transactions().run(() -> owners.recipients().insertAll(owner, recipients, NOW));
  }

  private RecipientImport importAll(String name, int count) {
    RecipientImport standing = RecipientImport.begin(name, RecipientMatch.REFERENCE, NOW);
    for (int chunk = 0; chunk * PER_CHUNK < count; chunk++) {
      standing =
          imports(AddressPolicy.SHARED)
              .handle(command(name, chunk + 1, RecipientMatch.REFERENCE, rows(chunk, PER_CHUNK)));
    }
    return standing;
  }

  private boolean created(AddressPolicy policy, RecipientDraft draft) {
    CreateRecipient create =
        new CreateRecipient(
            new Idempotency(stores.transactions(), stores.keys(), CLOCK),
            stores.recipients(),
            reader,
            new Uniqueness(stores.recipients(), policy),
            new Uuid7Ids(),
            CLOCK);
    try {
      Recipient made =
          create.handle(new CreateRecipient.Command(Submission.callerOf(scope), "", draft, "ZW"));
      return made.version() == 1;
    } catch (DomainException refused) {
      assertThat(refused.error()).isInstanceOf(DomainError.AlreadyExists.class);
      return false;
    }
  }

  private ImportRecipients imports(AddressPolicy policy) {
    return new ImportRecipients(
        new ImportRecipients.Store(stores.transactions(), stores.recipients(), stores.imports()),
        reader,
        new Uniqueness(stores.recipients(), policy),
        new Uuid7Ids(),
        CLOCK);
  }

  private ImportRecipients.Command command(
      String name, long sequence, RecipientMatch match, List<ImportRecipients.Row> rows) {
    return new ImportRecipients.Command(
        Submission.callerOf(scope), name, sequence, match, "ZW", rows);
  }

  /// Rows of which every hundredth, from the eighth on, has no number that could be.
  private static List<ImportRecipients.Row> rows(int chunk, int count) {
    return IntStream.range(chunk * count, (chunk + 1) * count)
        .mapToObj(i ->
            new ImportRecipients.Row(
                draft(i % 100 == 7 ? "12" : String.format(Locale.ROOT, "077%07d", i), "crm-" + i),
                RecipientField.ALL))
        .toList();
  }

  private static List<ImportRecipients.Row> referred(String... phonesAndReferences) {
    List<ImportRecipients.Row> rows = new ArrayList<>();
    for (int i = 0; i < phonesAndReferences.length; i += 2) {
      rows.add(
          new ImportRecipients.Row(
              draft(phonesAndReferences[i], phonesAndReferences[i + 1]), RecipientField.ALL));
    }
    return rows;
  }

  private static RecipientDraft draft(String phone, String reference) {
    return new RecipientDraft(
        "Jane", "Smith", "", phone, "", "", "", "", "", "", List.of("march"), "", reference);
  }

  private long total() {
    return stores
        .recipients()
        .list(scope, RecipientFilter.ALL, RecipientPageRequest.first())
        .totalSize();
  }

  private List<Recipient> all(RecipientOrder order) {
    List<Recipient> all = new ArrayList<>();
    RecipientCursor cursor = null;
    do {
      RecipientPage page =
          stores
              .recipients()
              .list(scope, RecipientFilter.ALL, new RecipientPageRequest(order, 1_000, 0, cursor));
      all.addAll(page.items());
      cursor = page.next();
    } while (cursor != null);
    return all;
  }
}
