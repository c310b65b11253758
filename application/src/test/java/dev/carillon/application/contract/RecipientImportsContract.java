package dev.carillon.application.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.application.fixture.Background;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.RecipientImports;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.recipient.RecipientImport;
import dev.carillon.domain.recipient.RecipientImport.Counts;
import dev.carillon.domain.recipient.RecipientMatch;
import dev.carillon.domain.recipient.RecipientViolation;
import dev.carillon.domain.recipient.RefusedRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// What everything keeps that keeps how imports stand.
public abstract class RecipientImportsContract extends StoreContract {
  private static final String NAME = "march";

  /// The imports of the store that [#ports()] shows.
  protected abstract RecipientImports imports();

  @Test
  void beginsAnImportOnceAndKeepsHowItStands() {
    RecipientImport begun = lock(scope(), NAME, RecipientMatch.EMAIL);
    RecipientImport moved = begun.with(new Counts(5, 4, 3, 1), NOW.plusSeconds(9));

    save(moved, refused(7, 1));

    assertThat(begun).isEqualTo(RecipientImport.begin(NAME, RecipientMatch.EMAIL, NOW));
    assertThat(imports().find(scope(), NAME)).contains(moved);
    assertThat(moved.nextSequence()).isEqualTo(2);
    assertThat(moved.counts().total()).isEqualTo(13);
    assertThat(lock(scope(), NAME, RecipientMatch.REFERENCE)).isEqualTo(moved);
  }

  @Test
  void showsAnImportToItsOwnScopeOnly() {
    lock(scope(), NAME, RecipientMatch.EMAIL);

    for (Scope other : List.of(ports().newScope().get(), testScope())) {
      assertThat(imports().find(other, NAME)).isEmpty();
      assertThat(imports().refused(other, NAME, PageRequest.first())).isEmpty();
      assertThat(lock(other, NAME, RecipientMatch.REFERENCE).match())
          .isEqualTo(RecipientMatch.REFERENCE);
    }
    assertThat(imports().find(scope(), UUID.randomUUID().toString())).isEmpty();
  }

  @Test
  void knowsEveryChunkByItsFingerprint() {
    RecipientImport first =
        lock(scope(), NAME, RecipientMatch.EMAIL).with(new Counts(1, 0, 0, 0), NOW);
    save(first);
    save(first.with(new Counts(1, 0, 0, 0), NOW));

    assertThat(imports().fingerprint(scope(), NAME, 1)).hasValue(fingerprint(1));
    assertThat(imports().fingerprint(scope(), NAME, 2)).hasValue(fingerprint(2));
    assertThat(imports().fingerprint(scope(), NAME, 3)).isEmpty();
    assertThat(imports().fingerprint(testScope(), NAME, 1)).isEmpty();
    assertThat(imports().fingerprint(scope(), "another", 1)).isEmpty();
  }

  @Test
  void listsRefusedRowsInTheOrderOfTheImport() {
    RecipientImport begun = lock(scope(), NAME, RecipientMatch.REFERENCE);
    RecipientImport once = begun.with(new Counts(0, 0, 0, 30), NOW);
    save(once, IntStream.range(0, 30).mapToObj(i -> refused(i * 2L, 1)).toArray(RefusedRow[]::new));
    RecipientImport twice = once.with(new Counts(1, 0, 0, 2), NOW);
    RefusedRow several =
        new RefusedRow(
            100,
            2,
            3,
            List.of(
                new RecipientViolation("tags[3]", "too long, {\"quoted\"}"),
                new RecipientViolation("first_name", "is required")));
    save(twice, several, refused(101, 2));

    List<RefusedRow> all = new ArrayList<>();
    OptionalLong after = OptionalLong.empty();
    do {
      Page<RefusedRow> page =
          imports().refused(scope(), NAME, new PageRequest(7, 0, after)).orElseThrow();
      assertThat(page.totalSize()).isEqualTo(32);
      all.addAll(page.items());
      after = page.next();
    } while (after.isPresent());

    assertThat(all).hasSize(32);
    assertThat(all).isSortedAccordingTo((a, b) -> Long.compare(a.row(), b.row()));
    assertThat(all.get(30)).isEqualTo(several);
    assertThat(
            imports()
                .refused(scope(), NAME, new PageRequest(10, 29, OptionalLong.empty()))
                .orElseThrow()
                .items())
        .isEqualTo(all.subList(29, 32));
  }

