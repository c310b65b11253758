package dev.carillon.application;

import dev.carillon.domain.content.Composition;
import dev.carillon.domain.content.Content;
import java.util.Map;

/// What a caller asks to have said.
public sealed interface RequestedContent {

  /// This.
  record Given(Content content, Composition composition) implements RequestedContent {}

  /// What a template says.
  ///
  /// @param template its public id, as the caller wrote it
  /// @param version 0 for the latest
  /// @param defaults values of variables, over those of the template
  record OfTemplate(String template, int version, Map<String, String> defaults)
      implements RequestedContent {
    public OfTemplate {
      defaults = Map.copyOf(defaults);
    }

    @Override
    public String toString() {
      return "RequestedContent.OfTemplate[" + template + ", version " + version + "]";
    }
  }
}
