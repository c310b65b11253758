package dev.carillon.application.contract;

import static dev.carillon.application.fixture.JobFixture.CREATED;
import static dev.carillon.application.fixture.JobFixture.aWhatsAppJob;
import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carillon.application.fixture.JobFixture;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.ContactHistory;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.JobStatus;
import dev.carillon.domain.job.JobTransition;
import dev.carillon.domain.recipient.PhoneNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every store that knows how often somebody was written to promises.
public abstract class ContactHistoryContract extends StoreContract {
  private static final String ANN = "+263771230001";
  private static final String BEN = "+263771230002";
  private static final String EVE = "+263771230003";

  /// The history of the store that the ports go to.
  protected abstract ContactHistory history();

  @Test
  void countsTheMessagesOfEachAddressOverAllJobs() {
    store(sms(ANN, BEN, ANN));
    store(sms(ANN));

    assertThat(since(CREATED, ANN, BEN, EVE)).isEqualTo(Map.of(ANN, 3, BEN, 1));
  }

  @Test
  void countsJobsFromTheTimeOnAndNoneBefore() {
    store(sms(ANN).createdAt(CREATED.minus(Duration.ofDays(3))));
    store(sms(ANN).createdAt(CREATED.minusSeconds(1)));
    store(sms(ANN));
    store(sms(ANN).createdAt(CREATED.plusSeconds(1)));

    assertThat(since(CREATED, ANN)).isEqualTo(Map.of(ANN, 2));
    assertThat(since(CREATED.minusSeconds(1), ANN)).isEqualTo(Map.of(ANN, 3));
    assertThat(since(CREATED.minus(Duration.ofDays(4)), ANN)).isEqualTo(Map.of(ANN, 4));
    assertThat(since(CREATED.plusSeconds(2), ANN)).isEmpty();
  }

  @Test
  void countsJobsThatWereNumberedInAnotherOrderThanAccepted() {
    store(sms(ANN).createdAt(CREATED.plusSeconds(30)));
    store(sms(ANN).createdAt(CREATED.minusSeconds(30)));

    assertThat(since(CREATED, ANN)).isEqualTo(Map.of(ANN, 1));
  }

  @Test
  void countsNothingOfOthersOrOfOtherChannels() {
    store(sms(ANN), testScope());
    store(sms(ANN), ports().newScope().get());
    store(aWhatsAppJob().to(ANN, PersonalContent.EMPTY, ""));

    assertThat(since(CREATED, ANN)).isEmpty();
    assertThat(history().messagesSince(scope(), Channel.WHATSAPP, List.of(ANN), CREATED))
        .isEqualTo(Map.of(ANN, 1));
  }

  @Test
  void countsNoneThatWasLeftOut() {
    store(anSmsJob().to(1).leavingOut(Reason.SUPPRESSED));

    assertThat(since(CREATED, "given-1")).isEmpty();
  }

  @Test
  void countsNothingOfAJobThatWasCancelledBeforeItBegan() {
    storeAt(JobStatus.CANCELLING, sms(ANN));
    storeAt(JobStatus.CANCELLED, sms(ANN));
    StoredJob begun = storeAt(JobStatus.PROCESSING, sms(BEN));
    move(begun.id(), JobTransition.CANCEL, NOW);

    assertThat(found(begun).life().startedAt()).isNotNull();
    assertThat(since(CREATED, ANN, BEN)).isEqualTo(Map.of(BEN, 1));
  }

  @Test
  void countsNothingOfAJobThatIsStillUploaded() {
    storeAt(JobStatus.OPEN, sms(ANN));
    storeAt(JobStatus.SCHEDULED, sms(BEN));

    assertThat(since(CREATED, ANN, BEN)).isEqualTo(Map.of(BEN, 1));
  }

  @Test
  void answersManyAddressesAtOnceEachOnce() {
    store(sms(ANN, BEN));
    List<String> many =
        IntStream.range(0, ContactHistory.MOST_ADDRESSES)
            .mapToObj(i -> i % 2 == 0 ? ANN : "+26377" + (2_000_000 + i))
            .toList();

    assertThat(history().messagesSince(scope(), Channel.SMS, many, CREATED))
        .isEqualTo(Map.of(ANN, 1));
    assertThat(since(CREATED)).isEmpty();
  }

  @Test
  void takesNoMoreAddressesThanItSays() {
    List<String> tooMany =
        IntStream.rangeClosed(0, ContactHistory.MOST_ADDRESSES).mapToObj(i -> "+1" + i).toList();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> history().messagesSince(scope(), Channel.SMS, tooMany, CREATED));
  }

  private Map<String, Integer> since(Instant time, String... addresses) {
    return history().messagesSince(scope(), Channel.SMS, List.of(addresses), time);
  }

  private static JobFixture sms(String... addresses) {
    JobFixture job = anSmsJob();
    for (String address : addresses) {
      assertThat(PhoneNumber.parse(address)).isPresent();
      job.to(address, PersonalContent.EMPTY, "");
    }
    return job;
  }
}
