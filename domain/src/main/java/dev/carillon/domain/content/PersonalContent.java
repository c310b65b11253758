package dev.carillon.domain.content;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one entry brings of its own. `null`, or no parameters, leaves the common content as it is;
/// `""` replaces it by nothing. Words of one's own are said as they are; `variables` fill the
/// common ones where those are a template.
public record PersonalContent(
    @Nullable String text,
    @Nullable String subject,
    @Nullable String html,
    List<String> parameters,
    Map<String, String> variables) {

  /// An entry that gets the common content.
  public static final PersonalContent EMPTY = new PersonalContent(null, null, null, List.of());

  public PersonalContent {
    parameters = List.copyOf(parameters);
    variables = Map.copyOf(variables);
  }

  /// Words alone, without variables.
  public PersonalContent(
      @Nullable String text,
      @Nullable String subject,
      @Nullable String html,
      List<String> parameters) {
    this(text, subject, html, parameters, Map.of());
  }

  /// An entry with a text of its own and nothing else.
  public static PersonalContent ofText(String text) {
    return new PersonalContent(text, null, null, List.of());
  }

  /// An entry with variables and nothing else.
  public static PersonalContent ofVariables(Map<String, String> variables) {
    return new PersonalContent(null, null, null, List.of(), variables);
  }

  /// The same words with other variables.
  public PersonalContent with(Map<String, String> otherVariables) {
    return new PersonalContent(text, subject, html, parameters, otherVariables);
  }

  /// Whether the entry brings nothing.
  public boolean isEmpty() {
    return !hasWords() && variables.isEmpty();
  }

  /// Whether the entry brings words, be they empty ones.
  public boolean hasWords() {
    return text != null || subject != null || html != null || !parameters.isEmpty();
  }

  @Override
  public String toString() {
    return isEmpty() ? "PersonalContent[empty]" : "PersonalContent[own]";
  }
}
