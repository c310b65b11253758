package dev.carillon.domain.webhook;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes an event as receivers of webhooks get it: a JSON object (RFC 8259) of about a kilobyte at
/// most that holds neither addresses nor texts. What S1 shows of bulk.completed is kept to the
/// letter.
public final class EventPayload {
  private EventPayload() {}

  /// The JSON text of an event; always the same for the same event.
  public static String json(OutwardEvent event) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("event", event.type().label());
    switch (event) {
      case JobEvent job -> addTo(fields, job);
      case MessageEvent message -> addTo(fields, message);
      case BalanceEvent balance -> addTo(fields, balance);
      case EndpointEvent endpoint -> addTo(fields, endpoint);
    }
    fields.put("timestamp", event.at().toString());
    return fields.entrySet().stream()
        .map(field -> "\"" + field.getKey() + "\":" + value(field.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static void addTo(Map<String, Object> fields, JobEvent event) {
    fields.put("bulk_id", event.bulkId().toString());
    fields.put("status", small(event.status()));
    fields.put("total_recipients", event.totalRecipients());
    fields.put("success_count", event.successCount());
    fields.put("failure_count", event.failureCount());
  }

  private static void addTo(Map<String, Object> fields, MessageEvent event) {
    fields.put("bulk_id", event.id().bulkId().toString());
    fields.put("message_id", event.id().toString());
    if (!event.clientRef().isEmpty()) {
      fields.put("client_ref", event.clientRef());
    }
    fields.put("status", small(event.status()));
    if (event.reason() != null) {
      fields.put("reason", small(event.reason()));
    }
    fields.put("attempts", (long) event.attempts());
    if (!event.carrier().isEmpty()) {
      fields.put("carrier", event.carrier());
    }
  }

  /// Amounts are texts: numbers of JSON lose digits in many a reader.
  private static void addTo(Map<String, Object> fields, BalanceEvent event) {
    fields.put("currency", event.available().currency());
    fields.put("available", event.available().units().toPlainString());
    fields.put("low", event.low().units().toPlainString());
  }

  private static void addTo(Map<String, Object> fields, EndpointEvent event) {
    fields.put("endpoint_id", event.endpoint().toString());
    if (event.reason() != null) {
      fields.put("reason", small(event.reason()));
    }
  }

  private static String small(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String value(Object value) {
    return value instanceof Long number ? Long.toString(number) : quoted(value.toString());
  }

  /// Callers' references may have any character (RFC 8259, 7).
  private static String quoted(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    text.chars()
        .forEach(c -> {
          if (c == '"' || c == '\\') {
            json.append('\\').append((char) c);
          } else if (c < ' ') {
            json.append(String.format(Locale.ROOT, "\\u%04x", c));
          } else {
            json.append((char) c);
          }
        });
    return json.append('"').toString();
  }
}
