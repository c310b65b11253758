package dev.carillon.providers.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Reads JSON that somebody else wrote. What is missing or of another kind than expected is empty;
/// nothing here throws, whatever the input.
public final class JsonText {
  private JsonText() {}

  /// The object that the octets are, in UTF-8; empty when they are anything else.
  public static Optional<JsonObject> object(byte[] octets) {
    try {
      JsonElement read = JsonParser.parseString(new String(octets, StandardCharsets.UTF_8));
      return read.isJsonObject() ? Optional.of(read.getAsJsonObject()) : Optional.empty();
    } catch (JsonParseException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /// The object of that name.
  public static Optional<JsonObject> object(JsonObject in, String name) {
    return objectOf(in.get(name));
  }

  /// The objects in the list of that name, without whatever else is in it.
  public static List<JsonObject> objects(JsonObject in, String name) {
    if (!(in.get(name) instanceof JsonArray list)) {
      return List.of();
    }
    List<JsonObject> objects = new ArrayList<>();
    list.forEach(element -> objectOf(element).ifPresent(objects::add));
    return objects;
  }

  /// The text of that name; a number or a truth value as it is written.
  public static Optional<String> text(JsonObject in, String name) {
    return in.get(name) instanceof JsonPrimitive value
        ? Optional.of(value.getAsString())
        : Optional.empty();
  }

  /// The whole number of that name, be it written as a number or as a text.
  public static OptionalLong number(JsonObject in, String name) {
    try {
      return text(in, name).stream().mapToLong(Long::parseLong).findFirst();
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static Optional<JsonObject> objectOf(@Nullable JsonElement element) {
    return element instanceof JsonObject object ? Optional.of(object) : Optional.empty();
  }
}
