package dev.carillon.providers.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.domain.content.Channel;
import dev.carillon.providers.twilio.TwilioConfig.Account;
import dev.carillon.providers.twilio.TwilioConfig.Senders;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class TwilioConfigTest {
  private static final Senders NUMBER = new Senders("", "+15550001111", "");

  @Test
  void hasNoProblemsWhenItMayBeUsed() {
    assertThat(Fixtures.config().problems()).isEmpty();
    assertThat(
            Fixtures.config(
                    new Account(Fixtures.ACCOUNT.sid(), "t", "u", "SK" + "a".repeat(32), "s"),
                    new Senders(Fixtures.SERVICE, "", ""))
                .problems())
        .isEmpty();
  }

  @Test
  void namesWhatIsWrong() {
    assertThat(problems(new Account("AC1", "", "", "SK1", ""), NUMBER))
        .hasSize(4)
        .anyMatch(it -> it.startsWith("account-sid"))
        .anyMatch(it -> it.startsWith("auth-token"))
        .anyMatch(it -> it.startsWith("api-key-sid must be SK"))
        .anyMatch(it -> it.contains("both or neither"));
    assertThat(problems(Fixtures.ACCOUNT, new Senders("", "", "")))
        .containsExactly("one of messaging-service-sid, from and whatsapp-from must be set");
    assertThat(problems(Fixtures.ACCOUNT, new Senders("MG1", "x", "0771")))
        .hasSize(3)
        .anyMatch(it -> it.startsWith("messaging-service-sid"))
        .anyMatch(it -> it.startsWith("whatsapp-from"))
        .anyMatch(it -> it.startsWith("only one of"));
    assertThat(Fixtures.config(URI.create("file:///x"), Fixtures.ACCOUNT, NUMBER).problems())
        .containsExactly("api-url must be an address of the web");
  }

  @Test
  void servesTheChannelsThatItHasASenderFor() {
    assertThat(Fixtures.config().channels())
        .containsExactlyInAnyOrder(Channel.SMS, Channel.WHATSAPP);
    assertThat(Fixtures.config(Fixtures.ACCOUNT, NUMBER).channels()).containsExactly(Channel.SMS);
    assertThat(Fixtures.config(Fixtures.ACCOUNT, new Senders("", "", "+15550002222")).channels())
        .containsExactly(Channel.WHATSAPP);
  }

  @Test
  void isEqualWhenItsSettingsAre() {
    assertThat(Fixtures.config()).isEqualTo(Fixtures.config());
    assertThat(Fixtures.config(Fixtures.ACCOUNT, NUMBER)).isNotEqualTo(Fixtures.config());
  }

  @Test
  void keepsItsSecretsToItself() {
    Account account =
        new Account(Fixtures.ACCOUNT.sid(), "hush", "hush-too", "SK1", "hush-as-well");

    assertThat(account.toString() + Fixtures.config(account, NUMBER)).doesNotContain("hush");
  }

  private static List<String> problems(Account account, Senders senders) {
    return Fixtures.config(account, senders).problems();
  }
}
