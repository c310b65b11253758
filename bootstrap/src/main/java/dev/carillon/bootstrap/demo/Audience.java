package dev.carillon.bootstrap.demo;

import dev.carillon.v1.BulkJobEntry;
import dev.carillon.v1.PersonalContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Who the demonstration writes to: mostly numbers of Zimbabwe that fare as the simulated carrier
/// is configured, some magic numbers whose outcome is scripted, some that cannot be sent. The same
/// for the same size.
final class Audience {
  private static final List<String> NAMES =
      List.of("Tendai", "Rudo", "Farai", "Chipo", "Tawanda", "Nyasha", "Kudzai", "Rumbidzai");

  /// Endings of magic numbers, `+1 202 555 01xx`, see docs/simulated-carrier.md: read, undelivered
  /// (4 sorts), refused (3 sorts), throttled and unreachable at first, unreachable for ever,
  /// answers lost and later proved, early, doubled and disordered receipts.
  private static final int[] SCRIPTS = {
    2, 2, 2, 10, 11, 12, 13, 20, 21, 22, 30, 40, 41, 48, 51, 52, 55, 70, 71, 72, 74
  };

  private static final int SCRIPTED_EVERY = 25;
  private static final int INVALID_EVERY = 200;
  private static final int DOUBLED_EVERY = 333;

  private final Random random = new Random(20);

  List<BulkJobEntry> of(int size) {
    List<BulkJobEntry> entries = new ArrayList<>(size);
    for (int position = 0; position < size; position++) {
      boolean doubled = position % DOUBLED_EVERY == DOUBLED_EVERY - 1;
      entries.add(doubled ? entries.get(position - 1) : entry(position));
    }
    return entries;
  }

  private BulkJobEntry entry(int position) {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    String text =
        String.format(
            Locale.ROOT,
            "Hello %s, your parcel %06d arrives today between 9 and 12.",
            name,
            100_000 + position);
    return BulkJobEntry.newBuilder()
        .setTo(number(position))
        .setClientRef("parcel-" + position)
        .setContent(PersonalContent.newBuilder().setText(text))
        .build();
  }

  private String number(int position) {
    if (position % INVALID_EVERY == INVALID_EVERY - 1) {
      return "12" + position % 10;
    }
    if (position % SCRIPTED_EVERY == SCRIPTED_EVERY - 1) {
      int script = SCRIPTS[position / SCRIPTED_EVERY % SCRIPTS.length];
      return String.format(Locale.ROOT, "+120255501%02d", script);
    }
    return String.format(Locale.ROOT, "077%07d", 1_000_000 + position * 37 % 4_000_000);
  }
}
