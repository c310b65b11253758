package dev.carillon.application.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.fixture.Await;
import dev.carillon.application.fixture.Background;
import dev.carillon.application.port.Permits.Grant;
import dev.carillon.application.port.Quotas;
import dev.carillon.application.port.Transactions;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.QuotaLimits;
import dev.carillon.domain.business.RecentJobs;
import dev.carillon.domain.business.Scope;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What everything keeps that counts for quotas.
public abstract class QuotasContract extends StoreContract {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
  private static final String KEY = "key-1";
  private static final Duration WINDOW = Duration.ofMillis(600);

  /// The same quotas as two nodes have them.
  protected abstract List<Node> nodes();

  /// Sets what holds for a business, as an operator does.
  protected abstract void set(BusinessId business, QuotaLimits limits);

  @Test
  void knowsWhatWasSetForABusiness() {
    QuotaLimits set =
        new QuotaLimits(OptionalInt.of(7), OptionalInt.empty(), OptionalLong.of(5_000_000_000L));
    set(scope().business(), set);

    assertThat(quotas().limits(scope().business())).isEqualTo(set);
    assertThat(quotas().limits(ports().newScope().get().business()))
        .isEqualTo(QuotaLimits.CONFIGURED);
    assertThat(quotas().limits(new BusinessId(Long.MAX_VALUE))).isEqualTo(QuotaLimits.CONFIGURED);
  }

  @Test
  void remembersTheJobsOfEachKey() {
    RecentJobs made = RecentJobs.NONE.with(NOW).with(NOW.plusNanos(7_000));
    assertThat(quotas().recentJobs(scope(), KEY)).isEqualTo(RecentJobs.NONE);
    keep(scope(), KEY, RecentJobs.NONE.with(NOW));
    keep(scope(), KEY, made);

    assertThat(nodes().getLast().quotas().recentJobs(scope(), KEY)).isEqualTo(made);
    assertThat(locked(scope(), KEY)).isEqualTo(made);
    assertThat(quotas().recentJobs(scope(), "key-2")).isEqualTo(RecentJobs.NONE);
    assertThat(quotas().recentJobs(testScope(), KEY)).isEqualTo(RecentJobs.NONE);
    assertThat(locked(ports().newScope().get(), KEY)).isEqualTo(RecentJobs.NONE);
  }

  @Test
  void forgetsAJobWhoseTransactionIsUndone() {
    undone(() -> keep(scope(), KEY, RecentJobs.NONE.with(NOW)));

    assertThat(quotas().recentJobs(scope(), KEY)).isEqualTo(RecentJobs.NONE);
  }

  @Test
  void countsTheJobsOfAKeyOneAfterTheOther() {
    Background.together(
        20,
        () -> {
          count(nodes().getFirst());
          count(nodes().getLast());
          return true;
        });

    assertThat(quotas().recentJobs(scope(), KEY).times()).hasSize(40);
  }

  @Test
  void countsRecipientsUpToWhatMayBe() {
    assertThat(add(scope(), DAY, 6, 10)).isTrue();
    assertThat(add(scope(), DAY, 5, 10)).isFalse();
    assertThat(add(scope(), DAY, 4, 10)).isTrue();
    assertThat(add(scope(), DAY, 1, 10)).isFalse();
    assertThat(add(scope(), DAY, 1, 11)).isTrue();
  }

  @Test
  void refusesMoreRecipientsThanMayBeAtOnce() {
    assertThat(add(scope(), DAY, 11, 10)).isFalse();
    assertThat(add(scope(), DAY, 10, 10)).isTrue();
  }

  @Test
  void countsEachDayScopeAndEnvironmentForItself() {
    assertThat(add(scope(), DAY, 10, 10)).isTrue();

    assertThat(add(scope(), DAY.plusDays(1), 10, 10)).isTrue();
    assertThat(add(testScope(), DAY, 10, 10)).isTrue();
    assertThat(add(ports().newScope().get(), DAY, 10, 10)).isTrue();
  }

