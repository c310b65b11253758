package dev.carillon.grpc;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.google.protobuf.Message;
import dev.carillon.application.port.RecipientCursor;
import dev.carillon.application.port.RecipientOrder;
import dev.carillon.application.port.RecipientOrder.By;
import dev.carillon.benchmarks.fuzz.FuzzText;
import dev.carillon.benchmarks.fuzz.Promise;
import dev.carillon.benchmarks.fuzz.Refusals;
import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import dev.carillon.v1.ListMessagesRequest;
import dev.carillon.v1.ListRecipientsRequest;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Page tokens and their like: any text, and tokens that were damaged or are another tenant's.
public final class PageTokensFuzz {
  private static final String BASE64_URL =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=";
  private static final String BULK_ID = "01a201e8-8a03-7c88-9d54-2fa0de556251";
  private static final int MOST_DAMAGES = 4;
  private static final int LONGEST_NAME = 100;
  private static final Scope SCOPE = new Scope(new BusinessId(7), Environment.TEST);
  private static final Scope STRANGER = new Scope(new BusinessId(8), Environment.TEST);
  private static final Message MESSAGES = ListMessagesRequest.getDefaultInstance();
  private static final Message RECIPIENTS = ListRecipientsRequest.getDefaultInstance();

  private PageTokensFuzz() {}

  public static void fuzzerTestOneInput(FuzzedDataProvider data) {
    switch (data.consumeInt(1, 3)) {
      case 1 -> numbered(data);
      case 2 -> sorted(data);
      default -> others(data);
    }
  }

  /// Lists whose cursor is a number.
  private static void numbered(FuzzedDataProvider data) {
    OptionalLong cursor = OptionalLong.of(data.consumeLong());
    PageTokens tokens = PageTokens.of(SCOPE, MESSAGES);
    String own = tokens.next(cursor);
    Promise.kept(
        Paging.request(0, 0, own, tokens).after().equals(cursor),
        "a token leads to where it was made for");
    check(
        text(own, data),
        PageTokens.of(STRANGER, MESSAGES).next(cursor),
        token -> Paging.request(0, 0, token, tokens));
  }

  /// Lists whose cursor has the value that they are sorted by.
  private static void sorted(FuzzedDataProvider data) {
    By by = data.pickValue(By.values());
    RecipientOrder order = new RecipientOrder(by, data.consumeBoolean());
    RecipientCursor cursor =
        new RecipientCursor(time(by, data), name(by, data), data.consumeLong(), data.consumeLong());
    RecipientTokens tokens = RecipientTokens.of(SCOPE, RECIPIENTS, order);
    String own = tokens.next(cursor);
    Promise.kept(
        cursor.equals(tokens.request(0, 0, own).after()), "a token leads to where it was made for");
    check(
        text(own, data),
        RecipientTokens.of(STRANGER, RECIPIENTS, order).next(cursor),
        token -> tokens.request(0, 0, token));
  }

  /// Where a stream goes on, and which history of the store was seen.
  private static void others(FuzzedDataProvider data) {
    long version = data.consumeLong();
    String own = ResumeTokens.of(BULK_ID, version);
    Promise.kept(
        ResumeTokens.version(own, BULK_ID).equals(OptionalLong.of(version)),
        "a token leads to where it was made for");
    check(
        text(own, data),
        ResumeTokens.of("another", version),
        token -> ResumeTokens.version(token, BULK_ID));
    String text = text(own, data);
    Promise.linear(
        text.length(), () -> Refusals.refusing(() -> HistoryTokens.history(text)).isPresent());
  }

  private static void check(String text, String others, Function<String, Object> read) {
    Promise.kept(
        Refusals.refusing(() -> read.apply(others)).isEmpty(),
        "a token for something else is refused");
    Promise.linear(text.length(), () -> Refusals.refusing(() -> read.apply(text)));
  }

  private static @Nullable Instant time(By by, FuzzedDataProvider data) {
    return by == By.CREATE_TIME || by == By.UPDATE_TIME
        ? Instant.ofEpochSecond(data.consumeInt(), data.consumeInt(0, 999_999_999))
        : null;
  }

  private static @Nullable String name(By by, FuzzedDataProvider data) {
    return by == By.LAST_NAME ? data.consumeAsciiString(LONGEST_NAME).replace("\0", "") : null;
  }

  private static String text(String token, FuzzedDataProvider data) {
    return data.consumeBoolean() ? damaged(token, data) : FuzzText.next(data);
  }

  private static String damaged(String token, FuzzedDataProvider data) {
    StringBuilder damaged = new StringBuilder(token);
    int times = data.consumeInt(1, MOST_DAMAGES);
    for (int n = 0; n < times; n++) {
      int at = data.consumeInt(0, token.length() - 1);
      damaged.setCharAt(at, BASE64_URL.charAt(data.consumeInt(0, BASE64_URL.length() - 1)));
    }
    return damaged.substring(0, data.consumeInt(0, token.length()));
  }
}
