package dev.carillon.benchmarks.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.carillon.application.port.Templating.Escaping;
import dev.carillon.application.port.Templating.Filled;
import dev.carillon.application.port.Templating.Form;
import dev.carillon.application.port.Templating.Reading;
import dev.carillon.providers.templating.MustacheTemplating;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Templates, most of them made of the language's own words, and values for their variables.
public final class TemplatesFuzz {
  private static final MustacheTemplating TEMPLATING = new MustacheTemplating();
  private static final int LONGEST = 100_000;
  private static final int MOST_WORDS = 60;

  // Values begin with it; a template that holds it is left out.
  private static final String MARK = "\u0001";
  private static final String VALUE = MARK + "<{{a}}>&\"'";
  private static final String[] NAMES = {"a", "first_name", "a.b", "this", "_", "length", "a.b.c"};
  private static final String[] WORDS = {
    "{{",
    "}}",
    "{{{",
    "}}}",
    "{{#",
    "{{^",
    "{{/",
    "{{!",
    "{{&",
    "{{>",
    "{{=",
    " ",
    "\n",
    "\r\n",
    "{",
    "}",
    "\"",
    "<b>",
    "Dear ",
    "a",
    "first_name",
    "a.b",
    "this",
    "."
  };

  private TemplatesFuzz() {}

  public static void fuzzerTestOneInput(FuzzedDataProvider data) {
    Escaping escaping = data.pickValue(Escaping.values());
    Map<String, String> known = new HashMap<>();
    for (String name : NAMES) {
      if (data.consumeBoolean()) {
        known.put(name, data.consumeBoolean() ? VALUE : "");
      }
    }
    String text = text(data);
    Reading reading = Promise.linear(text.length(), () -> TEMPLATING.read(text, escaping, LONGEST));
    if (reading instanceof Reading.Ready(Form form)) {
      fill(form, text, escaping, known);
    } else if (reading instanceof Reading.Malformed(int line, String description)) {
      Promise.kept(line >= 1 && line <= text.lines().count() + 1, "the line is one of the text");
      Promise.kept(
          !description.isBlank() && !description.contains("cannot be read"),
          "the problem is told, by the house and not by the library");
    }
  }

  private static String text(FuzzedDataProvider data) {
    StringBuilder text = new StringBuilder();
    int count = data.consumeInt(0, MOST_WORDS);
    for (int n = 0; n < count; n++) {
      if (data.consumeBoolean()) {
        String name = data.pickValue(NAMES);
        String form =
            data.pickValue(new String[] {"{{%s}}", "{{#%s}}x{{/%s}}", "{{^%s}}", "{{&%s}}"});
        text.append(form.replace("%s", name));
      } else {
        text.append(data.pickValue(WORDS));
      }
    }
    return text + FuzzText.next(data);
  }

  private static void fill(Form form, String text, Escaping escaping, Map<String, String> known) {
    Set<String> asked = new HashSet<>();
    // What a template costs to fill goes by what comes out, which its values have a part in.
    int length = text.length() * VALUE.length();
    Filled filled =
        Promise.linear(
            length,
            () ->
                form.fill(name -> {
                  asked.add(name);
                  return known.get(name);
                }));
    Promise.kept(form.names().containsAll(asked), "it asks for no name that it does not tell");
    switch (filled) {
      case Filled.Missing(String variable) ->
          Promise.kept(
              form.names().contains(variable) && !known.containsKey(variable),
              "what is missing is a variable without a value");
      case Filled.Text(String out) -> {
        boolean sections = text.contains("#") || text.contains("^");
        Promise.kept(
            sections || asked.equals(form.names()), "it asks for every name that it tells");
        check(out, text, escaping);
      }
      case Filled.TooLong() ->
          Promise.kept(length > LONGEST, "only what may be too long is called so");
    }
  }

  private static void check(String out, String text, Escaping escaping) {
    Promise.kept(out.length() <= LONGEST, "what comes out is bounded");
    boolean raw = text.contains("&") || text.contains("{{{") || text.contains(MARK);
    if (escaping == Escaping.HTML && !raw) {
      Promise.kept(!out.contains(MARK + "<"), "values are escaped in HTML");
    }
    if (!text.contains("{{")) {
      Promise.kept(out.equals(text), "a text without tags stays as it is");
    }
  }
}
