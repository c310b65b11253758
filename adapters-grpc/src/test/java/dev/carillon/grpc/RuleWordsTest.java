package dev.carillon.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import build.buf.validate.EnumRules;
import build.buf.validate.FieldRules;
import build.buf.validate.StringRules;
import build.buf.validate.ValidateProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.v1.AddSuppressionsRequest;
import dev.carillon.v1.AdminServiceProto;
import dev.carillon.v1.BillingServiceProto;
import dev.carillon.v1.BulkJobServiceProto;
import dev.carillon.v1.CreateBulkJobRequest;
import dev.carillon.v1.EmailContent;
import dev.carillon.v1.EventServiceProto;
import dev.carillon.v1.GetBulkJobRequest;
import dev.carillon.v1.GetRecipientRequest;
import dev.carillon.v1.ListBulkJobsRequest;
import dev.carillon.v1.MessageServiceProto;
import dev.carillon.v1.RecipientGroupServiceProto;
import dev.carillon.v1.RecipientServiceProto;
import dev.carillon.v1.RotateWebhookSecretRequest;
import dev.carillon.v1.SuppressionServiceProto;
import dev.carillon.v1.TemplateServiceProto;
import dev.carillon.v1.UpdateBulkJobRequest;
import dev.carillon.v1.WebhookServiceProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What is told to those who break a rule of the .proto files.
final class RuleWordsTest {
  /// How the validator itself puts it, and how programs do.
  private static final Pattern RAW =
      Pattern.compile(
          "regex|pattern|oneof|value |greater|less than|in list|defined|pairs|[\\[\\]{}()^$?*\\\\]"
              + "|not written as|\\b1 (characters|elements|keys)");

  private final ValidationInterceptor validation = new ValidationInterceptor(Validators.create());

  @Test
  void sayInWordsOfEveryRuleWhatIsToBeGiven() {
    int broken = 0;
    for (Descriptor type : requestTypes()) {
      for (OneofDescriptor oneof : type.getRealOneofs()) {
        if (oneof.getOptions().getExtension(ValidateProto.oneof).getRequired()) {
          broken += assertWords(DynamicMessage.getDefaultInstance(type), oneof.getName());
        }
      }
      for (FieldDescriptor field : type.getFields()) {
        if (field.getOptions().hasExtension(ValidateProto.field)) {
          broken += breakRules(type, field);
        }
      }
    }

    assertThat(broken).isGreaterThan(400);
  }

  @Test
  void areThereForTheRulesThatAreUsedAndNoOthers() {
    Set<String> used = new LinkedHashSet<>();
    for (Descriptor type : requestTypes()) {
      assertThat(type.getOptions().hasExtension(ValidateProto.message))
          .as(type.getName())
          .isFalse();
      for (FieldDescriptor field : type.getFields()) {
        FieldRules rules = field.getOptions().getExtension(ValidateProto.field);
        Stream.of(rules, rules.getMap().getKeys(), rules.getMap().getValues())
            .filter(all -> all.getString().hasPattern())
            .forEach(all -> used.add(all.getString().getPattern()));
        assertThat(rules.getRepeated().getItems().getString().hasPattern()).isFalse();
      }
    }

    assertThat(RulePatterns.known()).containsExactlyInAnyOrderElementsOf(used);
  }

  @Test
  void readAsPeopleWouldSayIt() {
    assertThat(words(GetBulkJobRequest.getDefaultInstance()))
        .containsExactly("bulk_id: must not be empty");
    assertThat(words(GetRecipientRequest.getDefaultInstance()))
        .containsExactly("key: one of id, public_id must be given");
    assertThat(words(UpdateBulkJobRequest.getDefaultInstance()))
        .containsExactly("bulk_job: must be given");
    assertThat(words(AddSuppressionsRequest.newBuilder().addAddresses("a").build()))
        .containsExactly("channel: must be one of CHANNEL_SMS, CHANNEL_WHATSAPP, CHANNEL_EMAIL");
    assertThat(words(ListBulkJobsRequest.newBuilder().setPageSize(-1).setSkip(-1).build()))
        .containsExactlyInAnyOrder("page_size: must be 0 to 1000", "skip: must be at least 0");
    assertThat(
            words(
                RotateWebhookSecretRequest.newBuilder()
                    .setEndpointId("x")
                    .setOverlap(seconds(-1))
                    .build()))
        .containsExactly("overlap: must be 0 seconds to 7 days");
    assertThat(
            words(
                CreateBulkJobRequest.newBuilder()
                    .setPassType("html")
                    .setEmail(EmailContent.getDefaultInstance())
                    .putLabels("", "v")
                    .build()))
        .containsExactlyInAnyOrder(
            "pass_type: must be plain or empty",
            "email.from: must have 3 to 320 characters",
            "labels[\"\"]: its key must not be empty");
  }

  private int breakRules(Descriptor type, FieldDescriptor field) {
    FieldRules rules = field.getOptions().getExtension(ValidateProto.field);
    int broken = 0;
    if (rules.getRequired()) {
      broken += assertWords(DynamicMessage.getDefaultInstance(type), field.getName());
    }
    for (Object wrong : wrong(field, rules)) {
      Message request = DynamicMessage.newBuilder(type).setField(field, wrong).build();
      broken += assertWords(request, field.getName());
    }
    return broken;
  }

  /// Values of the field that break one of its rules each.
  private static List<Object> wrong(FieldDescriptor field, FieldRules rules) {
    if (field.isMapField()) {
      return wrongMaps(field, rules);
    }
    if (!field.isRepeated()) {
      return wrongOnes(field, rules);
    }
    List<Object> wrong = new ArrayList<>();
    wrongOnes(field, rules.getRepeated().getItems()).forEach(item -> wrong.add(List.of(item)));
    if (rules.getRepeated().getMinItems() > 0) {
      wrong.add(List.of());
    }
    if (rules.getRepeated().hasMaxItems()) {
      wrong.add(Collections.nCopies((int) rules.getRepeated().getMaxItems() + 1, any(field)));
    }
    return wrong;
  }

