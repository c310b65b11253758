package dev.carillon.application.suppression;

import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.recipient.Suppression;
import dev.carillon.domain.recipient.SuppressionCause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What was taken off a list, as it is remembered under a request id: by its place in the request,
/// which a repeat names again, so that what is remembered holds no address.
///
/// @param addresses of the request, normalised, each once
record RemovedEntries(Scope scope, Channel channel, List<String> addresses) {
  private static final String SEPARATOR = "\n";
  private static final int FIELDS = 4;

  Map<String, String> answer(List<Suppression> removed) {
    Map<String, Suppression> byAddress =
        removed.stream().collect(Collectors.toMap(Suppression::address, Function.identity()));
    Map<String, String> answer = new HashMap<>();
    for (int place = 0; place < addresses.size(); place++) {
      Suppression was = byAddress.get(addresses.get(place));
      if (was != null) {
        answer.put(Integer.toString(place), text(was));
      }
    }
    return answer;
  }

  List<Suppression> of(Map<String, String> answer) {
    List<Suppression> removed = new ArrayList<>();
    for (int place = 0; place < addresses.size(); place++) {
      String text = answer.get(Integer.toString(place));
      if (text != null) {
        removed.add(suppression(addresses.get(place), text));
      }
    }
    return removed;
  }

  /// What people wrote comes last: it may have line breaks.
  private static String text(Suppression was) {
    return String.join(
        SEPARATOR, was.cause().name(), was.createdAt().toString(), was.createdBy(), was.detail());
  }

  private Suppression suppression(String address, String text) {
    String[] fields = text.split(SEPARATOR, FIELDS);
    return new Suppression(
        scope,
        channel,
        address,
        SuppressionCause.valueOf(fields[0]),
        fields[3],
        fields[2],
        Instant.parse(fields[1]));
  }
}
