package dev.carillon.domain.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.recipient.RecipientImport.Counts;
import dev.carillon.domain.recipient.RecipientImport.Place;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecipientImportTest {
  private static final Instant BEGUN = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void takesItsChunksOneAfterTheOther() {
    RecipientImport begun = RecipientImport.begin("march", RecipientMatch.EMAIL, BEGUN);
    RecipientImport second = begun.with(new Counts(1, 2, 3, 4), BEGUN.plusSeconds(1));
    RecipientImport third = second.with(new Counts(10, 20, 30, 40), BEGUN.plusSeconds(2));

    assertThat(begun.placeOf(1)).isEqualTo(Place.NEXT);
    assertThat(begun.placeOf(2)).isEqualTo(Place.AHEAD);
    assertThat(third.placeOf(1)).isEqualTo(Place.TAKEN);
    assertThat(third.placeOf(2)).isEqualTo(Place.TAKEN);
    assertThat(third.placeOf(3)).isEqualTo(Place.NEXT);
    assertThat(third.placeOf(4)).isEqualTo(Place.AHEAD);
    assertThat(third.counts()).isEqualTo(new Counts(11, 22, 33, 44));
    assertThat(third.counts().total()).isEqualTo(110);
    assertThat(third.createdAt()).isEqualTo(BEGUN);
    assertThat(third.updatedAt()).isEqualTo(BEGUN.plusSeconds(2));
    assertThat(third.match()).isEqualTo(RecipientMatch.EMAIL);
    assertThat(Counts.NONE.total()).isZero();
  }
}
