package dev.carillon.benchmarks.contacts;

import dev.carillon.v1.Recipient;
import dev.carillon.v1.RefusedField;
import dev.carillon.v1.RefusedRow;
import java.util.List;

/// Rows of [People], every hundredth of them bad, in one of four ways in turn.
final class BadRows {
  private static final int EACH = 100;
  private static final int FIRST = 50;
  private static final String[] PATHS = {"last_name", "sms_phone", "country", "email"};

  private BadRows() {}

  static Recipient at(long row) {
    Recipient good = People.at(row);
    if (!isBad(row)) {
      return good;
    }
    return switch (path(row)) {
      case "last_name" -> good.toBuilder().clearLastName().build();
      case "sms_phone" -> good.toBuilder().setSmsPhone("+2637").build();
      case "country" -> good.toBuilder().setCountry("XX").build();
      default -> good.toBuilder().setEmail("nobody@").build();
    };
  }

  static boolean isBad(long row) {
    return row % EACH == FIRST;
  }

  /// How many of the first so many are bad.
  static long countOf(long rows) {
    return (rows + EACH - 1 - FIRST) / EACH;
  }

  /// Whether this is what has to be told of the bad row, and nothing else.
  static boolean isTold(RefusedRow told) {
    long row = told.getRow();
    String path = "recipients[" + told.getIndex() + "]." + path(row);
    return isBad(row)
        && told.getSequence() == row / Importing.CHUNK + 1
        && told.getIndex() == row % Importing.CHUNK
        && told.getFieldsList().stream().map(RefusedField::getPath).toList().equals(List.of(path));
  }

  private static String path(long row) {
    return PATHS[(int) (row / EACH % PATHS.length)];
  }
}
