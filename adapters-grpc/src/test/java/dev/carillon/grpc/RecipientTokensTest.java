package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.application.port.RecipientCursor;
import dev.carillon.application.port.RecipientOrder;
import dev.carillon.application.port.RecipientOrder.By;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainException;
import dev.carillon.v1.ListRecipientsRequest;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RecipientTokensTest {
  private static final Scope SCOPE = House.CALLER.scope();
  private static final ListRecipientsRequest FILTERS =
      ListRecipientsRequest.newBuilder().addTags("vip").build();

  @ParameterizedTest
  @EnumSource(By.class)
  void carriesWhereAPageEndedAndHowManyFitted(By by) {
    RecipientTokens tokens = tokens(by);
    RecipientCursor cursor = cursor(by, "Ünlü ☃", 1_000_000);

    assertThat(read(tokens, tokens.next(cursor))).isEqualTo(cursor);
    assertThat(tokens.next(null)).isEmpty();
    assertThat(tokens.request(0, 3, "").after()).isNull();
    assertThat(tokens.request(0, 3, "").size()).isEqualTo(50);
  }

  @Test
  void keepsTheLongestNameWithinTheBoundOfThePageToken() {
    RecipientCursor cursor = cursor(By.LAST_NAME, "😀".repeat(100), Long.MAX_VALUE);

    assertThat(tokens(By.LAST_NAME).next(cursor)).hasSizeLessThanOrEqualTo(1_024);
  }

  @Test
  void isRefusedByAnotherTenantFilterOrOrder() {
    String token = tokens(By.ID).next(cursor(By.ID, "", 5));
    Scope live = new Scope(SCOPE.business(), Environment.LIVE);
    RecipientOrder byId = RecipientOrder.DEFAULT;

    assertRefused(RecipientTokens.of(live, FILTERS, byId), token);
    assertRefused(
        RecipientTokens.of(SCOPE, ListRecipientsRequest.getDefaultInstance(), byId), token);
    assertRefused(
        RecipientTokens.of(
            SCOPE,
            FILTERS.toBuilder().setOrderBy("last_name").build(),
            new RecipientOrder(By.LAST_NAME, false)),
        token);
  }

  @Test
  void refusesEveryTextThatIsNoToken() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    RecipientTokens tokens = tokens(By.CREATE_TIME);
    String token = tokens.next(cursor(By.CREATE_TIME, "", 5));
    for (int i = 0; i < 2_000; i++) {
      StringBuilder changed = new StringBuilder(token);
      changed.setCharAt(random.nextInt(token.length() - 1), (char) ('!' + random.nextInt(90)));
      if (!changed.toString().equals(token)) {
        assertThat(Refusals.paths(refusal(tokens, changed.toString())))
            .as("seed %d: %s", seed, changed)
            .containsExactly("page_token");
      }
    }
  }

  private static RecipientTokens tokens(By by) {
    return RecipientTokens.of(SCOPE, FILTERS, new RecipientOrder(by, false));
  }

  private static RecipientCursor cursor(By by, String name, long total) {
    boolean timed = by == By.CREATE_TIME || by == By.UPDATE_TIME;
    return new RecipientCursor(
        timed ? Instant.parse("2026-03-01T10:00:00.123456Z") : null,
        by == By.LAST_NAME ? name : null,
        42,
        total);
  }

  private static @Nullable RecipientCursor read(RecipientTokens tokens, String token) {
    return tokens.request(10, 0, token).after();
  }

  private static void assertRefused(RecipientTokens tokens, String token) {
    assertThat(Refusals.paths(refusal(tokens, token))).containsExactly("page_token");
  }

  private static StatusRuntimeException refusal(RecipientTokens tokens, String token) {
    return ErrorStatuses.of(
        catchThrowableOfType(DomainException.class, () -> tokens.request(10, 0, token)).error(),
        EntryPaths.ENTRIES);
  }
}
