package dev.carillon.providers.templating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.port.Templating.Escaping;
import dev.carillon.application.port.Templating.Filled;
import dev.carillon.application.port.Templating.Form;
import dev.carillon.application.port.Templating.Reading;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MustacheTemplatingTest {
  private static final int LONGEST = 1 << 16;
  private static final Map<String, String> JANE =
      Map.of("first_name", "Jane", "city", "Harare", "order.id", "A-17", "empty", "");

  private final MustacheTemplating templating = new MustacheTemplating();

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "Dear {{first_name}}, Dear Jane,",
        "{{ first_name }}!, Jane!",
        "{{first_name}}{{city}}, JaneHarare",
        "no tag, no tag",
        "order {{order.id}}, order A-17",
        "{{#city}}in {{city}}{{/city}}, in Harare",
        "{{#city}}for {{first_name}}{{/city}}, for Jane",
        "{{#empty}}never{{/empty}}., .",
        "{{^empty}}always{{/empty}}., always.",
        "{{#unknown}}never{{/unknown}}., .",
        "{{^unknown}}always{{/unknown}}., always.",
        "{{^city}}abroad{{/city}}., .",
        "{{#city}}{{^unknown}}{{#first_name}}deep{{/first_name}}{{/unknown}}{{/city}}, deep",
        "a{{! {what} is {{ this?}}b, ab",
        "[{{empty}}], []",
        "}} and } and {, }} and } and {",
        "{{first_name}}}, Jane}",
        "\"{{\n first_name }}\", Jane",
        "{ {{first_name}} }, { Jane }",
      })
  void fillsWhatItIsGiven(String template, String filled) {
    assertThat(fill(template, JANE)).isEqualTo(new Filled.Text(filled));
  }

  @Test
  void keepsLinesExceptThoseOfSectionsAlone() {
    assertThat(fill("Dear\n{{#city}}\nin {{city}}\n{{/city}}\nBye\n", JANE))
        .isEqualTo(new Filled.Text("Dear\nin Harare\nBye\n"));
  }

  @Test
  void namesTheFirstVariableWithoutAValue() {
    assertThat(fill("{{first_name}} {{order.number}} {{other}}", JANE))
        .isEqualTo(new Filled.Missing("order.number"));
    assertThat(fill("{{#city}}{{street}}{{/city}}", JANE)).isEqualTo(new Filled.Missing("street"));
    assertThat(fill("{{#unknown}}{{street}}{{/unknown}}-", JANE)).isEqualTo(new Filled.Text("-"));
  }

  @Test
  void findsNothingInAValueButTheValue() {
    for (String name :
        new String[] {
          "city.length", "city.class", "this.city", "class", "toString", "values", "bytes"
        }) {
      assertThat(fill("{{" + name + "}}", JANE)).as(name).isEqualTo(new Filled.Missing(name));
      assertThat(fill("{{#city}}{{" + name + "}}{{/city}}", JANE))
          .as(name)
          .isEqualTo(new Filled.Missing(name));
    }
  }

  @Test
  void readsNoTemplateInAValue() {
    assertThat(fill("{{first_name}}", Map.of("first_name", "{{city}} {{{x")))
        .isEqualTo(new Filled.Text("{{city}} {{{x"));
  }

  @Test
  void escapesValuesInHtmlAlone() {
    Map<String, String> values = Map.of("v", "<b> & \"'`=");

    assertThat(form("<p>{{v}}</p>", Escaping.HTML).fill(values::get))
        .isEqualTo(new Filled.Text("<p>&lt;b&gt; &amp; &quot;&#39;&#x60;&#x3D;</p>"));
    assertThat(form("{{{v}}}{{&v}}", Escaping.HTML).fill(values::get))
        .isEqualTo(new Filled.Text("<b> & \"'`=<b> & \"'`="));
    assertThat(form("{{v}}", Escaping.NONE).fill(values::get))
        .isEqualTo(new Filled.Text("<b> & \"'`="));
  }

  @Test
  void tellsAllNamesItMayAskFor() {
    assertThat(form("{{a}} {{#b}}{{{c}}}{{^d}}{{&e}}{{/d}}{{/b}} {{! f }}", Escaping.NONE).names())
        .containsExactlyInAnyOrder("a", "b", "c", "d", "e");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{{|1",
        "Dear {{first_name|1",
        "{{first_name}|1",
        "{{{first_name}}|1",
        "{{}}|1",
        "{{ }}|1",
        "{{{}}}|1",
        "{{#}}{{/}}|1",
        "{{first name}}|1",
        "{{1st}}|1",
        "{{.}}|1",
        "{{this}}|1",
        "{{#a}}{{this}}{{/a}}|1",
        "{{-index}}|1",
        "{{naïve}}|1",
        "{{#city}}|1",
        "{{/city}}|1",
        "{{#city}}{{/town}}|1",
        "{{#a}}{{#b}}{{/a}}{{/b}}|1",
        "{{>partial}}|1",
        "{{<parent}}{{/parent}}|1",
        "{{$block}}{{/block}}|1",
        "{{=<% %>=}}|1",
        "{{*dynamic}}|1",
        "{{! no end|1",
        "{{ ! {{a}} }}|1",
        "{{{{a}}}}|1",
        "{{a{{b}}|1",
        "\"one\ntwo {{a}}\n{{\nb c}}\"|3",
        "\"\n\n{{#a}}\n{{#b}}{{/b}}\"|3",
      })
  void saysWhereATemplateIsMalformed(String template, int line) {
    assertThat(templating.read(template, Escaping.NONE, LONGEST))
        .isInstanceOfSatisfying(
            Reading.Malformed.class, malformed -> assertThat(malformed.line()).isEqualTo(line));
  }

  @Test
  void boundsNamesSectionsAndTags() {
    assertThat(isReadable("{{" + "a".repeat(64) + "}}")).isTrue();
    assertThat(isReadable("{{" + "a".repeat(65) + "}}")).isFalse();
    assertThat(isReadable(nested(16))).isTrue();
    assertThat(isReadable(nested(17))).isFalse();
    assertThat(isReadable(nested(100_000))).isFalse();
    assertThat(isReadable("{{a}}".repeat(10_000))).isTrue();
    assertThat(isReadable("{{a}}".repeat(10_001))).isFalse();
  }

  @Test
  void stopsBeforeATextGetsTooLong() {
    Form form = ((Reading.Ready) templating.read("{{a}}{{a}}-", Escaping.NONE, 5)).form();

    assertThat(form.fill(_ -> "xx")).isEqualTo(new Filled.Text("xxxx-"));
    assertThat(form.fill(_ -> "xxx")).isEqualTo(new Filled.TooLong());
    Form many = form("{{a}}".repeat(10_000), Escaping.NONE);
    String long_ = "x".repeat(4_000);
    assertThat(many.fill(_ -> long_)).isEqualTo(new Filled.TooLong());
  }

  @Test
  void fillsForManyAtATime() throws Exception {
    Form form = form("{{#a}}{{a}} and {{b}}{{/a}}", Escaping.NONE);
    CountDownLatch ready = new CountDownLatch(8);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results =
          IntStream.range(0, 8)
              .mapToObj(thread -> threads.submit(() -> fillOften(form, thread, ready)))
              .toList();
      for (Future<Boolean> result : results) {
        assertThat(result.get()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void isNeverSurprisedByWhatPeopleWrite(long seed) {
    Random random = new Random(seed);
    String[] pieces = {
      "{{", "}}", "{", "}", "{{{", "}}}", "#", "^", "/", "&", "!", "=", ">", "<", "$", "a", "b.c",
      " ", "\n", "\r", "\0", "é", "😀", "\ud83d", "{{a}}", "{{#a}}", "{{/a}}", "{{^a}}", "\u2003"
    };
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(12);
      for (int i = 0; i < length; i++) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      check(text.toString(), seed);
    }
  }

  @Test
  void takesTimeInProportionToTheText() {
    String[] bad = {"{{", "{{{", "{{a}}{{", "{{#a}}", "{{! ", "{{a", "}}{{", "{{a}} {{=", "{ {"};
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (String piece : bad) {
            var _ = templating.read(piece.repeat((1 << 20) / piece.length()), Escaping.HTML, 10);
          }
        });
  }

  /// What can be read can be filled, and nothing else comes of it than is declared.
  private void check(String text, long seed) {
    if (templating.read(text, Escaping.HTML, 100) instanceof Reading.Ready(Form form)) {
      assertThat(form.fill(_ -> "v")).as("seed %s: %s", seed, text).isNotNull();
      assertThat(form.fill(_ -> null)).as("seed %s: %s", seed, text).isNotNull();
      assertThat(form.fill(name -> form.names().contains(name) ? "" : null))
          .as("names of seed %s: %s", seed, text)
          .isInstanceOf(Filled.Text.class);
    }
  }

  private static boolean fillOften(Form form, int thread, CountDownLatch ready)
      throws InterruptedException {
    ready.countDown();
    ready.await();
    String own = "v" + thread;
    return IntStream.range(0, 1_000)
        .allMatch(_ -> form.fill(_ -> own).equals(new Filled.Text(own + " and " + own)));
  }

  private static String nested(int depth) {
    return "{{#a}}".repeat(depth) + "x" + "{{/a}}".repeat(depth);
  }

  private boolean isReadable(String template) {
    return templating.read(template, Escaping.NONE, LONGEST) instanceof Reading.Ready;
  }

  private Filled fill(String template, Map<String, String> values) {
    return form(template, Escaping.NONE).fill(values::get);
  }

  private Form form(String template, Escaping escaping) {
    Reading reading = templating.read(template, escaping, LONGEST);
    assertThat(reading).isInstanceOf(Reading.Ready.class);
    return ((Reading.Ready) reading).form();
  }
}
