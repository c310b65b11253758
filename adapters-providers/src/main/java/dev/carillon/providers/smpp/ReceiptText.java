package dev.carillon.providers.smpp;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The text of a receipt, `id:I sub:S dlvrd:D submit date:YYMMDDhhmm done date:YYMMDDhhmm stat:X
/// err:E text:...` (SMPP 3.4, appendix B, which leaves it to the centre). Fields may come in any
/// order and case, with a space behind the colon, and be missing; what stands behind `text:` is the
/// recipient's copy of our own words and says nothing.
record ReceiptText(String fields) {
  /// Far more than the standard's text, and enough for those that name their fields at length.
  private static final int LONGEST = 1_024;

  private static final Pattern COPY = Pattern.compile("(?i)\\btext:");
  private static final Pattern ID = field("id");
  private static final Pattern STATE = field("stat");
  private static final Pattern ERROR = field("err");
  private static final Pattern DONE = field("done ?date");
  private static final Pattern DATE = Pattern.compile("\\d{10}(\\d{2})?");
  private static final int CENTURY = 2_000;

  static ReceiptText of(String text) {
    String bounded = text.substring(0, Math.min(text.length(), LONGEST));
    Matcher copy = COPY.matcher(bounded);
    return new ReceiptText(copy.find() ? bounded.substring(0, copy.start()) : bounded);
  }

  Optional<String> id() {
    return find(ID);
  }

  Optional<String> state() {
    return find(STATE);
  }

  Optional<String> error() {
    return find(ERROR);
  }

  /// When the state was reached, by the centre's clock in that zone.
  Optional<Instant> done(ZoneId zone) {
    return find(DONE).filter(date -> DATE.matcher(date).matches()).flatMap(date -> at(date, zone));
  }

  private Optional<String> find(Pattern field) {
    Matcher found = field.matcher(fields);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  private static Optional<Instant> at(String date, ZoneId zone) {
    try {
      return Optional.of(
          LocalDateTime.of(
                  CENTURY + two(date, 0),
                  two(date, 2),
                  two(date, 4),
                  two(date, 6),
                  two(date, 8),
                  date.length() > 10 ? two(date, 10) : 0)
              .atZone(zone)
              .toInstant());
    } catch (DateTimeException noDate) {
      return Optional.empty();
    }
  }

  private static int two(String date, int from) {
    return Integer.parseInt(date.substring(from, from + 2));
  }

  private static Pattern field(String name) {
    return Pattern.compile("(?i)(?:^|[\\s\\x00])" + name + ":\\s*([^\\s\\x00]+)");
  }

  @Override
  public String toString() {
    return "ReceiptText[" + fields.length() + "]";
  }
}
