package dev.carillon.grpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The bounds that a rule sets a number or a duration, as people write them.
///
/// @param more what it must be more than; null for nothing
/// @param least the least that is allowed; null for any
/// @param most the most that is allowed; null for any
record RuleBounds(@Nullable String more, @Nullable String least, @Nullable String most) {

  /// Of the rules for any kind of number, or for durations: they all name their bounds alike.
  static RuleBounds of(Message rules) {
    return new RuleBounds(bound(rules, "gt"), bound(rules, "gte"), bound(rules, "lte"));
  }

  /// The end of a sentence that begins with the field.
  String words() {
    if (more == null && most != null && least != null) {
      return "must be " + least + " to " + most;
    }
    List<String> parts = new ArrayList<>();
    if (more != null) {
      parts.add("more than " + more);
    }
    if (least != null) {
      parts.add("at least " + least);
    }
    if (most != null) {
      parts.add("at most " + most);
    }
    return "must be " + String.join(" and ", parts);
  }

  private static @Nullable String bound(Message rules, String name) {
    FieldDescriptor bound = rules.getDescriptorForType().findFieldByName(name);
    return rules.hasField(bound) ? shown(rules.getField(bound)) : null;
  }

  private static String shown(Object bound) {
    return switch (bound) {
      case Duration duration -> duration(duration.getSeconds());
      case Double number -> BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
      default -> bound.toString();
    };
  }

  /// In the largest unit of which it is a whole number; rules have no fractions of a second.
  private static String duration(long seconds) {
    for (TimeUnit unit : List.of(TimeUnit.DAYS, TimeUnit.HOURS, TimeUnit.MINUTES)) {
      long whole = unit.convert(seconds, TimeUnit.SECONDS);
      if (whole > 1 && unit.toSeconds(whole) == seconds) {
        return whole + " " + unit.name().toLowerCase(Locale.ROOT);
      }
    }
    return seconds == 1 ? "1 second" : seconds + " seconds";
  }
}
