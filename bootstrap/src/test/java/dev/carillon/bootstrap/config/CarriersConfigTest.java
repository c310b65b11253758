package dev.carillon.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.domain.business.BusinessId;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.delivery.CarrierId;
import dev.carillon.domain.delivery.RouteRule;
import dev.carillon.providers.CarrierConfig;
import dev.carillon.providers.CarrierPlan;
import dev.carillon.providers.callback.CallbackConfig;
import dev.carillon.providers.callback.CallbackPlace;
import dev.carillon.providers.smpp.SmppConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CarriersConfigTest {
  private static final CarrierId ECONET = new CarrierId("econet");
  private static final String CARRIERS =
      """
      carillon.carriers {
        econet { type = smpp, host = smsc.example.org, system-id = carillon, password = hunter2 }
        econet-2 { type = smpp, host = smsc2.example.org, system-id = carillon }
      }
      """;

  @TempDir Path directory;

  @Test
  void thereAreNoneByDefault() {
    Configuration defaults = Configuration.load(null, Map.of());

    assertThat(defaults.carriers()).isEqualTo(CarrierPlan.EMPTY);
    assertThat(defaults.callbacks()).isEqualTo(CallbackConfig.NONE);
  }

  @Test
  void aCarrierIsWhatItSaysAndElseWhatItsTypeIsByDefault() throws IOException {
    CarrierPlan plan = read(CARRIERS, Map.of()).carriers();

    assertThat(plan.carriers()).containsOnlyKeys(ECONET, new CarrierId("econet-2"));
    assertThat(plan.carriers().get(ECONET)).isInstanceOf(SmppConfig.class);
    assertThat(plan.carriers().get(ECONET))
        .isEqualTo(econet(CARRIERS, Map.of()))
        .isNotEqualTo(econet(CARRIERS, Map.of("CARILLON_CARRIERS_ECONET_WINDOW", "7")));
    assertThat(econet(CARRIERS + "carillon.carrier-defaults.smpp.window = 7", Map.of()))
        .isEqualTo(econet(CARRIERS, Map.of("CARILLON_CARRIERS_ECONET_WINDOW", "7")));
  }

  @Test
  void routesAreReadInTheirOrder() throws IOException {
    CarrierPlan plan =
        read(
                CARRIERS
                    + """
                    carillon.routes = [
                      { name = zw, channel = sms, businesses = [7], countries = [zw], networks = [Econet],
                        to = [ { carrier = econet, weight = 3 }, { carrier = econet-2 } ] }
                      { name = rest, channel = SMS, to = [ simulated ] }
                    ]
                    """,
                Map.of())
            .carriers();

    assertThat(plan.routes().rules())
        .containsExactly(
            new RouteRule(
                "zw",
                Channel.SMS,
                Set.of(new BusinessId(7)),
                Set.of("ZW"),
                Set.of("econet"),
                List.of(
                    new RouteRule.Share(ECONET, 3),
                    new RouteRule.Share(new CarrierId("econet-2"), 1))),
            new RouteRule(
                "rest",
                Channel.SMS,
                Set.of(),
                Set.of(),
                Set.of(),
                List.of(new RouteRule.Share(new CarrierId("simulated"), 1))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          carriers.econet.windou = 7                            | carriers.econet.windou is no key
          carriers.econet.window = many                         | carriers.econet.window must be a whole number
          carriers.econet.host = ""                             | carriers.econet
          carriers.econet.type = pigeon                         | carriers.econet.type must be one of
          carriers.other { host = a }                           | carriers.other.type must be one of
          carriers.other = 7                                    | carriers.other.type must be one of
          carriers.simulated { type = smpp }                    | the simulated carrier is always there
          carriers.ECONET { type = smpp }                       | a carrier's name has 1 to 32 small letters
          carriers."a.b" { type = smpp }                        | a carrier's name has 1 to 32 small letters
          routes = 7                                            | routes must be a list
          routes = [ 7 ]                                        | routes[0]: a route is an object
          routes = [ { channel = sms, to = [econet] } ]         | routes[0]: a route needs a name
          routes = [ { name = a, channel = fax, to = [econet] } ] | channel must be one of sms, whatsapp, email
          routes = [ { name = a, channel = sms } ]              | to must name at least one carrier
          routes = [ { name = a, channel = sms, to = [] } ]     | a rule names at least one carrier
          routes = [ { name = a, channel = sms, to = [econet, econet] } ] | each once
          routes = [ { name = a, channel = sms, to = [nobody] } ] | names nobody, which is no carrier
          routes = [ { name = a, channel = email, to = [econet] } ] | names econet, which does not serve EMAIL
          routes = [ { name = a, channel = sms, to = [ { carrier = econet, weight = 1001 } ] } ] | a weight is 0 to 1000
          routes = [ { name = a, channel = sms, countries = [Zimbabwe], to = [econet] } ] | must be of ISO 3166-1
          routes = [ { name = a, channel = sms, businesses = [-1], to = [econet] } ] | a business id is positive
          routes = [ { name = a, channel = sms, when = now, to = [econet] } ] | routes[0].when is no key
          routes = [ 7, { channel = sms, to = [econet] } ]      | carillon.routes[1]: a route needs a name
          routes = [ { name = a, channel = sms, to = [econet] }, { name = a, channel = sms, to = [econet] } ] | is that of another route
          callbacks.secret = short                              | secret must have at least 16 characters
          callbacks.public-url = "ftp://a"                      | public-url must be an address
          callbacks.tls-key = a                                 | carillon.callbacks.tls-certificate are given both or not at all
          carriers = 7                                          | carillon.carriers is a section
          """)
  void whatCannotBeIsTold(String setting, String problem) throws IOException {
    Path file = file(CARRIERS + "carillon." + setting);
    InvalidConfigurationException refused =
        catchThrowableOfType(
            InvalidConfigurationException.class, () -> Configuration.load(file, Map.of()));

    assertThat(refused).as(setting).isNotNull();
    assertThat(refused.getMessage()).contains(problem);
  }

  @Test
  void whatACarrierLacksIsToldWithItsPlaceAndItsVariable() throws IOException {
    Path file = file("carillon.carriers {\n t {\n type = twilio\n account-sid = AC1 } }");
    InvalidConfigurationException refused =
        catchThrowableOfType(
            InvalidConfigurationException.class, () -> Configuration.load(file, Map.of()));

    assertThat(refused.problems())
        .anyMatch(line ->
            line.matches(
                ".*carriers\\.t\\.account-sid must be AC and .*: 4; its variable is"
                    + " CARILLON_CARRIERS_T_ACCOUNT_SID\\)"))
        .anyMatch(line ->
            line.matches(
                ".*carriers\\.t\\.auth-token must be set \\(from .*: 3; its variable is"
                    + " CARILLON_CARRIERS_T_AUTH_TOKEN\\)"))
        .anyMatch(line -> line.matches(".*carriers\\.t: one of messaging-service-sid.*: 3\\)"));
  }

  @Test
  void anEnvironmentVariableThatCouldBeForTwoCarriersIsRefused() throws IOException {
    Path file = file("carillon.carriers { t { type = twilio }, t-whatsapp { type = twilio } }");
    InvalidConfigurationException refused =
        catchThrowableOfType(
            InvalidConfigurationException.class,
            () -> Configuration.load(file, Map.of("CARILLON_CARRIERS_T_WHATSAPP_FROM", "+1")));

    assertThat(refused.getMessage())
        .contains("CARILLON_CARRIERS_T_WHATSAPP_FROM stands for several keys");
  }

  @Test
  void theListenerIsReadAndItsSecretIsNowhereToBeSeen() throws IOException {
    Map<String, String> environment =
        Map.of(
            "CARILLON_CALLBACKS_ENABLED", "true",
            "CARILLON_CALLBACKS_PUBLIC_URL", "https://hooks.example.org",
            "CARILLON_CALLBACKS_SECRET", "0123456789abcdef-hunter2");
    Path file = file(CARRIERS);
    Configuration read = Configuration.load(file, environment);
    String table = ConfigurationTable.of(file, environment);

    assertThat(read.callbacks().enabled()).isTrue();
    assertThat(read.callbacks().place())
        .isEqualTo(
            new CallbackPlace(URI.create("https://hooks.example.org"), "0123456789abcdef-hunter2"));
    assertThat(read.callbacks().place().of(ECONET))
        .contains(URI.create("https://hooks.example.org/callbacks/econet"));
    assertThat(read.toString() + table).doesNotContain("hunter2");
    assertThat(table.lines())
        .anySatisfy(
            line -> assertThat(line).matches("carillon.carriers.econet.password +\\*+ +.*: 2"))
        .anySatisfy(
            line -> assertThat(line).matches("carillon.carriers.econet.port +2775 +default"));
  }

  @Test
  void theTableShowsTheDefaultsOfThoseTypesThatAreInUse() throws IOException {
    String table =
        ConfigurationTable.of(
            file(CARRIERS + "carillon.carrier-defaults.twilio.window = 7"), Map.of());

    assertThat(table.lines())
        .filteredOn(line -> line.startsWith("carillon.carrier-defaults."))
        .hasSizeGreaterThan(40)
        .allMatch(line ->
            line.startsWith("carillon.carrier-defaults.smpp.")
                || line.startsWith("carillon.carrier-defaults.twilio.window "));
    assertThat(ConfigurationTable.of(null, Map.of())).doesNotContain("carrier-defaults");
  }

  @Test
  void onlyCarriersAndRoutesAreTakenOverWithoutARestart() throws IOException {
    ConfigurationOrigin origin = new ConfigurationOrigin(file(CARRIERS), Map.of());
    ConfigurationOrigin.Fixed before = origin.fixed();
    int content = origin.content(0);
    assertThat(origin.content(content)).isEqualTo(content);

    file(CARRIERS + "carillon.carriers.econet.window = 7");
    assertThat(origin.content(content)).isNotEqualTo(content);
    assertThat(origin.fixed().differingFrom(before)).isEmpty();
    file(CARRIERS + "carillon { grpc.port = 7, callbacks.secret = 0123456789abcdefg }");
    assertThat(origin.fixed().differingFrom(before))
        .containsExactly("carillon.callbacks.secret", "carillon.grpc.port");
    Files.delete(directory.resolve("carillon.conf"));
    assertThat(origin.content(content)).isEqualTo(content);
    assertThat(before.toString() + origin).doesNotContain("hunter2");
  }

  private @Nullable CarrierConfig econet(String text, Map<String, String> environment)
      throws IOException {
    return read(text, environment).carriers().carriers().get(ECONET);
  }

  private Configuration read(String text, Map<String, String> environment) throws IOException {
    return Configuration.load(file(text), environment);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("carillon.conf"), text);
  }
}