  private static List<Object> wrongMaps(FieldDescriptor field, FieldRules rules) {
    FieldDescriptor key = field.getMessageType().findFieldByName("key");
    FieldDescriptor value = field.getMessageType().findFieldByName("value");
    List<Object> wrong = new ArrayList<>();
    for (Object one : wrongOnes(key, rules.getMap().getKeys())) {
      wrong.add(List.of(entry(field, one, any(value))));
    }
    for (Object one : wrongOnes(value, rules.getMap().getValues())) {
      wrong.add(List.of(entry(field, "k", one)));
    }
    if (rules.getMap().hasMaxPairs()) {
      List<Object> many = new ArrayList<>();
      for (int i = 0; i <= rules.getMap().getMaxPairs(); i++) {
        many.add(entry(field, "k" + i, any(value)));
      }
      wrong.add(many);
    }
    return wrong;
  }

  private static Message entry(FieldDescriptor field, Object key, Object value) {
    return DynamicMessage.newBuilder(field.getMessageType())
        .setField(field.getMessageType().findFieldByName("key"), key)
        .setField(field.getMessageType().findFieldByName("value"), value)
        .build();
  }

  private static List<Object> wrongOnes(FieldDescriptor field, FieldRules rules) {
    return switch (rules.getTypeCase()) {
      case STRING -> wrongTexts(rules.getString());
      case ENUM -> wrongEnums(field, rules.getEnum());
      case INT32 ->
          rules.getInt32().hasLte()
              ? List.of(Integer.MIN_VALUE, Integer.MAX_VALUE)
              : List.of(Integer.MIN_VALUE);
      case INT64 -> List.of(Long.MIN_VALUE);
      case DOUBLE -> List.of(-1e300, 1e300);
      case DURATION -> List.of(seconds(-1), seconds(100_000_000_000L));
      case REPEATED, MAP, TYPE_NOT_SET -> List.of();
      default -> throw new AssertionError("no value is known that breaks " + rules);
    };
  }

  private static List<Object> wrongTexts(StringRules rules) {
    List<Object> wrong = new ArrayList<>();
    if (rules.getMinLen() > 0) {
      wrong.add("");
    }
    if (rules.hasMaxLen()) {
      wrong.add("x".repeat((int) rules.getMaxLen() + 1));
    }
    if (rules.hasNotContains()) {
      wrong.add(rules.getNotContains());
    }
    if (rules.hasPattern()) {
      wrong.add("\n");
    }
    return wrong;
  }

  private static List<Object> wrongEnums(FieldDescriptor field, EnumRules rules) {
    List<Object> wrong = new ArrayList<>();
    wrong.add(field.getEnumType().findValueByNumberCreatingIfUnknown(999));
    rules
        .getNotInList()
        .forEach(
            number -> wrong.add(field.getEnumType().findValueByNumberCreatingIfUnknown(number)));
    return wrong;
  }

  private static Duration seconds(long seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }

  private static Object any(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case STRING -> "x";
      case ENUM -> field.getEnumType().findValueByNumber(1);
      case INT -> 1;
      case LONG -> 1L;
      case MESSAGE -> DynamicMessage.getDefaultInstance(field.getMessageType());
      default -> throw new AssertionError("no value is known for " + field.getFullName());
    };
  }

  /// How many words there are of this field; the request breaks other rules, too.
  private int assertWords(Message request, String field) {
    List<String> words =
        words(request).stream()
            .filter(told -> told.startsWith(field + ":") || told.startsWith(field + "["))
            .toList();
    assertThat(words).as(request.getDescriptorForType().getName() + "." + field).isNotEmpty();
    for (String told : words) {
      assertThat(told.substring(told.indexOf(": ") + 2))
          .as(request.getDescriptorForType().getName() + "." + told)
          .doesNotContainPattern(RAW);
    }
    return words.size();
  }

  private List<String> words(Message request) {
    DomainException refusal =
        catchThrowableOfType(DomainException.class, () -> validation.check(request));
    return ((DomainError.InvalidFields) refusal.error())
        .violations().stream().map(RuleWordsTest::told).toList();
  }

  private static String told(FieldViolation violation) {
    return violation.path() + ": " + violation.description();
  }

  /// All messages that requests are made of.
  private static Set<Descriptor> requestTypes() {
    Set<Descriptor> found = new LinkedHashSet<>();
    for (FileDescriptor file :
        List.of(
            AdminServiceProto.getDescriptor(),
            BillingServiceProto.getDescriptor(),
            BulkJobServiceProto.getDescriptor(),
            EventServiceProto.getDescriptor(),
            MessageServiceProto.getDescriptor(),
            RecipientGroupServiceProto.getDescriptor(),
            RecipientServiceProto.getDescriptor(),
            SuppressionServiceProto.getDescriptor(),
            TemplateServiceProto.getDescriptor(),
            WebhookServiceProto.getDescriptor())) {
      file.getServices().stream()
          .flatMap(service -> service.getMethods().stream())
          .map(MethodDescriptor::getInputType)
          .forEach(type -> collect(type, found));
    }
    return found;
  }

  private static void collect(Descriptor type, Set<Descriptor> found) {
    if (type.getFile().getPackage().equals("carillon.v1") && found.add(type)) {
      type.getFields().stream()
          .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
          .forEach(field -> collect(field.getMessageType(), found));
    }
  }
}
