package dev.carillon.application.recipient;

import static dev.carillon.application.recipient.Contacts.paths;
import static dev.carillon.application.recipient.Contacts.refused;
import static dev.carillon.application.recipient.Draft.jane;
import static dev.carillon.application.recipient.Draft.nothing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.application.fixture.Submission;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.recipient.AddressPolicy;
import dev.carillon.domain.recipient.Recipient;
import dev.carillon.domain.recipient.RecipientField;
import dev.carillon.domain.recipient.RecipientImport;
import dev.carillon.domain.recipient.RecipientImport.Counts;
import dev.carillon.domain.recipient.RecipientMatch;
import dev.carillon.domain.recipient.RecipientViolation;
import dev.carillon.domain.recipient.RefusedRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImportRecipientsTest {
  private static final String NAME = "march";

  private Contacts contacts = new Contacts(AddressPolicy.SHARED);

  @Test
  void makesChangesAndLeavesAloneAndTellsHowMany() {
    contacts.create(jane().sms("0771234501").reference("a").notes("kept"));
    contacts.create(jane().sms("0771234502").reference("b"));

    RecipientImport after =
        take(
            1,
            jane().named("Ann", "Smith").sms("0771234501").reference("a"),
            jane().sms("0771234502").reference("b"),
            jane().sms("0771234503").reference("c"));

    assertThat(after.counts()).isEqualTo(new Counts(1, 1, 1, 0));
    assertThat(after.nextSequence()).isEqualTo(2);
    assertThat(contacts.all())
        .extracting(Recipient::firstName)
        .containsExactly("Ann", "Jane", "Jane");
    assertThat(contacts.all().getFirst().notes()).isEqualTo("kept");
    assertThat(contacts.all()).extracting(Recipient::version).containsExactly(2L, 1L, 1L);
    assertThat(refusedRows()).isEmpty();
  }

  @Test
  void leavesBadRowsOutAndSaysWhereTheyAreAndWhatIsWrong() {
    take(1, jane().sms("0771234501").reference("a"), jane().sms("12").reference("b"));

    RecipientImport after =
        take(
            2,
            jane().sms("0771234503").reference("c"),
            jane().sms("0771234504"),
            jane().named("", "").reference("e").country("XX").sms("0771234505"));

    assertThat(after.counts()).isEqualTo(new Counts(2, 0, 0, 3));
    assertThat(refusedRows())
        .extracting(RefusedRow::row, RefusedRow::sequence, RefusedRow::index)
        .containsExactly(tuple(1L, 1L, 1), tuple(3L, 2L, 1), tuple(4L, 2L, 2));
    assertThat(refusedRows())
        .extracting(row -> row.violations().stream().map(RecipientViolation::field).toList())
        .containsExactly(List.of("sms_phone"), List.of("reference"), List.of("country"));
  }

  @Test
  void takesAChunkOnceAndInItsTurnOnly() {
    RecipientImport once = take(1, jane().sms("0771234501").reference("a"));
    RecipientImport again = take(1, jane().sms("0771234501").reference("a"));

    assertThat(again).isEqualTo(once);
    assertThat(contacts.all()).hasSize(1);
    assertThat(refused(() -> take(3, jane().sms("0771234501").reference("a"))))
        .isEqualTo(new DomainError.SequenceGap(NAME, 2, 3));
    assertThat(refused(() -> contacts.imports.handle(command("new", 2, RecipientMatch.EMAIL))))
        .isEqualTo(new DomainError.SequenceGap("new", 1, 2));
    assertThat(
            refused(() ->
                contacts.getImport.handle(new GetRecipientImport.Query(contacts.caller, "new"))))
        .isEqualTo(new DomainError.NotFound(DomainError.NotFound.Kind.RECIPIENT_IMPORT, "new"));
    assertThat(standing()).isEqualTo(once);
  }

  @Test
  void refusesAnotherChunkUnderANumberThatWasTaken() {
    Draft first = jane().sms("0771234501").reference("a");
    take(1, first);
    RecipientImport standing = take(2, jane().sms("0771234502").reference("b"));

    for (Draft other : List.of(jane().sms("0771234599").reference("z"), first.tags("vip"))) {
      assertThat(refused(() -> take(1, other))).isEqualTo(new DomainError.SequenceReused(NAME, 1));
      assertThat(refused(() -> take(2, other))).isEqualTo(new DomainError.SequenceReused(NAME, 2));
    }
    assertThat(refused(() -> take(1))).isEqualTo(new DomainError.SequenceReused(NAME, 1));
    assertThat(
            refused(() ->
                contacts.imports.handle(
                    new ImportRecipients.Command(
                        contacts.caller,
                        NAME,
                        2,
                        RecipientMatch.REFERENCE,
                        "ZA",
                        List.of(jane().sms("0771234502").reference("b").row())))))
        .isEqualTo(new DomainError.SequenceReused(NAME, 2));
    assertThat(standing()).isEqualTo(standing);
    assertThat(contacts.all()).extracting(Recipient::reference).containsExactly("a", "b");
  }

  @ParameterizedTest
  @EnumSource(RecipientMatch.class)
  void leavesOutOnlyTheRowWhoseReferenceNobodyCanHave(RecipientMatch match) {
    Draft good = jane().email("a@example.com").sms("0771234501").whatsApp("0771234501");
    Draft bad = jane().email("b@example.com").sms("0771234502").whatsApp("0771234502");

    RecipientImport after =
        contacts.imports.handle(
            command(NAME, 1, match, bad.reference("b\0b"), good.reference("a")));

    assertThat(after.counts()).isEqualTo(new Counts(1, 0, 0, 1));
    assertThat(refusedRows().getFirst().violations())
        .extracting(RecipientViolation::field)
        .containsExactly("reference");
  }

  @Test
  void passesReferencesFromOneToTheNextInTheOrderOfTheRows() {
    contacts.create(jane().email("a@example.com").reference("x"));
    contacts.create(jane().email("b@example.com").reference("y"));

    RecipientImport after =
        contacts.imports.handle(
            command(
                NAME,
                1,
                RecipientMatch.EMAIL,
                nothing().email("b@example.com").reference("z"),
                nothing().email("a@example.com").reference("y"),
                jane().email("c@example.com").reference("x")));

    assertThat(after.counts()).isEqualTo(new Counts(1, 2, 0, 0));
    assertThat(contacts.all()).extracting(Recipient::reference).containsExactly("y", "z", "x");
    assertThat(contacts.all()).extracting(Recipient::version).containsExactly(2L, 2L, 1L);
  }

  @Test
  void letsTwoExchangeTheirReferences() {
    contacts.create(jane().email("a@example.com").reference("x"));
    contacts.create(jane().email("b@example.com").reference("y"));

    contacts.imports.handle(
        command(
            NAME,
            1,
            RecipientMatch.EMAIL,
            nothing().email("a@example.com").reference("between"),
            nothing().email("b@example.com").reference("x"),
            nothing().email("a@example.com").reference("y")));

    assertThat(contacts.all()).extracting(Recipient::reference).containsExactly("y", "x");
  }

  @Test
  void storesNothingOfAChunkThatFails() {
    take(1, jane().sms("0771234501").reference("a"));
    contacts.store.setUnavailable(true);
    assertThat(refused(() -> take(2, jane().sms("0771234502").reference("b"))))
        .isInstanceOf(DomainError.StoreUnavailable.class);
    contacts.store.setUnavailable(false);

    assertThat(standing().nextSequence()).isEqualTo(2);
    assertThat(contacts.all()).hasSize(1);
    assertThat(take(2, jane().sms("0771234502").reference("b")).counts())
        .isEqualTo(new Counts(2, 0, 0, 0));
  }

  @Test
  void takesAChunkOnceWhoseAnswerWasLost() {
    contacts.store.loseNextAnswer();
    assertThat(refused(() -> take(1, jane().sms("0771234501").reference("a"))))
        .isInstanceOf(DomainError.StoreUnavailable.class);

    assertThat(take(1, jane().sms("0771234501").reference("a")).counts())
        .isEqualTo(new Counts(1, 0, 0, 0));
    assertThat(contacts.all()).hasSize(1);
  }

  @Test
  void keepsWhatAnImportMatchesBy() {
    take(1, jane().sms("0771234501").reference("a"));

    assertThat(paths(() -> contacts.imports.handle(command(NAME, 2, RecipientMatch.EMAIL))))
        .containsExactly("match_by");
  }

  @Test
  void keepsImportsOfOthersApart() {
    take(1, jane().sms("0771234501").reference("a"));
    ImportRecipients.Command strangers =
        new ImportRecipients.Command(
            Submission.callerOf(contacts.store.newScope()),
            NAME,
            1,
            RecipientMatch.REFERENCE,
            "ZW",
            List.of(jane().sms("0771234501").reference("a").row()));

    assertThat(contacts.imports.handle(strangers).counts()).isEqualTo(new Counts(1, 0, 0, 0));
    assertThat(contacts.all()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(RecipientMatch.class)
  void changesWhoIsMatched(RecipientMatch match) {
    Draft known =
        jane().email("a@example.com").sms("0771234501").whatsApp("0771234502").reference("a");
    Recipient before = contacts.create(known);

    RecipientImport after =
        contacts.imports.handle(
            new ImportRecipients.Command(
                contacts.caller, NAME, 1, match, "ZW", List.of(known.named("Ann", "Brown").row())));

    assertThat(after.counts()).isEqualTo(new Counts(0, 1, 0, 0));
    assertThat(contacts.all())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.id()).isEqualTo(before.id());
          assertThat(one.lastName()).isEqualTo("Brown");
        });
  }

  @Test
  void changesTheFieldsOfTheMaskAloneAndEmptiesThem() {
    contacts.create(jane().sms("0771234501").email("a@example.com").reference("a").notes("old"));

    contacts.imports.handle(
        new ImportRecipients.Command(
            contacts.caller,
            NAME,
            1,
            RecipientMatch.REFERENCE,
            "ZW",
            List.of(
                new ImportRecipients.Row(
                    nothing().named("Ann", "").reference("a").build(),
                    Set.of(RecipientField.NOTES, RecipientField.EMAIL)))));

    Recipient after = contacts.all().getFirst();
    assertThat(after.firstName()).isEqualTo("Jane");
    assertThat(after.notes()).isEmpty();
    assertThat(after.email()).isNull();
  }

  @Test
  void letsALaterRowSeeWhatAnEarlierOneDid() {
    RecipientImport after =
        take(
            1,
            jane().sms("0771234501").reference("a"),
            nothing().reference("a").notes("x"),
            jane().sms("0771234501").reference("a").notes("x"));

    assertThat(after.counts()).isEqualTo(new Counts(1, 1, 1, 0));
    assertThat(contacts.all())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.notes()).isEqualTo("x");
          assertThat(one.version()).isEqualTo(1);
        });
  }

  @Test
  void leavesOutWhoCannotBeToldApartAndWhoTakesWhatIsAnothers() {
    contacts.create(jane().email("a@example.com"));
    contacts.create(jane().email("a@example.com"));
    contacts.create(jane().email("b@example.com").reference("b"));
    contacts.create(jane().email("c@example.com").reference("c"));

    RecipientImport after =
        contacts.imports.handle(
            command(
                NAME,
                1,
                RecipientMatch.EMAIL,
                jane().email("a@example.com"),
                jane().email("b@example.com").reference("c"),
                jane().email("d@example.com").reference("b")));

    assertThat(after.counts()).isEqualTo(new Counts(0, 0, 0, 3));
    assertThat(refusedRows())
        .extracting(row -> row.violations().getFirst().field())
        .containsExactly("email", "reference", "reference");
  }

  @Test
  void keepsAddressesUniqueWhereThePolicySaysSo() {
    contacts = new Contacts(AddressPolicy.UNIQUE);
    contacts.create(jane().sms("0771234501").reference("a"));

    RecipientImport after =
        take(
            1,
            jane().sms("0771234501").reference("b"),
            jane().sms("0771234502").reference("a"),
            jane().sms("0771234501").reference("c"),
            jane().sms("0771234501").reference("d"));

    assertThat(after.counts()).isEqualTo(new Counts(1, 1, 0, 2));
    assertThat(refusedRows()).extracting(RefusedRow::index).containsExactly(0, 3);
    assertThat(contacts.all()).extracting(Recipient::reference).containsExactlyInAnyOrder("a", "c");
  }

  @Test
  void changesNothingWhenTheSameComesAgain() {
    List<ImportRecipients.Row> rows = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      rows.add(
          jane()
              .sms(String.format(Locale.ROOT, "077%07d", i))
              .email(i + "@example.com")
              .reference("r" + i)
              .tags("t" + i % 3)
              .row());
    }
    RecipientImport first = contacts.imports.handle(command("one", rows));
    List<Recipient> before = contacts.all();
    RecipientImport second = contacts.imports.handle(command("two", rows));

    assertThat(first.counts()).isEqualTo(new Counts(300, 0, 0, 0));
    assertThat(second.counts()).isEqualTo(new Counts(0, 0, 300, 0));
    assertThat(contacts.all()).isEqualTo(before);
  }

  @Test
  void refusesAChunkThatIsTooLarge() {
    List<ImportRecipients.Row> rows =
        Collections.nCopies(ImportRecipients.MOST_ROWS + 1, jane().row());

    assertThat(paths(() -> contacts.imports.handle(command(NAME, rows))))
        .containsExactly("recipients");
  }

  @Test
  void comesToTheSameAsRowsTakenOneByOne() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<String, String> model = new HashMap<>();
    long sequence = 1;
    for (int chunk = 0; chunk < 30; chunk++) {
      List<ImportRecipients.Row> rows = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String reference = "r" + random.nextInt(40);
        String notes = "n" + random.nextInt(3);
        boolean bad = random.nextInt(10) == 0;
        rows.add(jane().sms(bad ? "12" : "0771234567").reference(reference).notes(notes).row());
        if (!bad) {
          model.put(reference, notes);
        }
      }
      contacts.imports.handle(
          new ImportRecipients.Command(
              contacts.caller, NAME, sequence++, RecipientMatch.REFERENCE, "ZW", rows));
    }

    Map<String, String> stored = new HashMap<>();
    contacts.all().forEach(one -> stored.put(one.reference(), one.notes()));
    assertThat(stored).as("seed %d", seed).isEqualTo(model);
    assertThat(standing().counts().total()).as("seed %d", seed).isEqualTo(600);
    assertThat(standing().counts().created()).as("seed %d", seed).isEqualTo(model.size());
  }

  private RecipientImport take(long sequence, Draft... rows) {
    return contacts.imports.handle(command(NAME, sequence, RecipientMatch.REFERENCE, rows));
  }

  private RecipientImport standing() {
    return contacts.getImport.handle(new GetRecipientImport.Query(contacts.caller, NAME));
  }

  private List<RefusedRow> refusedRows() {
    return contacts
        .listRefused
        .handle(
            new ListRefusedRows.Query(
                contacts.caller, NAME, new PageRequest(1_000, 0, OptionalLong.empty())))
        .items();
  }

  private ImportRecipients.Command command(
      String name, long sequence, RecipientMatch match, Draft... rows) {
    return new ImportRecipients.Command(
        contacts.caller,
        name,
        sequence,
        match,
        "ZW",
        List.of(rows).stream().map(Draft::row).toList());
  }

  private ImportRecipients.Command command(String name, List<ImportRecipients.Row> rows) {
    return new ImportRecipients.Command(
        contacts.caller, name, 1, RecipientMatch.REFERENCE, "ZW", rows);
  }
}
