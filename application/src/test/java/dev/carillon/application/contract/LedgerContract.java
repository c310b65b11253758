package dev.carillon.application.contract;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.fixture.Background;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.Ledger.EntryFilter;
import dev.carillon.application.port.Ledger.Fall;
import dev.carillon.application.port.Ledger.Held;
import dev.carillon.application.port.Ledger.TopUp;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.billing.Account;
import dev.carillon.domain.billing.Balance;
import dev.carillon.domain.billing.EntryKind;
import dev.carillon.domain.billing.LedgerEntry;
import dev.carillon.domain.billing.Money;
import dev.carillon.domain.billing.RefundPlan;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.message.Chunk;
import dev.carillon.domain.message.MessageTransition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every store of the books keeps.
public abstract class LedgerContract extends BillingContract {
  private static final PageRequest ALL = new PageRequest(1_000, 0, OptionalLong.empty());

  /// Has a business be told when its balance falls below.
  protected abstract void tellBelow(BusinessId business, Money low);

  @Test
  void opensTheBooksOnceWithAFirstCredit() {
    assertThat(ledger().balance(scope())).isEmpty();

    assertThat(open(scope(), 500)).isTrue();
    assertThat(open(scope(), 900)).isFalse();

    assertThat(ledger().balance(scope())).contains(balance(500, 0, 0));
    assertThat(entries(scope(), EntryFilter.ALL))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.kind()).isEqualTo(EntryKind.TOP_UP);
          assertThat(entry.amount()).isEqualTo(dollars(500));
          assertThat(entry.job()).isNull();
          assertThat(entry.reference()).isEmpty();
          assertThat(entry.at()).isEqualTo(NOW);
        });
  }

  @Test
  void opensTheBooksWithoutACredit() {
    assertThat(open(scope(), 0)).isTrue();

    assertThat(ledger().balance(scope())).contains(balance(0, 0, 0));
    assertThat(entries(scope(), EntryFilter.ALL)).isEmpty();
  }

  @Test
  void booksNothingWhereThereAreNoBooks() {
    StoredJob job = store(anSmsJob().to(1));

    assertThat(hold(scope(), job.id(), 1)).isEqualTo(new Held.NoBooks());
    assertThat(topUp("r", 5)).isEqualTo(new TopUp.NoBooks());
    assertThat(ledger().balance(scope())).isEmpty();
  }

  @Test
  void setsAsideWhatTheBalancePaysFor() {
    open(scope(), 500);
    StoredJob job = store(anSmsJob().to(1));

    assertThat(hold(scope(), job.id(), 500))
        .isEqualTo(new Held.Done(dollars(500), dollars(0), null));

    LedgerEntry entry = entries(scope(), EntryFilter.ALL).getFirst();
    assertThat(entry.kind()).isEqualTo(EntryKind.HOLD);
    assertThat(entry.amount()).isEqualTo(dollars(500));
    assertThat(entry.job()).isEqualTo(job.bulkId());
    assertThat(entry.createdBy()).isEqualTo("key-7");
    assertThat(ledger().bookedFor(job.id())).isEqualTo(Map.of(EntryKind.HOLD, 500L));
  }

  @Test
  void setsNothingAsideThatTheBalanceDoesNotPayFor() {
    open(scope(), 500);
    StoredJob job = store(anSmsJob().to(1));

    assertThat(hold(scope(), job.id(), 501)).isEqualTo(new Held.NotEnough(dollars(500)));

    assertThat(ledger().balance(scope()).orElseThrow().available()).isEqualTo(dollars(500));
    assertThat(ledger().bookedFor(job.id())).isEmpty();
  }

  @Test
  void tellsBelowWhatAnOwnerWantsToBeTold() {
    open(scope(), 500);
    tellBelow(scope().business(), dollars(450));

    assertThat(hold(scope(), store(anSmsJob().to(1)).id(), 100))
        .isEqualTo(new Held.Done(dollars(500), dollars(400), dollars(450)));
  }

  @Test
  void tellsOfAFallThatACorrectionMakes() {
    open(scope(), 500);
    tellBelow(scope().business(), dollars(450));

    assertThat(fall(topUp("a little", -50))).isEmpty();
    assertThat(fall(topUp("more", -1))).contains(new Fall(scope(), dollars(449), dollars(450)));
    assertThat(fall(topUp("more", -1))).as("the same again").isEmpty();
    assertThat(fall(topUp("still more", -100))).as("below it already").isEmpty();
    assertThat(fall(topUp("up", 200))).isEmpty();
    assertThat(fall(topUp("down", -100))).contains(new Fall(scope(), dollars(449), dollars(450)));
  }

  @Test
  void tellsOfAFallThatLateEvidenceMakes() {
    open(scope(), 3 * PART);
    StoredJob one = givenUp(RefundPlan.DEFAULT);
    StoredJob other = givenUp(RefundPlan.DEFAULT);
    StoredJob taken = billed(anSmsJob().to(1), RefundPlan.DEFAULT);
    tellBelow(scope().business(), dollars(2 * PART));

    assertThat(step(taken, 0, MessageTransition.MARK, MessageTransition.ACCEPT))
        .as("nothing of the balance")
        .isEmpty();
    assertThat(step(one, 0, MessageTransition.DELIVER))
        .contains(new Fall(scope(), dollars(PART), dollars(2 * PART)));
    assertThat(step(other, 0, MessageTransition.DELIVER)).as("below it already").isEmpty();
  }

  @Test
  void forgetsAHoldWhoseTransactionFailed() {
    open(scope(), 500);
    StoredJob job = store(anSmsJob().to(1));

    assertThatThrownBy(() ->
            within(() -> {
              assertThat(hold(scope(), job.id(), 500)).isInstanceOf(Held.Done.class);
              throw new IllegalStateException("on purpose");
            }))
        .hasMessage("on purpose");

    assertThat(ledger().balance(scope()).orElseThrow().available()).isEqualTo(dollars(500));
    assertThat(ledger().bookedFor(job.id())).isEmpty();
  }

  @Test
  void setsAsideForExactlyAsManyAsTheBalancePaysFor() {
    open(scope(), 1_049);
    StoredJob job = store(anSmsJob().to(1));

    List<Held> held = Background.together(20, () -> hold(scope(), job.id(), 100));

    assertThat(held).filteredOn(Held.Done.class::isInstance).hasSize(10);
    assertThat(held)
        .filteredOn(Held.NotEnough.class::isInstance)
        .hasSize(10)
        .allMatch(new Held.NotEnough(dollars(49))::equals);
    assertThat(ledger().balance(scope()).orElseThrow().available()).isEqualTo(dollars(49));
  }

  @Test
  void keepsTestAndLiveApart() {
    open(scope(), 500);
    open(testScope(), 900);
    StoredJob job = store(anSmsJob().to(1), testScope());
    hold(testScope(), job.id(), 900);

    assertThat(ledger().balance(scope())).contains(balance(500, 0, 0));
    assertThat(entries(scope(), EntryFilter.ALL)).hasSize(1);
    assertThat(entries(testScope(), EntryFilter.ALL)).hasSize(2);
    assertThat(entries(scope(), ofJob(job.bulkId()))).isEmpty();
  }

  @Test
  void takesWhatACarrierTook() {
    open(scope(), 10 * PART);
    StoredJob job = billed(anSmsJob().toOneOf(3).to(2).chunksOf(4), RefundPlan.DEFAULT);

    step(job, 0, MessageTransition.MARK, MessageTransition.ACCEPT);

    assertThat(ledger().balance(scope())).contains(balance(5 * PART, 2 * PART, 0));
    assertThat(ledger().bookedFor(job.id()))
        .isEqualTo(Map.of(EntryKind.HOLD, 5 * PART, EntryKind.CAPTURE, 3 * PART));
    assertThat(entries(scope(), ofJob(job.bulkId())).getFirst().createdBy()).isEmpty();
  }

  @Test
  void givesBackWhatWasNotTakenWhenItsChunkCloses() {
    open(scope(), 10 * PART);
    StoredJob job = billed(anSmsJob().to(3).chunksOf(4), RefundPlan.DEFAULT);

    step(job, 0, MessageTransition.CANCEL);
    assertThat(ledger().balance(scope())).contains(balance(7 * PART, 3 * PART, 0));
    step(job, 1, MessageTransition.MARK, MessageTransition.ACCEPT);
    assertThat(ledger().balance(scope())).contains(balance(7 * PART, 2 * PART, 0));
    step(job, 2, MessageTransition.CANCEL);

    assertThat(ledger().balance(scope())).contains(balance(9 * PART, 0, 0));
    assertThat(ledger().bookedFor(job.id()))
        .isEqualTo(
            Map.of(EntryKind.HOLD, 3 * PART, EntryKind.CAPTURE, PART, EntryKind.REFUND, 2 * PART));
  }

  @Test
  void givesBackWhatWasTakenAndDidNotArriveWhereThePlanSaysSo() {
    open(scope(), PART);
    StoredJob job = billed(anSmsJob().to(1), GENEROUS);
    step(job, 0, MessageTransition.MARK, MessageTransition.ACCEPT);
    assertThat(ledger().balance(scope())).contains(balance(0, 0, 0));

    step(job, 0, MessageTransition.FAIL_DELIVERY);

    assertThat(ledger().balance(scope())).contains(balance(PART, 0, 0));
    assertThat(ledger().bookedFor(job.id()))
        .isEqualTo(
            Map.of(
                EntryKind.HOLD, PART,
                EntryKind.CAPTURE, PART,
                EntryKind.REVERSAL, PART,
                EntryKind.REFUND, PART));
  }

  @Test
  void takesFromTheBalanceWhatLateEvidenceProves() {
    open(scope(), 3 * PART);
    StoredJob job = givenUp(RefundPlan.DEFAULT);
    assertThat(ledger().balance(scope())).contains(balance(3 * PART, 0, 0));

    step(job, 0, MessageTransition.DELIVER);

    assertThat(ledger().balance(scope())).contains(balance(2 * PART, 0, 0));
    assertThat(ledger().bookedFor(job.id()))
        .isEqualTo(
            Map.of(
                EntryKind.HOLD, PART,
                EntryKind.REFUND, PART,
                EntryKind.RECHARGE, PART,
                EntryKind.CAPTURE, PART));
  }

  @Test
  void owesWhatTheBalanceDoesNotPayUntilMoneyComesIn() {
    open(scope(), PART);
    StoredJob late = givenUp(RefundPlan.DEFAULT);
    assertThat(topUp("out", -(PART - 5_000))).isInstanceOf(TopUp.Done.class);

    step(late, 0, MessageTransition.DELIVER);
    assertThat(ledger().balance(scope())).contains(balance(0, 0, PART - 5_000));
    assertThat(ledger().bookedFor(late.id()))
        .containsEntry(EntryKind.RECHARGE, 5_000L)
        .containsEntry(EntryKind.DEBT, PART - 5_000);

    assertThat(topUp("in", 10_000)).isInstanceOf(TopUp.Done.class);
    assertThat(ledger().balance(scope())).contains(balance(0, 0, PART - 15_000));
    assertThat(topUp("more", PART)).isInstanceOf(TopUp.Done.class);

    assertThat(ledger().balance(scope())).contains(balance(15_000, 0, 0));
    assertThat(entries(scope(), ofKinds(EntryKind.REPAYMENT)))
        .extracting(entry -> entry.amount().micros())
        .containsExactly(PART - 15_000, 10_000L);
  }

  @Test
  void paysWhatIsOwedFromWhatIsGivenBack() {
    open(scope(), 3 * PART);
    StoredJob late = givenUp(RefundPlan.DEFAULT);
    StoredJob other = billed(anSmsJob().to(3), RefundPlan.DEFAULT);
    step(late, 0, MessageTransition.DELIVER);
    assertThat(ledger().balance(scope())).contains(balance(0, 3 * PART, PART));

    step(other.chunk(0), chunk -> chunk.moveAll(MessageTransition.CANCEL));

    assertThat(ledger().balance(scope())).contains(balance(2 * PART, 0, 0));
    assertThat(ledger().bookedFor(other.id())).containsEntry(EntryKind.REFUND, 3 * PART);
    assertThat(entries(scope(), ofKinds(EntryKind.REPAYMENT)))
        .singleElement()
        .satisfies(entry -> assertThat(entry.amount()).isEqualTo(dollars(PART)));
  }

  @Test
  void booksATopUpOncePerReference() {
    open(scope(), 0);

    TopUp first = topUp("invoice-1", 700);
    TopUp again = topUp("invoice-1", 700);

    assertThat(first).isInstanceOf(TopUp.Done.class);
    TopUp.Done done = (TopUp.Done) first;
    assertThat(done.repeated()).isFalse();
    assertThat(done.balance()).isEqualTo(balance(700, 0, 0));
    assertThat(done.entry().reference()).isEqualTo("invoice-1");
    assertThat(done.entry().createdBy()).isEqualTo("key-9");
    assertThat(again)
        .isEqualTo(new TopUp.Done(balance(700, 0, 0), done.entry(), true, Optional.empty()));
    assertThat(topUp("invoice-1", 701)).isEqualTo(new TopUp.Reused(done.entry()));
    assertThat(topUp("invoice-1", -700)).isEqualTo(new TopUp.Reused(done.entry()));
    assertThat(entries(scope(), EntryFilter.ALL)).containsExactly(done.entry());
  }

  @Test
  void booksATopUpOnceThatManySendAtTheSameTime() {
    open(scope(), 0);

    List<TopUp> sent = Background.together(12, () -> topUp("invoice-1", 700));

    assertThat(sent)
        .allMatch(TopUp.Done.class::isInstance)
        .filteredOn(one -> one instanceof TopUp.Done done && !done.repeated())
        .hasSize(1);
    assertThat(ledger().balance(scope())).contains(balance(700, 0, 0));
  }

  @Test
  void keepsReferencesOfScopesApart() {
    open(scope(), 0);
    open(testScope(), 0);
    topUp("invoice-1", 700);

    assertThat(within(() -> ledger().topUp(testScope(), "invoice-1", dollars(1), "k", NOW)))
        .matches(one -> one instanceof TopUp.Done done && !done.repeated());
  }

  @Test
  void correctsATopUpAsFarAsThereIsMoney() {
    open(scope(), 700);

    assertThat(topUp("wrong", -701)).isEqualTo(new TopUp.NotEnough(dollars(700)));
    assertThat(topUp("wrong", -700)).isInstanceOf(TopUp.Done.class);

    assertThat(ledger().balance(scope())).contains(balance(0, 0, 0));
    LedgerEntry entry = entries(scope(), EntryFilter.ALL).getFirst();
    assertThat(entry.kind()).isEqualTo(EntryKind.CORRECTION);
    assertThat(entry.amount()).isEqualTo(dollars(700));
  }

  @Test
  void takesNoMoneyOfAnotherCurrency() {
    open(scope(), 0);

    assertThat(within(() -> ledger().topUp(scope(), "r", new Money("ZWG", 5), "k", NOW)))
        .isEqualTo(new TopUp.OtherCurrency("USD"));
    assertThat(entries(scope(), EntryFilter.ALL)).isEmpty();
  }

  @Test
  void listsEntriesNewestFirstInPages() {
    open(scope(), 0);
    for (int i = 1; i <= 5; i++) {
      topUp("r" + i, i);
    }

    Page<LedgerEntry> first = page(2, 0, OptionalLong.empty());
    Page<LedgerEntry> second = page(2, 0, first.next());
    Page<LedgerEntry> last = page(2, 0, second.next());

    assertThat(first.items()).extracting(LedgerEntry::reference).containsExactly("r5", "r4");
    assertThat(second.items()).extracting(LedgerEntry::reference).containsExactly("r3", "r2");
    assertThat(last.items()).extracting(LedgerEntry::reference).containsExactly("r1");
    assertThat(last.next()).isEmpty();
    assertThat(List.of(first, second, last)).extracting(Page::totalSize).containsOnly(5L);
    assertThat(page(2, 3, OptionalLong.empty()).items())
        .extracting(LedgerEntry::reference)
        .containsExactly("r2", "r1");
  }

  @Test
  void listsEntriesByJobKindAndTime() {
    open(scope(), 10 * PART);
    StoredJob one = billed(anSmsJob().to(1), RefundPlan.DEFAULT);
    StoredJob other = billed(anSmsJob().to(2), RefundPlan.DEFAULT);
    step(one, 0, MessageTransition.MARK, MessageTransition.ACCEPT);

    assertThat(kinds(ofJob(one.bulkId()))).containsExactly(EntryKind.CAPTURE, EntryKind.HOLD);
    assertThat(kinds(ofJob(other.bulkId()))).containsExactly(EntryKind.HOLD);
    assertThat(kinds(ofKinds(EntryKind.TOP_UP, EntryKind.CAPTURE)))
        .containsExactly(EntryKind.CAPTURE, EntryKind.TOP_UP);
    assertThat(kinds(between(NOW, NOW.plusSeconds(1))))
        .containsExactly(EntryKind.CAPTURE, EntryKind.TOP_UP);
    assertThat(kinds(between(null, NOW))).containsExactly(EntryKind.HOLD, EntryKind.HOLD);
    assertThat(kinds(between(NOW.plusSeconds(1), null))).isEmpty();
  }

  @Test
  void keepsEveryAccountRightWhateverHappens() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    open(scope(), 60 * PART);
    List<StoredJob> jobs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      RefundPlan plan = new RefundPlan(random.nextBoolean(), random.nextBoolean());
      jobs.add(billed(anSmsJob().to(3).toOneOf(3).to(4).toOneOf(2).chunksOf(5), plan));
    }

    for (int round = 0; round < 60; round++) {
      StoredJob job = jobs.get(random.nextInt(jobs.size()));
      step(job.chunk(random.nextInt(2)), chunk -> moveSome(chunk, random));
      if (random.nextInt(8) == 0) {
        topUp("round-" + round, (random.nextInt(9) - 5 | 1) * PART);
      }
      assertThat(ledger().balance(scope())).as("seed %d", seed).contains(recounted(seed));
    }
  }

  private static void moveSome(Chunk chunk, Random random) {
    MessageTransition[] moves = MessageTransition.values();
    for (int i = 0; i < 6; i++) {
      chunk.move(chunk.first() + random.nextInt(chunk.size()), moves[random.nextInt(moves.length)]);
    }
  }

  /// What the entries make of the accounts, none of which is ever below nothing.
  private Balance recounted(long seed) {
    Map<Account, Long> sums = new EnumMap<>(Account.class);
    for (LedgerEntry entry : entries(scope(), EntryFilter.ALL).reversed()) {
      sums.merge(entry.kind().from(), -entry.amount().micros(), Long::sum);
      sums.merge(entry.kind().to(), entry.amount().micros(), Long::sum);
      for (Account account : List.of(Account.AVAILABLE, Account.HELD, Account.CAPTURED)) {
        assertThat(sums.getOrDefault(account, 0L))
            .as("%s after %s, seed %d", account, entry.kind(), seed)
            .isNotNegative();
      }
      assertThat(sums.getOrDefault(Account.OWED, 0L)).as("seed %d", seed).isNotPositive();
    }
    return balance(
        sums.getOrDefault(Account.AVAILABLE, 0L),
        sums.getOrDefault(Account.HELD, 0L),
        -sums.getOrDefault(Account.OWED, 0L));
  }

  /// A job whose only message was lost, given up and given back.
  private StoredJob givenUp(RefundPlan plan) {
    StoredJob job = billed(anSmsJob().to(1), plan);
    step(job, 0, MessageTransition.MARK, MessageTransition.LOSE_ANSWER, MessageTransition.GIVE_UP);
    return job;
  }

  private Held hold(Scope scope, JobId job, long micros) {
    return within(() -> ledger().hold(scope, job, dollars(micros), "key-7", NOW));
  }

  private TopUp topUp(String reference, long micros) {
    return within(() -> ledger().topUp(scope(), reference, dollars(micros), "key-9", NOW));
  }

  private static Optional<Fall> fall(TopUp booked) {
    return ((TopUp.Done) booked).fall();
  }

  private static Balance balance(long available, long held, long owed) {
    return new Balance(dollars(available), dollars(held), dollars(owed));
  }

  private List<LedgerEntry> entries(Scope scope, EntryFilter filter) {
    return ledger().entries(scope, filter, ALL).items();
  }

  private List<EntryKind> kinds(EntryFilter filter) {
    return entries(scope(), filter).stream().map(LedgerEntry::kind).toList();
  }

  private Page<LedgerEntry> page(int size, int skip, OptionalLong after) {
    return ledger().entries(scope(), EntryFilter.ALL, new PageRequest(size, skip, after));
  }

  private static EntryFilter ofJob(BulkId job) {
    return new EntryFilter(job, List.of(), null, null);
  }

  private static EntryFilter ofKinds(EntryKind... kinds) {
    return new EntryFilter(null, List.of(kinds), null, null);
  }

  private static EntryFilter between(@Nullable Instant from, @Nullable Instant to) {
    return new EntryFilter(null, List.of(), from, to);
  }
}
