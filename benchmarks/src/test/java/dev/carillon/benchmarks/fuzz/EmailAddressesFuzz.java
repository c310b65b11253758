package dev.carillon.benchmarks.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.carillon.domain.recipient.EmailAddress;
import java.util.Optional;

/// Mail addresses, their domains in any script.
public final class EmailAddressesFuzz {
  private static final int MOST_SHOWN = "a***@".length();

  private EmailAddressesFuzz() {}

  public static void fuzzerTestOneInput(FuzzedDataProvider data) {
    String local = data.consumeBoolean() ? FuzzText.next(data) + "@" : "";
    String text = local + FuzzText.next(data);
    Optional<EmailAddress> address = Promise.linear(text.length(), () -> EmailAddress.parse(text));
    address.ifPresent(EmailAddressesFuzz::check);
  }

  private static void check(EmailAddress address) {
    Promise.kept(
        EmailAddress.parse(address.value()).equals(Optional.of(address)),
        "the canonical form is read as what it is");
    Promise.kept(
        address.domain().chars().allMatch(c -> c > ' ' && c < 127), "a domain is in ASCII");
    Promise.kept(
        address.masked().length() - address.domain().length() <= MOST_SHOWN,
        "the masked form shows a letter of the local part at most");
  }
}
