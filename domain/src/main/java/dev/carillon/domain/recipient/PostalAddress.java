package dev.carillon.domain.recipient;

import org.jspecify.annotations.Nullable;

/// Where a recipient lives; every part is optional, `""` or null where it is not known. Blanks
/// around the texts are removed.
public record PostalAddress(
    String street, String city, String state, String zipCode, @Nullable CountryCode country) {

  /// Nothing known.
  public static final PostalAddress EMPTY = new PostalAddress("", "", "", "", null);

  public PostalAddress {
    street = street.strip();
    city = city.strip();
    state = state.strip();
    zipCode = zipCode.strip();
  }

  @Override
  public String toString() {
    return "PostalAddress[" + (country == null ? "" : country.value()) + "]";
  }
}
