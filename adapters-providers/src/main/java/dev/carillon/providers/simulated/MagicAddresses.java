package dev.carillon.providers.simulated;

import dev.carillon.domain.content.Channel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds the script that an address asks for. Magic phone numbers end in the script's two digits
/// and are valid for the numbering library, so that they pass acceptance; magic mail addresses are
/// on domains that RFC 2606 reserves.
public final class MagicAddresses {
  /// Numbers kept for fiction, `555-0100` to `555-0199` in every area of North America (NANPA, "555
  /// line numbers"): `+1 AAA 555 01xx`.
  public static final String FICTION = "55501";

  /// The same shape in the plans of Zimbabwe and Mauritania. These are real blocks, magic only
  /// here.
  public static final List<String> BLOCKS = List.of("+2637755501", "+222465501");

  /// Where the local part alone names the script.
  public static final String SCRIPTED_DOMAIN = "sim.example";

  /// RFC 2606, 3: domains that belong to nobody; here a tag behind `+` names the script.
  private static final List<String> RESERVED_DOMAINS =
      List.of("example.com", "example.net", "example.org");

  /// RFC 2606, 2.
  private static final String RESERVED_TOP_LEVEL = ".example";

  private static final int AREA_END = "+1AAA".length();
  private static final int NORTH_AMERICAN_LENGTH = "+1AAA55501xx".length();
  private static final int CODES = 100;

  private static final @Nullable SimulatedScript[] BY_CODE = byCode();
  private static final Map<String, SimulatedScript> BY_TAG =
      Arrays.stream(SimulatedScript.values())
          .collect(Collectors.toUnmodifiableMap(SimulatedScript::tag, script -> script));

  private MagicAddresses() {}

  /// The script of an address in canonical form; empty for an ordinary one.
  public static Optional<SimulatedScript> script(Channel channel, String address) {
    return Optional.ofNullable(find(channel, address));
  }

  static @Nullable SimulatedScript find(Channel channel, String address) {
    return channel == Channel.EMAIL ? byMail(address) : byNumber(address);
  }

  private static @Nullable SimulatedScript byNumber(String number) {
    return isMagic(number) ? BY_CODE[code(number)] : null;
  }

  private static boolean isMagic(String number) {
    if (number.startsWith("+1")) {
      return number.length() == NORTH_AMERICAN_LENGTH && number.startsWith(FICTION, AREA_END);
    }
    for (String block : BLOCKS) {
      if (number.startsWith(block) && number.length() == block.length() + 2) {
        return true;
      }
    }
    return false;
  }

  private static int code(String number) {
    int tens = number.charAt(number.length() - 2) - '0';
    return tens * 10 + number.charAt(number.length() - 1) - '0';
  }

  private static @Nullable SimulatedScript byMail(String address) {
    int at = address.lastIndexOf('@');
    String domain = address.substring(at + 1);
    if (!domain.endsWith(RESERVED_TOP_LEVEL) && !RESERVED_DOMAINS.contains(domain)) {
      return null;
    }
    int plus = address.lastIndexOf('+', at);
    if (plus >= 0) {
      return BY_TAG.get(address.substring(plus + 1, at));
    }
    return domain.equals(SCRIPTED_DOMAIN) ? BY_TAG.get(address.substring(0, at)) : null;
  }

  private static @Nullable SimulatedScript[] byCode() {
    @Nullable SimulatedScript[] scripts = new SimulatedScript[CODES];
    for (SimulatedScript script : SimulatedScript.values()) {
      scripts[script.code()] = script;
    }
    return scripts;
  }
}
