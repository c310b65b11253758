package dev.carillon.domain.content;

import java.util.List;

/// A message template that Meta has approved under `name` and `language`, and the values of its
/// numbered placeholders in order.
public record WhatsAppTemplate(String name, String language, List<String> parameters) {

  public WhatsAppTemplate {
    parameters = List.copyOf(parameters);
  }

  /// The same template with other values.
  public WhatsAppTemplate withParameters(List<String> values) {
    return new WhatsAppTemplate(name, language, values);
  }

  @Override
  public String toString() {
    return "WhatsAppTemplate[" + parameters.size() + " parameters]";
  }
}
