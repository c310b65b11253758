package dev.carillon.domain.recipient;

import java.util.Collection;
import java.util.List;

/// What the tags of a recipient must be like; the parts of a [TagExpression].
public sealed interface TagCondition {

  /// Whether a recipient with exactly these tags fits.
  default boolean fits(Collection<String> tags) {
    return switch (this) {
      case Has has -> tags.contains(has.tag());
      case Not not -> !not.negated().fits(tags);
      case All all -> all.parts().stream().allMatch(part -> part.fits(tags));
      case Any any -> any.parts().stream().anyMatch(part -> part.fits(tags));
    };
  }

  /// Carries this tag, letter by letter.
  record Has(String tag) implements TagCondition {}

  /// Does not fit the other.
  record Not(TagCondition negated) implements TagCondition {}

  /// Fits every one of them, two at least.
  record All(List<TagCondition> parts) implements TagCondition {
    public All {
      parts = List.copyOf(parts);
    }
  }

  /// Fits one of them, of two at least.
  record Any(List<TagCondition> parts) implements TagCondition {
    public Any {
      parts = List.copyOf(parts);
    }
  }
}
