package dev.carillon.application.suppression;

import dev.carillon.application.port.Numbering;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.error.DomainError.InvalidFields;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.recipient.Address;
import dev.carillon.domain.recipient.EmailAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads addresses as submissions read them, so that what is on a list is what will be looked for.
final class AddressReader {
  private static final int MOST_TOLD = 100;

  private final Numbering numbering;

  AddressReader(Numbering numbering) {
    this.numbering = numbering;
  }

  /// The addresses that the texts mean, each once, in their order. Throws InvalidFields with the
  /// first hundred that mean none.
  Set<String> all(Channel channel, List<String> texts, String region) {
    Set<String> addresses = new LinkedHashSet<>();
    List<FieldViolation> violations = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      Optional<String> address = one(channel, texts.get(i), region);
      if (address.isPresent()) {
        addresses.add(address.get());
      } else if (violations.size() < MOST_TOLD) {
        violations.add(new FieldViolation("addresses[" + i + "]", problem(channel, region)));
      }
    }
    InvalidFields.refuse(violations);
    return addresses;
  }

  /// The address that a text means; empty when it means none.
  Optional<String> one(Channel channel, String text, String region) {
    Optional<? extends Address> address =
        switch (channel) {
          case SMS, WHATSAPP -> numbering.parse(text.strip(), region);
          case EMAIL -> EmailAddress.parse(text);
        };
    return address.map(Address::value);
  }

  private static String problem(Channel channel, String region) {
    return switch (channel) {
      case SMS, WHATSAPP -> "is no phone number in E.164 form, nor one of the region " + region;
      case EMAIL -> "is no email address";
    };
  }
}
