package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.application.watch.WatchBulkJobs.Position;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.v1.ListBulkJobsRequest;
import dev.carillon.v1.ListMessagesRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class TokensTest {
  private static final Scope SCOPE = new Scope(new BusinessId(7), Environment.TEST);
  private static final ListBulkJobsRequest LABELLED =
      ListBulkJobsRequest.newBuilder().putLabels("a", "1").putLabels("b", "2").build();
  private static final String BULK_ID = "0197a1b2-0000-7000-8000-000000000001";

  private final PageTokens tokens = PageTokens.of(SCOPE, LABELLED);

  @Test
  void readsWhatItWrote() {
    for (long cursor : new long[] {0, 1, 49, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE}) {
      assertThat(tokens.cursor(tokens.next(OptionalLong.of(cursor)))).isEqualTo(cursor);
    }
  }

  @Test
  void hasNoTokenAfterTheLastPage() {
    assertThat(tokens.next(OptionalLong.empty())).isEmpty();
  }

  @Test
  void isGoodForTheSameFiltersInAnyOrder() {
    ListBulkJobsRequest other =
        ListBulkJobsRequest.newBuilder().putLabels("b", "2").putLabels("a", "1").build();

    assertThat(PageTokens.of(SCOPE, other).cursor(token(5))).isEqualTo(5);
  }

  @Test
  void isRefusedWithOtherFiltersOfAnotherTenantOrForAnotherList() {
    String token = token(5);
    ListBulkJobsRequest other = LABELLED.toBuilder().putLabels("b", "3").build();
    Scope live = new Scope(SCOPE.business(), Environment.LIVE);
    Scope stranger = new Scope(new BusinessId(8), Environment.TEST);
    String empty =
        PageTokens.of(SCOPE, ListBulkJobsRequest.getDefaultInstance()).next(OptionalLong.of(5));

    assertRefused("page_token", () -> PageTokens.of(SCOPE, other).cursor(token));
    assertRefused("page_token", () -> PageTokens.of(live, LABELLED).cursor(token));
    assertRefused("page_token", () -> PageTokens.of(stranger, LABELLED).cursor(token));
    assertRefused(
        "page_token",
        () -> PageTokens.of(SCOPE, ListMessagesRequest.getDefaultInstance()).cursor(empty));
  }

  @Test
  void isRefusedWhenAnyCharacterWasChanged() {
    String token = token(1_234);
    for (int i = 0; i < token.length(); i++) {
      char changed = token.charAt(i) == 'A' ? 'B' : 'A';
      String tampered = token.substring(0, i) + changed + token.substring(i + 1);
      assertRefused("page_token", () -> tokens.cursor(tampered));
    }
  }

  @Test
  void tellsWhichEndsWereToldBeyondAPosition() {
    Set<Long> told = LongStream.range(-20, 20).boxed().collect(Collectors.toSet());
    for (boolean settled : new boolean[] {true, false}) {
      Position position = new Position(7, Instant.ofEpochMilli(5), told, settled);

      String token = JobsPositions.of(SCOPE, position);

      assertThat(JobsPositions.position(SCOPE, token)).contains(position);
      assertThat(token).as("fits into the request").hasSizeLessThanOrEqualTo(512);
    }
    Position plain = new Position(7, Instant.ofEpochMilli(5));
    assertThat(JobsPositions.position(SCOPE, JobsPositions.of(SCOPE, plain))).contains(plain);
  }

  @Test
  void isRefusedWhenItIsAnythingElse() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      byte[] bytes = new byte[random.nextInt(64) + 1];
      random.nextBytes(bytes);
      String junk = new String(bytes, StandardCharsets.ISO_8859_1);
      assertThatThrownBy(() -> tokens.cursor(junk))
          .as("seed " + seed)
          .isInstanceOf(DomainException.class);
    }
  }

  @Test
  void resumesTheSameJobOnly() {
    String token = ResumeTokens.of(BULK_ID, 42);

    assertThat(ResumeTokens.version(token, BULK_ID)).hasValue(42);
    assertThat(ResumeTokens.version("", BULK_ID)).isEmpty();
    assertRefused("resume_token", () -> ResumeTokens.version(token, BULK_ID.replace('1', '2')));
    assertRefused("resume_token", () -> ResumeTokens.version("42", BULK_ID));
    assertRefused("resume_token", () -> ResumeTokens.version(token(42), BULK_ID));
  }

  private String token(long cursor) {
    return tokens.next(OptionalLong.of(cursor));
  }

  private static void assertRefused(String path, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DomainException.class,
            refused ->
                assertThat(refused.error())
                    .isInstanceOfSatisfying(
                        DomainError.InvalidFields.class,
                        invalid ->
                            assertThat(invalid.violations())
                                .extracting(violation -> violation.path())
                                .isEqualTo(List.of(path))));
  }
}