  @Test
  void countsNoRecipientsOfATransactionThatIsUndone() {
    add(scope(), DAY, 4, 10);
    undone(() -> add(scope(), DAY, 6, 10));

    assertThat(add(scope(), DAY, 6, 10)).isTrue();
  }

  @Test
  void letsNoMoreThanMayBeThroughOfManyWhoCountAtOnce() {
    List<Boolean> counted =
        Background.together(
            20,
            () ->
                add(nodes().getFirst(), scope(), DAY, 3, 50)
                    || add(nodes().getLast(), scope(), DAY, 3, 50));

    assertThat(counted).filteredOn(Boolean::booleanValue).hasSize(16);
  }

  @Test
  void givesNoMoreRequestsThanTheLimitYields() {
    long start = System.nanoTime();
    long given = 0;
    for (int turn = 0; System.nanoTime() - start < WINDOW.toNanos(); turn++) {
      Quotas node = nodes().get(turn % 2).quotas();
      given += node.takeRequests(scope(), KEY, 200, 50).permits();
    }
    double seconds = (System.nanoTime() - start) / 1e9;

    assertThat((double) given).isBetween(200 * (1 + seconds * 0.5), 200 * (1 + seconds) + 1);
  }

  @Test
  void savesUpTheRequestsOfASecond() {
    assertThat(quotas().takeRequests(scope(), KEY, 100, 5_000).permits()).isEqualTo(100);
    assertThat(quotas().takeRequests(testScope(), KEY, 100, 70).permits()).isEqualTo(70);
    assertThat(quotas().takeRequests(testScope(), KEY, 100, 70).permits())
        .isGreaterThanOrEqualTo(30);
    assertThat(quotas().takeRequests(scope(), "key-2", 1, 7).permits()).isEqualTo(1);
  }

  @Test
  void saysWhenThereWillBeARequest() {
    takeAll(2);

    Grant grant = quotas().takeRequests(scope(), KEY, 2, 5);

    assertThat(grant.permits()).isZero();
    assertThat(grant.retryAfter()).isBetween(Duration.ofMillis(1), Duration.ofMillis(501));
    Await.until("there is one", () -> quotas().takeRequests(scope(), KEY, 2, 5).permits() == 1);
  }

  @Test
  void changesTheLimitOfRequestsWithTheNextCall() {
    takeAll(1);

    Await.until(
        "the new limit yields some",
        () -> quotas().takeRequests(scope(), KEY, 1_000, 10).permits() > 0);
  }

  private void takeAll(int perSecond) {
    while (quotas().takeRequests(scope(), KEY, perSecond, 100).permits() > 0) {
      Thread.onSpinWait();
    }
  }

  private void count(Node node) {
    node.transactions()
        .run(() ->
            node.quotas()
                .keepRecentJobs(
                    scope(), KEY, node.quotas().lockRecentJobs(scope(), KEY).with(NOW)));
  }

  private RecentJobs locked(Scope owner, String key) {
    return nodes()
        .getFirst()
        .transactions()
        .inTransaction(() -> quotas().lockRecentJobs(owner, key));
  }

  private void keep(Scope owner, String key, RecentJobs jobs) {
    nodes()
        .getFirst()
        .transactions()
        .run(() -> {
          quotas().lockRecentJobs(owner, key);
          quotas().keepRecentJobs(owner, key, jobs);
        });
  }

  private boolean add(Scope owner, LocalDate day, long count, long most) {
    return add(nodes().getFirst(), owner, day, count, most);
  }

  private boolean add(Node node, Scope owner, LocalDate day, long count, long most) {
    return node.transactions()
        .inTransaction(() -> node.quotas().addRecipients(owner, day, count, most));
  }

  private void undone(Runnable work) {
    assertThatThrownBy(() ->
            nodes()
                .getFirst()
                .transactions()
                .run(() -> {
                  work.run();
                  throw new IllegalStateException("on purpose");
                }))
        .hasMessage("on purpose");
  }

  private Quotas quotas() {
    return nodes().getFirst().quotas();
  }

  /// What one node has: calls of its quotas inside its transactions are part of them.
  public record Node(Transactions transactions, Quotas quotas) {}
}
