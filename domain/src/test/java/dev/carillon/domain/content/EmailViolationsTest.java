package dev.carillon.domain.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailViolationsTest {
  private static final String CONTROLS = "must not contain line breaks or other control characters";
  private static final String NAME =
      "must be named by printable ASCII characters without space or colon";
  private static final String TOO_LONG =
      "must not be longer than 998 characters, its name included";
  private static final String FORBIDDEN = "must not be set as a header of its own";

  @Test
  void ordinaryMailIsInOrder() {
    EmailContent email =
        new EmailContent(
            "Shop <shop@example.com>",
            "help@example.com",
            "Ihre Bestellung\tist da 😀",
            "<p>line\r\nline</p>",
            "line\r\nline",
            Map.of("X-Order", "42\t43", "List-Unsubscribe", "<https://example.com/u>"));

    assertThat(of(email)).isEmpty();
    assertThat(of(new EmailContent("", "", "", "", "", Map.of()))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r", "\n", "\0", "\r\nBcc: x", "\u000B", "\u001F", "\u007F", "\u0085"})
  void noLineTakesWhatCouldBeginAnother(String evil) {
    String line = "a" + evil + "b";
    EmailContent email = new EmailContent(line, line, line, "", "", Map.of("X-A", line));

    assertThat(of(email))
        .containsExactly(
            new ContentViolation("email.from", CONTROLS),
            new ContentViolation("email.reply_to", CONTROLS),
            new ContentViolation("email.subject", CONTROLS),
            new ContentViolation("email.headers[X-A]", CONTROLS));
  }

  @Test
  void bodiesTakeNoNul() {
    assertThat(of(new EmailContent("", "", "", "a\0", "\0", Map.of())))
        .containsExactly(
            new ContentViolation("email.html", "must not contain the NUL character"),
            new ContentViolation("email.text", "must not contain the NUL character"));
  }

  @Test
  void linesAreAsLongAsTheStandardAllows() {
    String longest = "é".repeat(998);
    String tooLong = longest + "é";
    String description = "must not be longer than 998 characters";

    assertThat(of(new EmailContent(longest, longest, longest, "", "", Map.of()))).isEmpty();
    assertThat(of(new EmailContent(tooLong, tooLong, tooLong, "", "", Map.of())))
        .containsExactly(
            new ContentViolation("email.from", description),
            new ContentViolation("email.reply_to", description),
            new ContentViolation("email.subject", description));
  }

  @Test
  void headerIsMeasuredWithItsName() {
    assertThat(of(withHeader("X-A", "v".repeat(993)))).isEmpty();
    assertThat(of(withHeader("X-A", "😀".repeat(993)))).isEmpty();
    assertThat(of(withHeader("X-A", "v".repeat(994))))
        .containsExactly(new ContentViolation("email.headers[X-A]", TOO_LONG));
  }

  @Test
  void bodiesShareOneLimitInBytes() {
    String half = "é".repeat(1 << 18);
    String description = "must not exceed 1048576 bytes, HTML and text together";

    assertThat(of(new EmailContent("", "", "", half, half, Map.of()))).isEmpty();
    assertThat(of(new EmailContent("", "", "", half + "a", half, Map.of())))
        .containsExactly(new ContentViolation("email.html", description));
    assertThat(of(new EmailContent("", "", "", "", half + half + "a", Map.of())))
        .containsExactly(new ContentViolation("email.text", description));
  }

  @Test
  void tooManyHeadersAreToldOnce() {
    assertThat(of(withHeaders(50, "v"))).isEmpty();
    assertThat(of(withHeaders(51, "\n")))
        .containsExactly(new ContentViolation("email.headers", "must not be more than 50 headers"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "X A", "X:A", "X-A\r\n", "X\0", "X-é", "\u007F"})
  void headerNamesAreTokens(String name) {
    assertThat(of(withHeader(name, "v")))
        .extracting(ContentViolation::description)
        .containsExactly(NAME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-A", "!", "~", "x_1", "9", "x;y"})
  void headerNamesMayBeOfAnyOtherPrintableCharacter(String name) {
    assertThat(of(withHeader(name, "v"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "From",
        "To",
        "Subject",
        "Reply-To",
        "Bcc",
        "Cc",
        "MIME-Version",
        "DKIM-Signature",
        "Return-Path",
        "Received",
        "Content-Type",
        "Content-Transfer-Encoding",
        "content-x",
        "bCC"
      })
  void headersThatTheMailMakesItselfAreRefused(String name) {
    assertThat(of(withHeader(name, "v")))
        .containsExactly(new ContentViolation("email.headers[" + name + "]", FORBIDDEN));
  }

  @Test
  void headersThatOnlyBeginLikeThoseAreTaken() {
    for (String name : List.of("From-X", "Contents", "X-Content-Type", "To2")) {
      assertThat(of(withHeader(name, "v"))).as(name).isEmpty();
    }
  }

  @Test
  void hostileNameIsShownHarmlesslyAndShortened() {
    assertThat(of(withHeader("a\nb]é:" + "x".repeat(1_000), "v")))
        .containsExactly(
            new ContentViolation("email.headers[a?b]??" + "x".repeat(58) + "]", NAME),
            new ContentViolation("email.headers[a?b]??" + "x".repeat(58) + "]", TOO_LONG));
  }

  @Test
  void valuesAreRepeatedInNoDescription() {
    String evil = "secret\n";
    assertThat(of(new EmailContent(evil, evil, evil, evil, evil, Map.of("X-A", evil))))
        .isNotEmpty()
        .noneMatch(violation -> violation.toString().contains("secret"));
  }

  private static EmailContent withHeader(String name, String value) {
    return new EmailContent("", "", "", "", "", Map.of(name, value));
  }

  private static EmailContent withHeaders(int count, String value) {
    Map<String, String> headers = new LinkedHashMap<>();
    IntStream.range(0, count).forEach(i -> headers.put("X-" + i, value));
    return new EmailContent("", "", "", "", "", headers);
  }

  private static List<ContentViolation> of(Content content) {
    return Content.violations(content, ContentLimits.DEFAULTS);
  }
}
