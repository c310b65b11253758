package dev.carillon.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.domain.business.Environment;
import dev.carillon.providers.tokens.TokenConfig;
import dev.carillon.providers.tokens.TokenConfig.ClaimNames;
import dev.carillon.providers.tokens.TokenConfig.Fetching;
import dev.carillon.providers.tokens.TokenConfig.KeyPlace;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsConfigTest {
  @Test
  void takesNoTokensUnlessItIsToldWhose() {
    assertThat(read(Map.of())).isEqualTo(new CredentialsConfig(null, null));
  }

  @Test
  void takesTokensByTheKeysOfAnAddressOrAFile() {
    TokenConfig web = tokens(Map.of("JWKS", "https://id.example.org/keys"));
    TokenConfig file = tokens(Map.of("JWKS", "keys/jwks.json", "ENVIRONMENT", "live"));

    assertThat(web)
        .isEqualTo(
            new TokenConfig(
                new KeyPlace.Remote(URI.create("https://id.example.org/keys")),
                "https://id.example.org",
                "carillon",
                Duration.ofSeconds(30),
                Duration.ZERO,
                Fetching.DEFAULTS,
                ClaimNames.DEFAULTS));
    assertThat(file.keys()).isEqualTo(new KeyPlace.Local(Path.of("keys/jwks.json")));
    assertThat(read(Map.of("ENVIRONMENT", "Live")).environment()).isEqualTo(Environment.LIVE);
  }

  @Test
  void goesToAnOpenAddressOnlyWhereThatIsAllowed() {
    assertThat(tokens(Map.of("JWKS", "http://127.0.0.1/keys", "ALLOW_HTTP", "true")).keys())
        .isEqualTo(new KeyPlace.Remote(URI.create("http://127.0.0.1/keys")));
  }

  @ParameterizedTest
  @CsvSource({
    "JWKS,http://id.example.org/keys",
    "JWKS,ftp://id.example.org/keys",
    "JWKS,https://",
    "JWKS,'https://a b'",
    "ISSUER,''",
    "AUDIENCE,' '",
    "CLOCK_SKEW,6m",
    "KEYS_KEPT,4m",
    "ENVIRONMENT,prod",
    "BUSINESS_CLAIM,''"
  })
  void refusesWhatCannotBe(String key, String value) {
    Map<String, String> settings = new HashMap<>();
    settings.put("JWKS", "https://id.example.org/keys");
    settings.put(key, value);

    InvalidConfigurationException refused =
        catchThrowableOfType(InvalidConfigurationException.class, () -> tokens(settings));
    assertThat(refused.getMessage()).contains("tokens.");
  }

  private static TokenConfig tokens(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    all.put("ISSUER", "https://id.example.org");
    all.put("AUDIENCE", "carillon");
    all.putAll(settings);
    TokenConfig tokens = read(all).tokens();
    if (tokens == null) {
      throw new AssertionError("tokens are not taken");
    }
    return tokens;
  }

  private static CredentialsConfig read(Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>();
    settings.forEach((key, value) -> environment.put("CARILLON_TOKENS_" + key, value));
    return Configuration.load(null, environment).credentials();
  }
}
