package dev.carillon.domain.job;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/// Counters for tests, which say only what matters: `Count.of(98, Bucket.QUEUED).and(2,
/// Bucket.INVALID).counters()`. What is not said is 0.
public final class Count {
  private final Map<Bucket, Long> buckets = new EnumMap<>(Bucket.class);

  private Count() {}

  /// Nothing at all.
  public static Count nothing() {
    return new Count();
  }

  /// So many in one bucket.
  public static Count of(long count, Bucket bucket) {
    return new Count().and(count, bucket);
  }

  /// Any number in every bucket.
  public static Count random(Random random, int below) {
    Count count = new Count();
    Arrays.stream(Bucket.values()).forEach(bucket -> count.and(random.nextInt(below), bucket));
    return count;
  }

  /// The same and so many in another bucket.
  public Count and(long count, Bucket bucket) {
    buckets.put(bucket, count);
    return this;
  }

  /// What is in these buckets together.
  public long sum(Bucket... which) {
    return Arrays.stream(which).mapToLong(this::in).sum();
  }

  /// The counters with these buckets.
  public Counters counters() {
    return new Counters(
        in(Bucket.INVALID),
        in(Bucket.DUPLICATE),
        in(Bucket.SUPPRESSED),
        in(Bucket.NO_ADDRESS),
        in(Bucket.PENDING),
        in(Bucket.QUEUED),
        in(Bucket.SENT),
        in(Bucket.DELIVERED),
        in(Bucket.READ),
        in(Bucket.UNDELIVERED),
        in(Bucket.FAILED),
        in(Bucket.EXPIRED),
        in(Bucket.CANCELLED),
        in(Bucket.UNKNOWN),
        in(Bucket.RETRIES));
  }

  private long in(Bucket bucket) {
    return buckets.getOrDefault(bucket, 0L);
  }

  /// The buckets of [Counters], in their order.
  public enum Bucket {
    INVALID,
    DUPLICATE,
    SUPPRESSED,
    NO_ADDRESS,
    PENDING,
    QUEUED,
    SENT,
    DELIVERED,
    READ,
    UNDELIVERED,
    FAILED,
    EXPIRED,
    CANCELLED,
    UNKNOWN,
    RETRIES
  }
}
