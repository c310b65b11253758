package dev.carillon.bootstrap.config;

import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.providers.CarrierConfig;
import dev.carillon.providers.smtp.SmtpConfig;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Sees to it that no two carriers look into one mailbox. A report is read once, and it counts only
/// when the carrier that its mail went by has read it.
final class BounceMailboxes {
  private static final String INBOX = "INBOX";

  private BounceMailboxes() {}

  /// Notes every carrier whose mailbox an earlier one, by its name, has already.
  static void check(Map<CarrierId, CarrierConfig> carriers, Problems problems) {
    Map<String, CarrierConfig> byName = new TreeMap<>();
    carriers.forEach((id, config) -> byName.put(id.value(), config));
    Map<Place, String> owners = new HashMap<>();
    byName.forEach((name, config) -> {
      if (config instanceof SmtpConfig smtp && smtp.mailbox() != null) {
        String owner = owners.putIfAbsent(Place.of(smtp.mailbox()), name);
        if (owner != null) {
          problems.add(problem(name, owner));
        }
      }
    });
  }

  private static String problem(String name, String owner) {
    return "%s.mailbox is that of carrier %s: give each carrier a mailbox, or a folder, of its own"
        .formatted(CarriersConfig.path(name), owner);
  }

  /// A folder of a mailbox, whichever port leads to it. INBOX is one in any case (RFC 9051, 5.1).
  private record Place(String host, String user, String folder) {
    static Place of(SmtpConfig.Mailbox mailbox) {
      return new Place(
          mailbox.server().host().toLowerCase(Locale.ROOT),
          mailbox.login().user().toLowerCase(Locale.ROOT),
          mailbox.folder().equalsIgnoreCase(INBOX) ? INBOX : mailbox.folder());
    }

    @Override
    public String toString() {
      return "Place[***]";
    }
  }
}
