package dev.carillon.grpc;

import build.buf.validate.FieldPath;
import build.buf.validate.FieldPathElement;

/// Writes field paths as callers know them from the .proto files: `entries[17].to`, `labels["x"]`.
final class FieldPaths {
  private static final int LONGEST_KEY = 64;

  private FieldPaths() {}

  static String of(FieldPath path) {
    StringBuilder text = new StringBuilder();
    for (FieldPathElement element : path.getElementsList()) {
      if (!text.isEmpty()) {
        text.append('.');
      }
      text.append(element.getFieldName()).append(subscript(element));
    }
    return text.toString();
  }

  /// A text of the caller's, bounded and without control characters, fit to be shown again.
  static String shown(String text, int longest) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(longest)
        .forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? '?' : c));
    return shown.toString();
  }

  private static String subscript(FieldPathElement element) {
    return switch (element.getSubscriptCase()) {
      case INDEX -> "[" + element.getIndex() + "]";
      case BOOL_KEY -> "[" + element.getBoolKey() + "]";
      case INT_KEY -> "[" + element.getIntKey() + "]";
      case UINT_KEY -> "[" + Long.toUnsignedString(element.getUintKey()) + "]";
      case STRING_KEY -> "[\"" + shown(element.getStringKey(), LONGEST_KEY) + "\"]";
      case SUBSCRIPT_NOT_SET -> "";
    };
  }
}
