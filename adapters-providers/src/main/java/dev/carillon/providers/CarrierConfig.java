package dev.carillon.providers;

import java.util.List;
import java.util.Locale;

/// The settings of one carrier. Equal settings need no new connection. Never shows secrets by
/// toString().
public interface CarrierConfig {
  /// What kind of carrier it is, as configurations name it: `smpp` for an `SmppConfig`.
  default String type() {
    return getClass().getSimpleName().replaceFirst("Config$", "").toLowerCase(Locale.ROOT);
  }

  /// Everything that is wrong with it, each with the setting's name; empty when it may be used.
  List<String> problems();
}