  @Test
  void keepsNothingOfATransactionThatFails() {
    IllegalStateException thrown =
        catchThrowableOfType(
            IllegalStateException.class,
            () ->
                inTransaction(() -> {
                  RecipientImport begun =
                      imports().lock(scope(), NAME, RecipientMatch.EMAIL, "key", NOW);
                  imports()
                      .save(
                          scope(),
                          begun.with(new Counts(0, 0, 0, 1), NOW),
                          fingerprint(1),
                          List.of(refused(0, 1)));
                  throw new IllegalStateException("on purpose");
                }));

    assertThat(thrown).hasMessage("on purpose");
    assertThat(imports().find(scope(), NAME)).isEmpty();
  }

  @Test
  void letsChunksOfOneImportTakeTurns() throws InterruptedException {
    Assumptions.assumeTrue(ports().concurrent());
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    Background<RecipientImport> first =
        Background.start(() ->
            inTransaction(() -> {
              RecipientImport begun =
                  imports().lock(scope(), NAME, RecipientMatch.EMAIL, "key", NOW);
              locked.countDown();
              await(mayEnd);
              RecipientImport moved = begun.with(new Counts(1, 0, 0, 0), NOW);
              imports().save(scope(), moved, fingerprint(1), List.of());
              return moved;
            }));
    locked.await();
    Background<RecipientImport> second =
        Background.start(() -> lock(scope(), NAME, RecipientMatch.EMAIL));
    assertThat(second.isDone()).isFalse();
    mayEnd.countDown();

    assertThat(second.result()).isEqualTo(first.result());
  }

  @Test
  void forgetsImportsThatStoodStillForLongAndNoOthers() {
    // Older than anything else in the store, so that nothing of other tests is forgotten.
    Instant old = Instant.parse("2001-01-01T00:00:00Z");
    for (String name : List.of("old-1", "old-2")) {
      inTransaction(() -> imports().lock(scope(), name, RecipientMatch.EMAIL, "key", old));
      save(find(name).with(new Counts(0, 0, 0, 2), old), refused(0, 1), refused(1, 1));
    }
    lock(scope(), NAME, RecipientMatch.EMAIL);
    save(find(NAME).with(new Counts(0, 0, 0, 1), NOW), refused(0, 1));

    int forgotten = 0;
    for (int more = 1; more > 0; forgotten += more) {
      more = imports().forget(old.plusSeconds(1), 1);
      assertThat(more).isLessThanOrEqualTo(1);
    }

    assertThat(forgotten).isGreaterThanOrEqualTo(2);
    assertThat(imports().find(scope(), "old-1")).isEmpty();
    assertThat(imports().find(scope(), "old-2")).isEmpty();
    assertThat(imports().refused(scope(), NAME, PageRequest.first()).orElseThrow().items())
        .hasSize(1);
    assertThat(imports().forget(old.plusSeconds(1), 10)).isZero();
  }

  @Test
  void leavesAnImportAloneThatGoesOnJustNow() throws InterruptedException {
    Assumptions.assumeTrue(ports().concurrent());
    Instant old = Instant.parse("2000-01-01T00:00:00Z");
    inTransaction(() -> imports().lock(scope(), NAME, RecipientMatch.EMAIL, "key", old));
    save(find(NAME).with(new Counts(0, 0, 0, 1), old), refused(0, 1));
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    Background<Boolean> goingOn =
        Background.start(() ->
            inTransaction(() -> {
              imports().lock(scope(), NAME, RecipientMatch.EMAIL, "key", NOW);
              locked.countDown();
              await(mayEnd);
              save(find(NAME).with(new Counts(1, 0, 0, 0), NOW));
              return true;
            }));
    locked.await();

    int forgotten = imports().forget(old.plusSeconds(1), 10);
    mayEnd.countDown();

    assertThat(goingOn.result()).isTrue();
    assertThat(forgotten).isZero();
    assertThat(imports().forget(old.plusSeconds(1), 10)).isZero();
    assertThat(imports().refused(scope(), NAME, PageRequest.first()).orElseThrow().items())
        .containsExactly(refused(0, 1));
  }

  private RecipientImport find(String name) {
    return imports().find(scope(), name).orElseThrow();
  }

  private RecipientImport lock(Scope owner, String name, RecipientMatch match) {
    return inTransaction(() -> imports().lock(owner, name, match, "key-1", NOW));
  }

  private void save(RecipientImport changed, RefusedRow... refused) {
    inTransaction(() -> {
      imports().save(scope(), changed, fingerprint(changed.nextSequence() - 1), List.of(refused));
      return true;
    });
  }

  private static byte[] fingerprint(long sequence) {
    return new byte[] {(byte) sequence, 0, -1};
  }

  private static RefusedRow refused(long row, long sequence) {
    return new RefusedRow(
        row,
        sequence,
        (int) row % 10,
        List.of(new RecipientViolation("sms_phone", "is no phone number")));
  }

  private <T> T inTransaction(Supplier<T> work) {
    return ports().transactions().inTransaction(work);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }
}
