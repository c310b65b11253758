package dev.carillon.persistence;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.util.List;
import java.util.Map;
import org.jooq.JSONB;

/// Maps and lists of texts as jsonb.
final class Json {
  private static final Gson GSON = new Gson();
  private static final TypeToken<Map<String, String>> MAP = new TypeToken<>() {};
  private static final TypeToken<List<String>> LIST = new TypeToken<>() {};

  private Json() {}

  static JSONB of(Map<String, String> map) {
    return JSONB.jsonb(GSON.toJson(map, MAP.getType()));
  }

  static String of(List<String> list) {
    return GSON.toJson(list, LIST.getType());
  }

  static Map<String, String> map(JSONB json) {
    return Map.copyOf(GSON.fromJson(json.data(), MAP));
  }

  static List<String> list(JSONB json) {
    return List.copyOf(GSON.fromJson(json.data(), LIST));
  }
}
