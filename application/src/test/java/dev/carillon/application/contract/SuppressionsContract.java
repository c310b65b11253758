package dev.carillon.application.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.content.Channel;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every list of suppressed addresses keeps, as far as it can be seen before anything writes
/// to one.
public abstract class SuppressionsContract extends StoreContract {

  @Test
  void suppressesNobodyOfANewBusiness() {
    for (Channel channel : Channel.values()) {
      assertThat(
              ports()
                  .suppressions()
                  .among(scope(), channel, List.of("+263771234567", "a@example.com")))
          .isEmpty();
    }
  }

  @Test
  void takesNoAddressAndManyAddresses() {
    List<String> many = IntStream.range(0, 50_000).mapToObj(n -> "+2637" + n).toList();

    assertThat(ports().suppressions().among(scope(), Channel.SMS, List.of())).isEmpty();
    assertThat(ports().suppressions().among(scope(), Channel.SMS, many)).isEmpty();
  }
}
