package dev.carillon.providers.templating;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import dev.carillon.application.port.Templating;
import java.util.Set;

/// Templates by jmustache. What it is lenient about, or can do beyond mustache(5), is refused
/// before it sees it; it is given texts alone, by a collector of its own, so that nothing is
/// reached by reflection and nothing is loaded. Thread-safe.
public final class MustacheTemplating implements Templating {
  private static final Mustache.Compiler COMPILER =
      Mustache.compiler().emptyStringIsFalse(true).withCollector(new TextCollector());

  @Override
  public Reading read(String text, Escaping escaping, int longest) {
    return switch (TagReader.read(text)) {
      case TagReader.Tags.Well(Set<String> names) -> compile(text, escaping, longest, names);
      case TagReader.Tags.Wrong(int line, String description) ->
          new Reading.Malformed(line, description);
    };
  }

  private static Reading compile(String text, Escaping escaping, int longest, Set<String> names) {
    Mustache.Compiler compiler =
        COMPILER.withEscaper(escaping == Escaping.HTML ? Escapers.HTML : Escapers.NONE);
    try {
      return new Reading.Ready(new MustacheForm(compiler.compile(text), names, longest));
    } catch (MustacheException unforeseen) {
      return new Reading.Malformed(1, "cannot be read as a Mustache template");
    }
  }
}
