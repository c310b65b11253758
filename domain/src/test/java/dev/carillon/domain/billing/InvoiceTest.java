package dev.carillon.domain.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.message.MessageState;
import dev.carillon.domain.message.SeededCases;
import dev.carillon.domain.message.StatusByte;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InvoiceTest {
  private static final PriceId ZIMBABWE = new PriceId(7);
  private static final PriceId EVERYWHERE = new PriceId(8);
  private static final List<BillLine> LINES =
      List.of(
          new BillLine(ZIMBABWE, 1, 20_000),
          new BillLine(EVERYWHERE, 1, 50_000),
          new BillLine(ZIMBABWE, 2, 40_000),
          new BillLine(PriceId.NONE, 2, 2_000),
          new BillLine(PriceId.NONE, 3, 6_000));
  private static final Bill BILL = new Bill("USD", LINES, RefundPlan.DEFAULT, usd(0));

  @Test
  void hasOneItemForEachPrice() {
    Invoice invoice = new Invoice();
    invoice.add(
        money(RefundPlan.DEFAULT, 0, 1, 2),
        statuses(MessageState.DELIVERED, MessageState.QUEUED, MessageState.SENT));
    assertThat(invoice.items(BILL))
        .containsExactly(
            new Invoice.Item(ZIMBABWE, usd(20_000), 2, 3, usd(60_000), usd(60_000), usd(0)),
            new Invoice.Item(EVERYWHERE, usd(50_000), 1, 1, usd(50_000), usd(0), usd(0)));
  }

  @Test
  void keepsPricesOfAConfigurationApartThatWasChanged() {
    Invoice invoice = new Invoice();
    invoice.add(
        money(RefundPlan.DEFAULT, 3, 4), statuses(MessageState.QUEUED, MessageState.QUEUED));
    assertThat(invoice.items(BILL))
        .extracting(Invoice.Item::perPart)
        .containsExactly(usd(1_000), usd(2_000));
  }

  @Test
  void countsNoMessageThatWasLeftOut() {
    Invoice invoice = new Invoice();
    invoice.add(money(RefundPlan.DEFAULT, 0), statuses(MessageState.REJECTED_INVALID));
    assertThat(invoice.items(BILL)).isEmpty();
    assertThat(total(invoice)).isEqualTo(JobBilling.free("USD", 0));
  }

  @Test
  void tellsARefundOnlyOnceItIsBooked() {
    ChunkMoney open = money(RefundPlan.DEFAULT, 0, 0);
    byte[] statuses = statuses(MessageState.FAILED, MessageState.QUEUED);
    Invoice before = new Invoice();
    before.add(open.after(statuses, false), statuses);
    assertThat(total(before).refunded()).isEqualTo(usd(0));
    Invoice after = new Invoice();
    after.add(open.after(statuses, true), statuses);
    assertThat(total(after).refunded()).isEqualTo(usd(20_000));
  }

  @Test
  void itsItemsComeToWhatIsBooked() {
    SeededCases.run(2_000, InvoiceTest::compareWithBooks);
  }

  private static void compareWithBooks(Random random) {
    RefundPlan plan = new RefundPlan(random.nextBoolean(), random.nextBoolean());
    Invoice invoice = new Invoice();
    long captured = 0;
    long refunded = 0;
    for (int chunks = random.nextInt(4); chunks >= 0; chunks--) {
      int size = 1 + random.nextInt(40);
      int[] lines = random.ints(size, 0, LINES.size()).toArray();
      byte[] statuses = new byte[size];
      for (int i = 0; i < size; i++) {
        statuses[i] = StatusByte.of(SeededCases.oneOf(MessageState.values(), random), 0);
      }
      ChunkMoney booked = money(plan, lines).after(statuses, random.nextBoolean());
      captured += booked.captured();
      refunded += booked.refunded();
      invoice.add(booked, statuses);
    }
    assertThat(total(invoice).captured()).isEqualTo(usd(captured));
    assertThat(total(invoice).refunded()).isEqualTo(usd(refunded));
  }

  private static JobBilling total(Invoice invoice) {
    return Invoice.total("USD", invoice.items(BILL));
  }

  private static ChunkMoney money(RefundPlan plan, int... lines) {
    return new ChunkMoney(LineNumbers.of(lines, null), Costs.of(LINES), plan, 0, 0);
  }

  private static byte[] statuses(MessageState... states) {
    byte[] statuses = new byte[states.length];
    for (int i = 0; i < states.length; i++) {
      statuses[i] = StatusByte.of(states[i], 1);
    }
    return statuses;
  }

  private static Money usd(long micros) {
    return new Money("USD", micros);
  }
}
