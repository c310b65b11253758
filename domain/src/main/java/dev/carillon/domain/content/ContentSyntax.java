package dev.carillon.domain.content;

/// How the common content of a job, or the content of a template, is written.
public enum ContentSyntax {
  /// As it is sent.
  PLAIN,
  /// A text that holds `{{` is a template (mustache(5)) and is filled for each recipient; one that
  /// does not is sent as it is.
  MUSTACHE;

  private static final String TAG_BEGINS = "{{";

  /// Whether a text has to be filled before it is sent.
  public boolean isTemplate(String text) {
    return this == MUSTACHE && text.contains(TAG_BEGINS);
  }
}
