package dev.carillon.domain.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.billing.Money;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.message.MessageId;
import dev.carillon.domain.message.MessageStatus;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventPayloadTest {
  private static final Instant AT = Instant.parse("2024-01-15T10:15:00Z");
  private static final UUID ID = UUID.fromString("0190a5b4-0000-7000-8000-000000000001");

  /// S1's example, but for the form of the id.
  @Test
  void writesACompletedJobAsTheSeedShowsIt() {
    assertThat(
            EventPayload.json(
                new JobEvent(
                    EventType.BULK_COMPLETED,
                    new BulkId(ID),
                    JobStatus.COMPLETED,
                    1_000,
                    985,
                    15,
                    AT)))
        .isEqualTo(
            "{\"event\":\"bulk.completed\",\"bulk_id\":\"0190a5b4-0000-7000-8000-000000000001\","
                + "\"status\":\"completed\",\"total_recipients\":1000,\"success_count\":985,"
                + "\"failure_count\":15,\"timestamp\":\"2024-01-15T10:15:00Z\"}");
  }

  @Test
  void writesAmountsExactly() {
    assertThat(
            EventPayload.json(
                BalanceEvent.low(new Money("USD", -12_345_678), new Money("USD", 1), AT)))
        .isEqualTo(
            "{\"event\":\"balance.low\",\"currency\":\"USD\",\"available\":\"-12.345678\","
                + "\"low\":\"0.000001\",\"timestamp\":\"2024-01-15T10:15:00Z\"}");
  }

  @Test
  void writesWhyAnEndpointIsOff() {
    EndpointId endpoint = new EndpointId(ID);

    assertThat(EventPayload.json(EndpointEvent.disabled(endpoint, DisableReason.FAILING, AT)))
        .contains("\"endpoint_id\":\"" + ID + "\",\"reason\":\"failing\"");
    assertThat(EventPayload.json(EndpointEvent.test(endpoint, AT)))
        .contains("\"event\":\"webhook.test\"")
        .doesNotContain("reason");
  }

  @Test
  void writesWhatAMessageCameTo() {
    MessageId id = new MessageId(new BulkId(ID), 17);

    assertThat(
            EventPayload.json(
                new MessageEvent(
                    id, "order 1", MessageStatus.FAILED, Reason.CARRIER_REFUSED, 2, "econet", AT)))
        .isEqualTo(
            "{\"event\":\"message.failed\",\"bulk_id\":\"0190a5b4-0000-7000-8000-000000000001\","
                + "\"message_id\":\"0190a5b4-0000-7000-8000-000000000001-17\","
                + "\"client_ref\":\"order 1\",\"status\":\"failed\",\"reason\":\"carrier_refused\","
                + "\"attempts\":2,\"carrier\":\"econet\",\"timestamp\":\"2024-01-15T10:15:00Z\"}");
    assertThat(
            EventPayload.json(new MessageEvent(id, "", MessageStatus.CANCELLED, null, 0, "", AT)))
        .contains("\"status\":\"cancelled\",\"attempts\":0,\"timestamp\"")
        .doesNotContain("client_ref", "reason", "carrier");
  }

  /// RFC 8259, 7: quotation mark, reverse solidus and control characters must be escaped.
  @Test
  void escapesWhatCallersMayWriteIntoTheirReferences() {
    MessageId id = new MessageId(new BulkId(ID), 0);

    assertThat(
            EventPayload.json(
                new MessageEvent(
                    id,
                    "a\"b\\c\n\u0001 \u00e9\ud83d\ude00",
                    MessageStatus.SENT,
                    null,
                    1,
                    "c",
                    AT)))
        .contains("\"client_ref\":\"a\\\"b\\\\c\\u000a\\u0001 \u00e9\ud83d\ude00\"");
  }
}
