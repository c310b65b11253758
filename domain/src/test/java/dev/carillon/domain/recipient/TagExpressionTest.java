package dev.carillon.domain.recipient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.domain.recipient.TagExpression.Parsed;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagExpressionTest {
  private static final List<String> TAGS = List.of("a", "b", "c", "New York", "AND", "say \"hi\"");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          vip                        | vip             | true
          vip                        | VIP             | false
          vip                        | customer        | false
          vip                        | ``              | false
          NOT vip                    | ``              | true
          NOT vip                    | vip,customer    | false
          NOT NOT vip                | vip             | true
          a AND b                    | a,b             | true
          a AND b                    | a               | false
          a and b And c              | c,b,a           | true
          a OR b                     | b               | true
          a OR b or c                | d               | false
          a OR b AND c               | a               | true
          a OR b AND c               | b               | false
          (a OR b) AND c             | a               | false
          (a OR b) AND c             | b,c             | true
          NOT a AND b                | b               | true
          NOT a AND b                | a,b             | false
          NOT (a AND b)              | a               | true
          a AND NOT(b OR "New York") | a               | true
          a AND NOT(b OR "New York") | a,New York      | false
          "and" OR "a \\"b\\" \\\\ c"| a "b" \\ c      | true
          "and"                      | and             | true
          "  vip "                   | vip             | true
          new-york.2/x:y_z@home#1    | new-york.2/x:y_z@home#1 | true
          android                    | android         | true
          ÉTÉ                        | ÉTÉ             | true
          """)
  void meansWhoseTagsFit(String expression, String tags, boolean fits) {
    Set<String> carried =
        tags.isEmpty() ? Set.of() : Arrays.stream(tags.split(",")).collect(Collectors.toSet());

    assertThat(TagExpression.of(expression).fits(carried)).isEqualTo(fits);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          ``|1|a tag, NOT or an opening parenthesis is missing
          `  `|3|a tag, NOT or an opening parenthesis is missing
          AND|1|a tag, NOT or an opening parenthesis is missing
          a AND|6|a tag, NOT or an opening parenthesis is missing
          a OR OR b|6|a tag, NOT or an opening parenthesis is missing
          NOT|4|a tag, NOT or an opening parenthesis is missing
          ()|2|a tag, NOT or an opening parenthesis is missing
          a b|3|AND or OR must stand between two tags
          ` a b`|4|AND or OR must stand between two tags
          a NOT b|3|AND or OR must stand between two tags
          a (b)|3|AND or OR must stand between two tags
          (a|3|AND, OR or a closing parenthesis is missing
          (a b)|4|AND, OR or a closing parenthesis is missing
          a)|2|this parenthesis was not opened
          𝄞 𝄞|3|AND or OR must stand between two tags
          a AND "b|7|the closing quote is missing
          a AND "b\\"|7|the closing quote is missing
          "b\\|1|the closing quote is missing
          a OR ""|6|a tag must not be blank
          a OR " "|6|a tag must not be blank
          """)
  void tellsWhereItCannotBeRead(String text, int position, String description) {
    assertThat(TagExpression.parse(text)).isEqualTo(new Parsed.Malformed(position, description));
  }

  @Test
  void refusesTagsThatNobodyCanHave() {
    String longest = "ü".repeat(RecipientRules.LONGEST_TAG);

    assertThat(TagExpression.of("\"" + longest + "\"").fits(Set.of(longest))).isTrue();
    assertThat(TagExpression.parse("a OR " + longest + "x"))
        .isEqualTo(new Parsed.Malformed(6, "a tag must not be longer than 64 characters"));
    assertThat(TagExpression.parse("\"a\nb\""))
        .isEqualTo(
            new Parsed.Malformed(
                1, "a tag must not contain line breaks or other control characters"));
    assertThat(TagExpression.parse("a\0b")).isInstanceOf(Parsed.Malformed.class);
  }

  @Test
  void isBoundedInLengthInTagsAndInDepth() {
    String longest = "\"" + " ".repeat(TagExpression.LONGEST - 3) + "a\"";
    String most = String.join(" OR ", Set.copyOf(range("t", TagExpression.MOST_TAGS)));
    String deepest = "NOT ".repeat(16) + "(".repeat(16) + "a" + ")".repeat(16);

    assertThat(TagExpression.parse(longest)).isInstanceOf(Parsed.Valid.class);
    assertThat(TagExpression.parse(longest + "  ")).isInstanceOf(Parsed.Valid.class);
    assertThat(TagExpression.parse("𝄞".repeat(100_000)))
        .isEqualTo(
            new Parsed.Malformed(
                TagExpression.LONGEST + 1, "must not be longer than 2000 characters"));
    assertThat(TagExpression.parse(most)).isInstanceOf(Parsed.Valid.class);
    assertThat(TagExpression.parse(most + " OR u"))
        .isEqualTo(new Parsed.Malformed(most.length() + 5, "must not have more than 100 tags"));
    assertThat(TagExpression.of(deepest).fits(Set.of("a"))).isTrue();
    assertThat(TagExpression.parse("NOT " + deepest))
        .isEqualTo(new Parsed.Malformed(84, "must not be nested deeper than 32 levels"));
    assertThat(TagExpression.parse("(a)" + " AND (b)".repeat(90))).isInstanceOf(Parsed.Valid.class);
  }

  @Test
  void isEqualByItsText() {
    assertThat(TagExpression.of(" a AND b\n")).isEqualTo(TagExpression.of("a AND b"));
    assertThat(TagExpression.of("a AND b")).isNotEqualTo(TagExpression.of("a and b"));
    assertThat(TagExpression.of("a AND b").hashCode())
        .isEqualTo(TagExpression.of("a AND b ").hashCode());
    assertThat(TagExpression.of(" a AND b\n").text()).isEqualTo("a AND b");
  }

  @Test
  void isNotMadeOfATextThatIsNone() {
    assertThatThrownBy(() -> TagExpression.of("a b")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsWhateverIsWrittenByItsRules() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      TagCondition written = condition(random, 4);
      String text = text(written, random);
      TagExpression read = TagExpression.of(text);
      for (int j = 0; j < 8; j++) {
        Set<String> tags = tags(random);
        assertThat(read.fits(tags))
            .as("seed %d: %s for %s", seed, text, tags)
            .isEqualTo(written.fits(tags));
      }
    }
  }

  @Test
  void answersAnyTextByAnExpressionOrByAPlaceInIt() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<String> pieces =
        List.of("a", "AND", "or", "NOT", "(", ")", "\"", "\\", " ", "\t", "\0", "𝄞", "\u2003");
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(12); j >= 0; j--) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
      switch (TagExpression.parse(text.toString())) {
        case Parsed.Valid(TagExpression expression) ->
            assertThat(TagExpression.of(expression.text())).isEqualTo(expression);
        case Parsed.Malformed(int position, String description) -> {
          assertThat(position)
              .as("seed %d: %s", seed, text)
              .isBetween(1, text.codePointCount(0, text.length()) + 1);
          assertThat(description).isNotEmpty();
        }
      }
    }
  }

  private static Set<String> range(String prefix, int count) {
    Set<String> all = new HashSet<>();
    for (int i = 0; i < count; i++) {
      all.add(prefix + i);
    }
    return all;
  }

  private static TagCondition condition(Random random, int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(4);
    return switch (kind) {
      case 0 -> new TagCondition.Has(TAGS.get(random.nextInt(TAGS.size())));
      case 1 -> new TagCondition.Not(condition(random, depth - 1));
      case 2 -> new TagCondition.All(conditions(random, depth - 1));
      default -> new TagCondition.Any(conditions(random, depth - 1));
    };
  }

  private static List<TagCondition> conditions(Random random, int depth) {
    return random.ints(2 + random.nextInt(2)).mapToObj(_ -> condition(random, depth)).toList();
  }

  /// With no more parentheses than are needed, now and then.
  private static String text(TagCondition condition, Random random) {
    String text =
        switch (condition) {
          case TagCondition.Has(String tag) -> tagText(tag, random);
          case TagCondition.Not(TagCondition negated) ->
              word("NOT", random) + " " + inside(negated, 3, random);
          case TagCondition.All(List<TagCondition> parts) ->
              parts.stream()
                  .map(part -> inside(part, 2, random))
                  .collect(Collectors.joining(" " + word("AND", random) + " "));
          case TagCondition.Any(List<TagCondition> parts) ->
              parts.stream()
                  .map(part -> inside(part, 1, random))
                  .collect(Collectors.joining("\n" + word("OR", random) + "  "));
        };
    return random.nextInt(8) == 0 ? "(" + text + ")" : text;
  }

  private static String inside(TagCondition part, int strength, Random random) {
    int own =
        switch (part) {
          case TagCondition.Has _, TagCondition.Not _ -> 3;
          case TagCondition.All _ -> 2;
          case TagCondition.Any _ -> 1;
        };
    String text = text(part, random);
    return own < strength ? "(" + text + ")" : text;
  }

  private static String tagText(String tag, Random random) {
    return tag.length() == 1 && random.nextBoolean()
        ? tag
        : "\"" + tag.replace("\"", "\\\"") + "\"";
  }

  private static String word(String word, Random random) {
    return random.nextBoolean() ? word : word.toLowerCase(Locale.ROOT);
  }

  private static Set<String> tags(Random random) {
    return TAGS.stream().filter(_ -> random.nextBoolean()).collect(Collectors.toSet());
  }
}
