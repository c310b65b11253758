package dev.carillon.domain.content;

import java.util.Map;

/// How a common content becomes what one recipient gets.
///
/// @param syntax how it is written
/// @param defaults values of variables that an entry gives none for
public record Composition(ContentSyntax syntax, Map<String, String> defaults) {

  /// Everybody gets the content as it is written.
  public static final Composition PLAIN = new Composition(ContentSyntax.PLAIN, Map.of());

  public Composition {
    defaults = Map.copyOf(defaults);
  }

  @Override
  public String toString() {
    return "Composition[" + syntax + ", " + defaults.size() + " defaults]";
  }
}
