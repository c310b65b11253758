package dev.carillon.application.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.Background;
import dev.carillon.application.port.IdSource;
import dev.carillon.domain.job.BulkId;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every source of public ids keeps.
public abstract class IdSourceContract {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");

  protected abstract IdSource ids();

  /// RFC 9562, 5.7: 48 bits of milliseconds, then the version, then the variant 10.
  @Test
  void makesIdsOfVersion7ThatCarryTheTime() {
    BulkId id = ids().nextBulkId(NOW);

    assertThat(id.value().version()).isEqualTo(7);
    assertThat(id.value().variant()).isEqualTo(2);
    assertThat(id.value().getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
    assertThat(BulkId.parse(id.toString())).contains(id);
  }

  @Test
  void givesNoIdTwice() {
    IdSource ids = ids();

    List<List<BulkId>> made =
        Background.together(
            8, () -> IntStream.range(0, 5_000).mapToObj(_ -> ids.nextBulkId(NOW)).toList());

    assertThat(made.stream().flatMap(List::stream).distinct().count()).isEqualTo(40_000);
  }
}
