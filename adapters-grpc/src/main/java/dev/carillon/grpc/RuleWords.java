package dev.carillon.grpc;

import build.buf.validate.EnumRules;
import build.buf.validate.FieldPath;
import build.buf.validate.FieldPathElement;
import build.buf.validate.FieldRules;
import build.buf.validate.MapRules;
import build.buf.validate.RepeatedRules;
import build.buf.validate.StringRules;
import build.buf.validate.ValidateProto;
import build.buf.validate.Violation;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import java.util.Optional;
import java.util.stream.Collectors;

/// Says what a rule of a .proto file wants, for the people who broke it: what to give, not how the
/// rule is written.
final class RuleWords {
  private RuleWords() {}

  /// What was to be given, as the end of a sentence that begins with the field.
  static String of(Descriptor request, Violation violation) {
    return oneof(request, violation.getField())
        .map(RuleWords::oneOf)
        .orElseGet(() -> ofField(field(request, violation.getField()), violation));
  }

  private static String oneOf(OneofDescriptor oneof) {
    return oneof.getFields().stream()
        .map(FieldDescriptor::getName)
        .collect(Collectors.joining(", ", "one of ", " must be given"));
  }

  private static String ofField(FieldDescriptor field, Violation violation) {
    FieldRules all = field.getOptions().getExtension(ValidateProto.field);
    Message rules = rules(all, violation.getRule());
    String rule = lastName(violation.getRule());
    String words =
        switch (rules) {
          case StringRules texts -> text(texts, rule);
          case EnumRules _ -> oneOfTheNames(field);
          case RepeatedRules many ->
              amount(rule, many.getMinItems(), many.getMaxItems(), "elements");
          case MapRules pairs -> amount(rule, pairs.getMinPairs(), pairs.getMaxPairs(), "keys");
          case FieldRules _ -> "must be given";
          default -> RuleBounds.of(rules).words();
        };
    return violation.getForKey() ? "its key " + words : words;
  }

  private static String text(StringRules rules, String rule) {
    return switch (rule) {
      case "pattern" -> RulePatterns.words(rules.getPattern());
      // PostgreSQL keeps no NUL in a text; nothing else is forbidden.
      case "not_contains" -> "must not contain the NUL character";
      default -> amount(rule, rules.getMinLen(), rules.getMaxLen(), "characters");
    };
  }

  /// Where the least is one, only what is empty can be too little.
  private static String amount(String rule, long least, long most, String what) {
    if (least == 1 && rule.startsWith("min_")) {
      return "must not be empty";
    }
    if (most == 0) {
      return "must have at least " + least + " " + what;
    }
    return least == 0
        ? "must have at most " + most + " " + what
        : "must have " + least + " to " + most + " " + what;
  }

  /// All but the one that stands for nothing having been said.
  private static String oneOfTheNames(FieldDescriptor field) {
    return field.getEnumType().getValues().stream()
        .filter(value -> value.getNumber() != 0)
        .map(EnumValueDescriptor::getName)
        .collect(Collectors.joining(", ", "must be one of ", ""));
  }

  /// The rules that stand together with the broken one, such as those of a text.
  private static Message rules(FieldRules all, FieldPath path) {
    Message rules = all;
    for (FieldPathElement step : path.getElementsList().subList(0, path.getElementsCount() - 1)) {
      FieldDescriptor next = rules.getDescriptorForType().findFieldByNumber(step.getFieldNumber());
      rules = (Message) rules.getField(next);
    }
    return rules;
  }

  private static String lastName(FieldPath path) {
    return path.getElements(path.getElementsCount() - 1).getFieldName();
  }

  private static Optional<OneofDescriptor> oneof(Descriptor request, FieldPath path) {
    int last = path.getElementsCount() - 1;
    if (path.getElements(last).getFieldNumber() != 0) {
      return Optional.empty();
    }
    String name = path.getElements(last).getFieldName();
    return holder(request, path).getOneofs().stream()
        .filter(oneof -> oneof.getName().equals(name))
        .findFirst();
  }

  private static FieldDescriptor field(Descriptor request, FieldPath path) {
    FieldPathElement last = path.getElements(path.getElementsCount() - 1);
    return holder(request, path).findFieldByNumber(last.getFieldNumber());
  }

  /// The message that has the field which the path ends at.
  private static Descriptor holder(Descriptor request, FieldPath path) {
    Descriptor holder = request;
    for (FieldPathElement step : path.getElementsList().subList(0, path.getElementsCount() - 1)) {
      FieldDescriptor field = holder.findFieldByNumber(step.getFieldNumber());
      holder =
          field.isMapField()
              ? field.getMessageType().findFieldByName("value").getMessageType()
              : field.getMessageType();
    }
    return holder;
  }
}
