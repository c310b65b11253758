package dev.carillon.application.keeping;

import static dev.carillon.application.fixture.JobFixture.CREATED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.memory.InMemoryWitness;
import dev.carillon.application.port.HistoryNotes;
import dev.carillon.application.port.StoreWitness.History;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GuardDispatchTest {
  private static final History NOW = new History("7001", 1, 500);

  private final House house = new House(ScriptedCarrier.withWindow(1));
  private final InMemoryWitness witness = house.store.witness();
  private final Notes notes = new Notes();
  private final GuardDispatch guard =
      new GuardDispatch(witness, house.store.events(), notes, house.clock);

  @Test
  void theVeryFirstStartConfirmsItself() {
    witness.become(NOW);
    witness.stand(false, null);

    assertThat(guard.handle()).isZero();

    assertThat(witness.read().on()).isTrue();
    assertThat(witness.read().confirmed()).isEqualTo(NOW);
  }

  @Test
  void leavesDispatchOnWhileTheLogGrows() {
    confirmed();
    for (int position = 500; position < 510; position++) {
      witness.become(new History("7001", 1, position));
      assertThat(guard.handle()).isZero();
    }

    assertThat(witness.read().on()).isTrue();
  }

  @Test
  void anotherTimelineThanTheConfirmedOneSwitchesDispatchOff() {
    confirmed();
    witness.become(new History("7001", 2, 900));

    assertThat(guard.handle()).isEqualTo(1);

    assertThat(witness.read().on()).isFalse();
    assertThat(witness.read().reason()).contains("timeline 2").contains("1");
    assertThat(guard.handle()).isZero();
  }

  @Test
  void anotherServerThanTheConfirmedOneSwitchesDispatchOff() {
    confirmed();
    witness.become(new History("8002", 1, 900));

    assertThat(guard.handle()).isEqualTo(1);
    assertThat(witness.read().reason()).contains("another database server");
  }

  @Test
  void aServerThatDoesNotTellWhichItIsIsNoEvidence() {
    confirmed();
    witness.become(new History("", 1, 900));

    assertThat(guard.handle()).isZero();
  }

  @Test
  void aLogThatHasComeLessFarThanThisNodeSawSwitchesDispatchOff() {
    confirmed();
    witness.become(new History("7001", 1, 800));
    guard.handle();
    witness.become(new History("7001", 1, 700));

    assertThat(house.store.events().newest()).isZero();
    assertThat(guard.handle()).isEqualTo(1);
    assertThat(witness.read().reason()).contains("set back");
    assertThat(house.store.events().newest()).as("numbers left out").isGreaterThan(100_000_000);
  }

  @Test
  void aLogThatHasComeLessFarThanWasNotedOutsideSwitchesDispatchOffAtTheStart() {
    confirmed();
    notes.note = new HistoryNotes.Note(new History("7001", 1, 800), CREATED.plusSeconds(1));
    witness.become(new History("7001", 1, 700));

    assertThat(guard.handle()).isEqualTo(1);
    assertThat(witness.read().on()).isFalse();
  }

  @Test
  void notesWhatItSees() {
    confirmed();
    house.pass(Duration.ofSeconds(3));

    guard.handle();

    assertThat(notes.note).isEqualTo(new HistoryNotes.Note(NOW, CREATED.plusSeconds(3)));
  }

  @Test
  void whatWasNotedBeforeTheConfirmationSaysNothingAnyMore() {
    witness.become(NOW);
    notes.note = new HistoryNotes.Note(new History("7001", 1, 800), CREATED);
    house.pass(Duration.ofSeconds(1));
    witness.confirm(NOW, "key-1", house.clock.instant());

    assertThat(guard.handle()).isZero();
    assertThat(witness.read().on()).isTrue();
  }

  @Test
  void goesOnOnceAnOperatorHasConfirmedTheNewHistory() {
    confirmed();
    History promoted = new History("7001", 2, 900);
    witness.become(promoted);
    guard.handle();
    house.pass(Duration.ofSeconds(1));
    witness.confirm(promoted, "key-1", house.clock.instant());
    house.pass(Duration.ofSeconds(1));

    assertThat(guard.handle()).isZero();
    assertThat(witness.read().on()).isTrue();
  }

  private void confirmed() {
    witness.become(NOW);
    witness.confirm(NOW, "first start", CREATED);
  }

  private static final class Notes implements HistoryNotes {
    private @Nullable Note note;

    @Override
    public Optional<Note> read() {
      return Optional.ofNullable(note);
    }

    @Override
    public void write(Note seen) {
      note = seen;
    }
  }
}
