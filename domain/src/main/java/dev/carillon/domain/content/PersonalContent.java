package dev.carillon.domain.content;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one entry brings of its own. `null`, or no parameters, leaves the common content as it is;
/// `""` replaces it by nothing.
public record PersonalContent(
    @Nullable String text,
    @Nullable String subject,
    @Nullable String html,
    List<String> parameters) {

  /// An entry that gets the common content.
  public static final PersonalContent EMPTY = new PersonalContent(null, null, null, List.of());

  public PersonalContent {
    parameters = List.copyOf(parameters);
  }

  /// An entry with a text of its own and nothing else.
  public static PersonalContent ofText(String text) {
    return new PersonalContent(text, null, null, List.of());
  }

  /// Whether the entry brings nothing.
  public boolean isEmpty() {
    return equals(EMPTY);
  }

  @Override
  public String toString() {
    return isEmpty() ? "PersonalContent[empty]" : "PersonalContent[own]";
  }
}
