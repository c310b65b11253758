package dev.carillon.providers.templating;

import com.samskivert.mustache.Mustache;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Tells the library how to look values up: by name among the given texts, and in nothing else. A
/// name without a value is null, not unknown, so that the library tries nothing more for it.
final class TextCollector implements Mustache.Collector {

  @Override
  public @Nullable Iterator<?> toIterator(@Nullable Object value) {
    // The library's own stand-in for what has no value.
    return value instanceof List<?> none && none.isEmpty() ? none.iterator() : null;
  }

  @Override
  public Mustache.@Nullable VariableFetcher createFetcher(Object context, String name) {
    return context instanceof Texts ? TextCollector::value : null;
  }

  @Override
  public <K, V> Map<K, V> createFetcherCache() {
    return new ConcurrentHashMap<>();
  }

  private static @Nullable Object value(Object context, String name) {
    return ((Texts) context).values().apply(name);
  }

  /// The values of one recipient.
  record Texts(Function<String, @Nullable String> values) {
    @Override
    public String toString() {
      return "Texts";
    }
  }
}
