package dev.carillon.application.suppression;

import dev.carillon.application.port.Numbering;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.application.port.Suppressions;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.recipient.Suppression;
import dev.carillon.domain.recipient.SuppressionCause;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Shows who must not be written to, the latest first.
public final class ListSuppressions {
  private final Suppressions suppressions;
  private final AddressReader reader;

  public ListSuppressions(Suppressions suppressions, Numbering numbering) {
    this.suppressions = suppressions;
    this.reader = new AddressReader(numbering);
  }

  /// A page of them. Throws a DomainException: InvalidFields when an address is given and is none.
  public Page<Suppression> handle(Query query) {
    return suppressions.list(
        query.caller().scope(),
        new Suppressions.Filter(query.channel(), query.cause(), address(query)),
        query.page());
  }

  private String address(Query query) {
    if (query.address().isBlank()) {
      return "";
    }
    return reader
        .one(readAs(query), query.address(), query.region())
        .orElseThrow(() ->
            new DomainException(
                new DomainError.InvalidFields(
                    List.of(new FieldViolation("address", "is no address of this channel")))));
  }

  /// What no channel was named for is read by its look.
  private static Channel readAs(Query query) {
    Channel channel = query.channel();
    if (channel != null) {
      return channel;
    }
    return query.address().indexOf('@') < 0 ? Channel.SMS : Channel.EMAIL;
  }

  /// Which of them.
  ///
  /// @param channel null for all
  /// @param cause null for all
  /// @param address as the caller writes it; empty for all
  /// @param region for a number without a country code, ISO 3166-1 alpha-2
  public record Query(
      Caller caller,
      @Nullable Channel channel,
      @Nullable SuppressionCause cause,
      String address,
      String region,
      PageRequest page) {
    @Override
    public String toString() {
      return "ListSuppressions.Query[" + channel + ", " + cause + "]";
    }
  }
}
