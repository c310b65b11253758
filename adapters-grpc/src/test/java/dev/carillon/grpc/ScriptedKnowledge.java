package dev.carillon.grpc;

import dev.carillon.application.port.Carrier;
import dev.carillon.application.port.Carriers;
import dev.carillon.application.port.Numbering;
import dev.carillon.application.port.OutboundMessage;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.ChannelRoutes;
import dev.carillon.domain.recipient.PhoneNumber;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Numbers of Zimbabwe and one carrier, and a place where a test can interfere with a submission.
final class ScriptedKnowledge implements Numbering, Carriers {
  /// Run in the middle of each submission, before anything is stored.
  volatile Runnable interference = () -> {};

  @Override
  public Optional<PhoneNumber> parse(String text, String region) {
    return PhoneNumber.parse(text.startsWith("0") ? "+263" + text.substring(1) : text);
  }

  @Override
  public String network(PhoneNumber number) {
    return "Econet";
  }

  @Override
  public String country(PhoneNumber number) {
    return number.value().startsWith("+263") ? "ZW" : "";
  }

  @Override
  public List<ZoneId> timeZones(PhoneNumber number) {
    return List.of();
  }

  @Override
  public List<Carrier> all() {
    return List.of(new Named(new CarrierId("simulated")));
  }

  @Override
  public ChannelRoutes routes(Scope scope, Channel channel) {
    interference.run();
    return ChannelRoutes.only(new CarrierId("simulated"), channel);
  }

  @Override
  public Optional<Carrier> byId(CarrierId id) {
    return Optional.of(new Named(id));
  }

  private record Named(CarrierId id) implements Carrier {
    @Override
    public Set<Channel> channels() {
      return Set.of(Channel.values());
    }

    @Override
    public int window() {
      return 1;
    }

    @Override
    public Duration answerTimeout() {
      return Duration.ofSeconds(1);
    }

    @Override
    public void submit(List<OutboundMessage> messages, HandOver handOver) {
      throw new UnsupportedOperationException("nothing is sent in these tests");
    }
  }
}
