package dev.carillon.benchmarks.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;

/// Fills messages with what the fuzzer gives: any field may be there, or not.
public final class AnyMessage {
  private static final int MOST_ITEMS = 3;
  private static final int DEEPEST = 4;

  private AnyMessage() {}

  /// A message of the same type.
  ///
  /// @param paths that field masks may name, besides any text at all
  public static Message like(Message type, String[] paths, FuzzedDataProvider data) {
    return fill(type.newBuilderForType(), paths, data, 0);
  }

  private static Message fill(
      Message.Builder message, String[] paths, FuzzedDataProvider data, int depth) {
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (!data.consumeBoolean() || (depth == DEEPEST && isMessage(field))) {
        continue;
      }
      if (!field.isRepeated()) {
        message.setField(field, value(message, field, paths, data, depth));
        continue;
      }
      int items = data.consumeInt(0, MOST_ITEMS);
      for (int item = 0; item < items; item++) {
        message.addRepeatedField(field, value(message, field, paths, data, depth));
      }
    }
    return message.build();
  }

  private static Object value(
      Message.Builder message,
      FieldDescriptor field,
      String[] paths,
      FuzzedDataProvider data,
      int depth) {
    return switch (field.getJavaType()) {
      case BOOLEAN -> data.consumeBoolean();
      case INT -> data.consumeInt();
      case LONG -> data.consumeLong();
      case FLOAT -> data.consumeFloat();
      case DOUBLE -> data.consumeDouble();
      case STRING -> isPath(message) && data.consumeBoolean() ? data.pickValue(paths) : text(data);
      case BYTE_STRING -> ByteString.copyFromUtf8(text(data));
      case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown(data.consumeInt(-1, 20));
      case MESSAGE -> fill(message.newBuilderForField(field), paths, data, depth + 1);
    };
  }

  private static boolean isMessage(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
  }

  private static boolean isPath(Message.Builder message) {
    return message.getDescriptorForType().equals(FieldMask.getDescriptor());
  }

  // The wire carries no surrogates without a partner.
  private static String text(FuzzedDataProvider data) {
    return ByteString.copyFromUtf8(FuzzText.next(data)).toStringUtf8();
  }
}
