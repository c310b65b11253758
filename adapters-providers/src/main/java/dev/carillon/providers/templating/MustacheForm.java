package dev.carillon.providers.templating;

import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import dev.carillon.application.port.Templating;
import dev.carillon.application.port.Templating.Filled;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A template of the library, ready to be filled.
final class MustacheForm implements Templating.Form {
  private final Template template;
  private final Set<String> names;
  private final int longest;

  MustacheForm(Template template, Set<String> names, int longest) {
    this.template = template;
    this.names = Set.copyOf(names);
    this.longest = longest;
  }

  @Override
  public Set<String> names() {
    return names;
  }

  @Override
  public Filled fill(Function<String, @Nullable String> values) {
    BoundedText out = new BoundedText(longest);
    try {
      template.execute(new TextCollector.Texts(values), out);
      return new Filled.Text(out.toString());
    } catch (MustacheException.Context missing) {
      return new Filled.Missing(missing.key);
    } catch (BoundedText.Overflow full) {
      return new Filled.TooLong();
    }
  }

  @Override
  public String toString() {
    return "MustacheForm[" + names.size() + " variables]";
  }
}
