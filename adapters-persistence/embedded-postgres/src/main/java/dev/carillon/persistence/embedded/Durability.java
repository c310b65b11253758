package dev.carillon.persistence.embedded;

import java.util.Map;

/// What a server owes to its data: [#KEPT] survives a power cut, [#THROWN_AWAY] trades that for
/// speed because nobody reads the data again.
enum Durability {
  KEPT,
  THROWN_AWAY;

  String initdbOption() {
    return switch (this) {
      case KEPT -> "--sync-method=fsync";
      case THROWN_AWAY -> "--no-sync";
    };
  }

  Map<String, String> settings() {
    return switch (this) {
      case KEPT -> Map.of("fsync", "on", "full_page_writes", "on");
      case THROWN_AWAY ->
          Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off");
    };
  }
}
