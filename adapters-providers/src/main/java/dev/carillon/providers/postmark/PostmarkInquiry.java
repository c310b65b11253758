package dev.carillon.providers.postmark;

import com.google.gson.JsonObject;
import dev.carillon.application.port.Carrier;
import dev.carillon.domain.message.MessageRef;
import dev.carillon.providers.http.CarrierHttp;
import dev.carillon.providers.http.HttpResult;
import dev.carillon.providers.http.JsonText;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Asks Postmark for mails by our reference. What it finds was taken; that it finds nothing proves
/// nothing, since a mail may not be there yet, or not any more.
final class PostmarkInquiry implements Carrier.Inquiry {
  private final PostmarkRequests requests;
  private final CarrierHttp http;
  private final Duration time;

  /// @param time within which the last question may be begun
  PostmarkInquiry(PostmarkRequests requests, CarrierHttp http, Duration time) {
    this.requests = requests;
    this.http = http;
    this.time = time;
  }

  @Override
  public Map<MessageRef, Carrier.Finding> ask(Collection<MessageRef> messages) {
    long deadline = System.nanoTime() + time.toNanos();
    Map<MessageRef, Carrier.Finding> found = new HashMap<>();
    for (MessageRef ref : messages) {
      if (System.nanoTime() - deadline > 0
          || !(http.send(requests.find(ref)) instanceof HttpResult.Answered answered)
          || answered.status() != 200) {
        return found;
      }
      id(answered, ref).ifPresent(id -> found.put(ref, new Carrier.Finding.Taken(id)));
    }
    return found;
  }

  /// Of a mail with that reference, whatever the search means by it.
  private static Optional<String> id(HttpResult.Answered answered, MessageRef ref) {
    return JsonText.object(answered.body()).stream()
        .flatMap(body -> JsonText.objects(body, "Messages").stream())
        .filter(mail -> isOf(mail, ref))
        .flatMap(mail -> JsonText.text(mail, "MessageID").stream())
        .findFirst();
  }

  private static boolean isOf(JsonObject mail, MessageRef ref) {
    return JsonText.object(mail, "Metadata")
        .flatMap(metadata -> JsonText.text(metadata, PostmarkRequests.REFERENCE))
        .filter(ref.toString()::equals)
        .isPresent();
  }
}
