package dev.carillon.application.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.fixture.Background;
import dev.carillon.application.port.IdempotencyKeys.Claim;
import dev.carillon.domain.business.Scope;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// What every store of request ids keeps.
public abstract class IdempotencyKeysContract extends StoreContract {
  private static final byte[] PRINT = {1, 2, 3};
  private static final byte[] OTHER_PRINT = {1, 2, 4};
  private static final Map<String, String> ANSWER = Map.of("bulk_id", "b-1", "name", "it's ☃");

  @Test
  void givesTheFirstCallerTheWork() {
    assertThat(claim(scope(), "Create", "r-1", PRINT)).isEqualTo(new Claim.First());
  }

  @Test
  void givesARepeatTheFirstAnswer() {
    claim(scope(), "Create", "r-1", PRINT);

    assertThat(claim(scope(), "Create", "r-1", PRINT)).isEqualTo(new Claim.Repeated(ANSWER));
    assertThat(claim(scope(), "Create", "r-1", PRINT)).isEqualTo(new Claim.Repeated(ANSWER));
  }

  @Test
  void refusesOtherContentUnderTheSameId() {
    claim(scope(), "Create", "r-1", PRINT);

    assertThat(claim(scope(), "Create", "r-1", OTHER_PRINT)).isEqualTo(new Claim.Reused());
    assertThat(claim(scope(), "Create", "r-1", PRINT)).isEqualTo(new Claim.Repeated(ANSWER));
  }

  @Test
  void keepsScopesMethodsAndIdsApart() {
    claim(scope(), "Create", "r-1", PRINT);
    Scope stranger = ports().newScope().get();

    assertThat(claim(stranger, "Create", "r-1", OTHER_PRINT)).isEqualTo(new Claim.First());
    assertThat(claim(testScope(), "Create", "r-1", OTHER_PRINT)).isEqualTo(new Claim.First());
    assertThat(claim(scope(), "Cancel", "r-1", OTHER_PRINT)).isEqualTo(new Claim.First());
    assertThat(claim(scope(), "Create", "R-1", OTHER_PRINT)).isEqualTo(new Claim.First());
    assertThat(claim(scope(), "Create", "r-1 ", OTHER_PRINT)).isEqualTo(new Claim.First());
  }

  @Test
  void freesAnIdWhoseWorkFailed() {
    assertThatThrownBy(() ->
            ports()
                .transactions()
                .run(() -> {
                  claim(scope(), "Create", "r-1", PRINT);
                  throw new IllegalStateException("on purpose");
                }))
        .hasMessage("on purpose");

    assertThat(claim(scope(), "Create", "r-1", OTHER_PRINT)).isEqualTo(new Claim.First());
  }

  @Test
  void letsOneOfManyDoTheWorkAndAnswersTheOthers() {
    List<Claim> claims = Background.together(20, () -> claim(scope(), "Create", "r-1", PRINT));

    assertThat(claims).filteredOn(Claim.First.class::isInstance).hasSize(1);
    assertThat(claims).filteredOn(new Claim.Repeated(ANSWER)::equals).hasSize(19);
  }

  @Test
  void letsTheNextDoTheWorkWhenTheFirstFails() {
    CountDownLatch claimed = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    Background<Boolean> first =
        Background.start(() -> {
          try {
            ports()
                .transactions()
                .run(() -> {
                  claim(scope(), "Create", "r-1", PRINT);
                  claimed.countDown();
                  awaitQuietly(asked);
                  throw new IllegalStateException("on purpose");
                });
            return true;
          } catch (IllegalStateException expected) {
            return false;
          }
        });
    awaitQuietly(claimed);
    Background<Claim> second =
        Background.start(() -> {
          asked.countDown();
          return claim(scope(), "Create", "r-1", OTHER_PRINT);
        });

    assertThat(first.result()).isFalse();
    assertThat(second.result()).isEqualTo(new Claim.First());
  }

  /// Claims an id and, if the work is ours, answers it.
  private Claim claim(Scope owner, String method, String requestId, byte[] fingerprint) {
    return ports()
        .transactions()
        .inTransaction(() -> {
          Claim claim = ports().keys().claim(owner, method, requestId, fingerprint, NOW);
          if (claim instanceof Claim.First) {
            ports().keys().answer(owner, method, requestId, ANSWER);
          }
          return claim;
        });
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }
}
