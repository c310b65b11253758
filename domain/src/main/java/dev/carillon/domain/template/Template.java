package dev.carillon.domain.template;

import dev.carillon.domain.content.Channel;
import java.time.Instant;

/// A template with one of its versions.
public record Template(Head head, Version version) {

  /// All of a template but what it says.
  ///
  /// @param channel the channel that all its versions are made for
  /// @param latest the number of its latest version, from 1
  /// @param revision grows with every change of it, from 1
  /// @param createdBy the key's or user's id
  public record Head(
      TemplateId id,
      TemplateLabel label,
      Channel channel,
      int latest,
      int revision,
      String createdBy,
      Instant createdAt,
      Instant updatedAt) {

    /// The same under this label, later, with one more version or without.
    public Head changed(TemplateLabel newLabel, boolean newVersion, Instant now) {
      return new Head(
          id,
          newLabel,
          channel,
          newVersion ? latest + 1 : latest,
          revision + 1,
          createdBy,
          createdAt,
          now);
    }
  }

  /// What a template said from some time on; never changed, and followed by the next number.
  ///
  /// @param createdBy the key's or user's id
  public record Version(int number, TemplateBody body, String createdBy, Instant createdAt) {}

  /// The version that is shown, by its name.
  public TemplateRef ref() {
    return new TemplateRef(head.id(), version.number());
  }

  @Override
  public String toString() {
    return "Template[" + head.id() + ", version " + version.number() + "]";
  }
}
