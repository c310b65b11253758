package dev.carillon.benchmarks.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.carillon.domain.recipient.TagExpression;
import dev.carillon.domain.recipient.TagExpression.Parsed;
import java.util.List;

/// Tag expressions, most of them made of the language's own words.
public final class TagExpressionsFuzz {
  private static final String[] WORDS = {
    "vip", "trial", " ", "AND", "or", "NOT", "(", ")", "\"", "\\", "\"New York\"", " and ", "not ("
  };
  private static final int MOST_WORDS = 60;

  private TagExpressionsFuzz() {}

  public static void fuzzerTestOneInput(FuzzedDataProvider data) {
    String text = data.consumeBoolean() ? words(data) + FuzzText.next(data) : FuzzText.next(data);
    switch (Promise.linear(text.length(), () -> TagExpression.parse(text))) {
      case Parsed.Valid(TagExpression expression) -> check(expression);
      case Parsed.Malformed(int position, String description) -> {
        Promise.kept(
            position >= 1 && position <= text.codePointCount(0, text.length()) + 1,
            "the problem is somewhere in the text");
        Promise.kept(!description.isBlank(), "the problem is told");
      }
    }
  }

  private static String words(FuzzedDataProvider data) {
    StringBuilder text = new StringBuilder();
    int count = data.consumeInt(1, MOST_WORDS);
    for (int n = 0; n < count; n++) {
      text.append(data.pickValue(WORDS)).append(data.consumeBoolean() ? " " : "");
    }
    return text.toString();
  }

  private static void check(TagExpression expression) {
    String text = expression.text();
    Promise.kept(TagExpression.of(text).equals(expression), "its text is read as what it is");
    boolean none = fits(expression, List.of());
    boolean one = fits(expression, List.of("vip"));
    // There need be no room left for two more levels and six more characters.
    if (TagExpression.parse("NOT (" + text + ")") instanceof Parsed.Valid(TagExpression negated)) {
      Promise.kept(fits(negated, List.of()) != none, "NOT turns it around");
      Promise.kept(fits(negated, List.of("vip")) != one, "NOT turns it around");
    }
  }

  private static boolean fits(TagExpression expression, List<String> tags) {
    return Promise.linear(expression.text().length(), () -> expression.fits(tags));
  }
}
