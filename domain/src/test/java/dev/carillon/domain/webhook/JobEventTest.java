package dev.carillon.domain.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.job.Count;
import dev.carillon.domain.job.Count.Bucket;
import dev.carillon.domain.job.Counters;
import dev.carillon.domain.job.JobStatus;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JobEventTest {
  private static final BulkId BULK = new BulkId(new UUID(1, 2));
  private static final Instant AT = Instant.parse("2024-01-15T10:15:00Z");

  /// S1's payload: 1000 recipients, 985 and 15.
  @Test
  void hasTheFiguresOfTheBulkStatusSeed() {
    Counters counters = Count.of(985, Bucket.DELIVERED).and(15, Bucket.UNDELIVERED).counters();

    assertThat(JobEvent.of(EventType.BULK_COMPLETED, BULK, JobStatus.COMPLETED, counters, AT))
        .isEqualTo(
            new JobEvent(EventType.BULK_COMPLETED, BULK, JobStatus.COMPLETED, 1_000, 985, 15, AT));
  }

  @Test
  void countsWhatWasLeftOutAmongTheRecipientsAlone() {
    Counters counters =
        Count.of(2, Bucket.INVALID)
            .and(40, Bucket.SENT)
            .and(5, Bucket.READ)
            .and(4, Bucket.FAILED)
            .and(1, Bucket.EXPIRED)
            .and(3, Bucket.UNKNOWN)
            .and(6, Bucket.CANCELLED)
            .counters();

    JobEvent event = JobEvent.of(EventType.BULK_COMPLETED, BULK, JobStatus.PARTIAL, counters, AT);

    assertThat(event.status()).isEqualTo(JobStatus.PARTIAL);
    assertThat(event.totalRecipients()).isEqualTo(61);
    assertThat(event.successCount()).isEqualTo(45);
    assertThat(event.failureCount()).isEqualTo(5);
  }
}
