package dev.carillon.application.dispatch;

import static dev.carillon.application.fixture.JobFixture.anSmsJobSaying;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.domain.content.Composition;
import dev.carillon.domain.content.ContentSyntax;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.content.SmsContent;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.message.MessageState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PersonalWordsTest {
  private static final Composition MUSTACHE =
      new Composition(ContentSyntax.MUSTACHE, Map.of("name", "friend"));

  private final ScriptedCarrier carrier = ScriptedCarrier.withWindow(3);
  private final Engine engine = new Engine(carrier);
  private final House house = engine.house;

  @Test
  void handsOverWhatEachRecipientGets() {
    StoredJob job =
        house.stored(
            anSmsJobSaying("Dear {{name}}")
                .composed(MUSTACHE)
                .to("+263771000001", PersonalContent.ofVariables(Map.of("name", "Jane")), "")
                .to("+263771000002", PersonalContent.EMPTY, "")
                .to("+263771000003", PersonalContent.ofText("{{own}}"), ""));

    engine.workAll();

    assertThat(texts()).containsExactly("Dear Jane", "Dear friend", "{{own}}");
    assertThat(house.job(job).status()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void handsPlainContentOverAsItIsWritten() {
    house.stored(anSmsJobSaying("Dear {{name}} {{").to(1));

    engine.workAll();

    assertThat(texts()).containsExactly("Dear {{name}} {{");
  }

  @Test
  void failsWhatCannotBeRenderedAnyMoreAndSendsTheOthers() {
    StoredJob job =
        house.stored(
            anSmsJobSaying("Dear {{other}}")
                .composed(MUSTACHE)
                .to("+263771000001", PersonalContent.EMPTY, "")
                .to("+263771000002", PersonalContent.ofVariables(Map.of("other", "Jane")), ""));

    engine.workAll();

    assertThat(texts()).containsExactly("Dear Jane");
    assertThat(house.state(job.ref(0))).isEqualTo(MessageState.FAILED);
    assertThat(house.state(job.ref(1))).isEqualTo(MessageState.SENT);
    assertThat(house.job(job).status()).isEqualTo(JobStatus.PARTIAL);
  }

  private List<String> texts() {
    return carrier.wire().stream().map(message -> ((SmsContent) message.content()).text()).toList();
  }
}
