package dev.carillon.domain.delivery;

/// Names a carrier, such as `simulated`: lower-case letters, digits and hyphens, at most 32.
public record CarrierId(String value) {
  public CarrierId {
    if (!value.matches("[a-z0-9-]{1,32}")) {
      throw new IllegalArgumentException("not a carrier id: " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
