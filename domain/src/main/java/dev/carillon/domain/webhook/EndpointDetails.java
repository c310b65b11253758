package dev.carillon.domain.webhook;

import dev.carillon.domain.error.FieldViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What the owner of an endpoint decides.
///
/// @param url where events are sent to
/// @param types that it hears of; empty for all but those of messages
/// @param description for people, may be empty
/// @param enabled whether anything is sent
public record EndpointDetails(
    String url, Set<EventType> types, String description, boolean enabled) {
  /// Most characters of a description.
  public static final int MOST_DESCRIPTION = 500;

  public EndpointDetails {
    types = Set.copyOf(types);
  }

  /// What is wrong with it apart from its URL.
  ///
  /// @param path of the endpoint in the request
  public List<FieldViolation> violations(String path) {
    List<FieldViolation> violations = new ArrayList<>();
    if (description.codePointCount(0, description.length()) > MOST_DESCRIPTION) {
      violations.add(
          new FieldViolation(
              path + ".description", "must have at most " + MOST_DESCRIPTION + " characters"));
    }
    if (!types.stream().allMatch(EventType::isForSubscribers)) {
      violations.add(
          new FieldViolation(path + ".event_types", "webhook.test is sent by TestEndpoint alone"));
    }
    return violations;
  }

  /// Whether it hears of such events.
  public boolean hears(EventType type) {
    return enabled
        && type.isForSubscribers()
        && (types.isEmpty() ? !type.isOfMessage() : types.contains(type));
  }

  @Override
  public String toString() {
    return "EndpointDetails[" + types + ", " + enabled + "]";
  }
}
