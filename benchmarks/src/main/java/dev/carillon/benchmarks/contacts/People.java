package dev.carillon.benchmarks.contacts;

import dev.carillon.benchmarks.Numbers;
import dev.carillon.v1.Recipient;

/// People to import: all different, the same ones each time.
public final class People {
  /// One in so many has a mail address and no number, so that an SMS cannot reach all of a group.
  public static final int WITHOUT_NUMBER = 1_000;

  /// One in so many has the tag [#RARE].
  public static final int RARELY = 1_000;

  public static final String RARE = "board";

  private static final String[] FIRST_NAMES = {"Ada", "Bao", "Chipo", "Dmitri", "Eve", "Farai"};
  private static final String[] CITIES = {"Harare", "Bulawayo", "Mutare", "Gweru"};
  private static final int LAST_NAMES = 20_000;
  private static final int SEGMENTS = 10;

  private People() {}

  /// The one with this index, whose reference is made of it.
  public static Recipient at(long index) {
    Recipient.Builder person =
        Recipient.newBuilder()
            .setReference("crm-" + index)
            .setFirstName(FIRST_NAMES[(int) (index % FIRST_NAMES.length)])
            .setLastName("Moyo-" + index % LAST_NAMES)
            .setCity(CITIES[(int) (index % CITIES.length)])
            .setCountry("ZW")
            .addTags("segment-" + index % SEGMENTS);
    if (index % RARELY == 0) {
      person.addTags(RARE);
    }
    if (hasNumber(index)) {
      person.setSmsPhone(Numbers.at(index));
    } else {
      person.setEmail("person" + index + "@example.com");
    }
    return person.build();
  }

  /// Whether that one has a number.
  public static boolean hasNumber(long index) {
    return index % WITHOUT_NUMBER != WITHOUT_NUMBER - 1;
  }
}
