package dev.carillon.application.dispatch;

import dev.carillon.application.port.Numbering;
import dev.carillon.application.port.StoredMessage;
import dev.carillon.domain.delivery.ChannelRoutes;
import dev.carillon.domain.delivery.Route;
import dev.carillon.domain.job.JobId;
import dev.carillon.domain.recipient.PhoneNumber;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a chunk's messages go, as routes ask for it: the country and the network of their numbers,
/// and which of several carriers each of them falls on.
final class Destinations {
  private final JobId job;
  private final ChannelRoutes routes;
  private final Numbering numbering;
  private final boolean byCountry;
  private final int first;
  private final @Nullable StoredMessage[] messages;

  Destinations(
      JobId job,
      ChannelRoutes routes,
      int first,
      int size,
      List<StoredMessage> messages,
      Numbering numbering) {
    this.job = job;
    this.routes = routes;
    this.numbering = numbering;
    this.byCountry = routes.rules().stream().anyMatch(rule -> !rule.countries().isEmpty());
    this.first = first;
    this.messages = new StoredMessage[size];
    for (StoredMessage message : messages) {
      this.messages[message.position() - first] = message;
    }
  }

  /// The carriers for the message at a position, in the order in which they are to be tried.
  List<Route> routes(int position) {
    StoredMessage message = messages[position - first];
    return message == null
        ? List.of()
        : routes.to(country(message.address()), message.network(), draw(job, position));
  }

  /// Empty for a mailbox, and where no rule asks.
  private String country(String address) {
    return byCountry ? PhoneNumber.parse(address).map(numbering::country).orElse("") : "";
  }

  /// The same for the same message, on every node and at every attempt, and spread evenly (the
  /// finaliser of SplitMix64: Steele, Lea, Flood, OOPSLA 2014).
  private static long draw(JobId job, int position) {
    long mixed = job.value() * 0x9E3779B97F4A7C15L + position * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
