package dev.carillon.application;

import static dev.carillon.application.fixture.Submission.anEmail;
import static dev.carillon.application.fixture.Submission.anSms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.People;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.Submission;
import dev.carillon.application.port.Audiences.Selection;
import dev.carillon.application.port.StoredMessage;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.RejectedEntry;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.message.ChunkKey;
import dev.carillon.domain.recipient.Recipient;
import dev.carillon.domain.recipient.RecipientId;
import dev.carillon.domain.recipient.TagExpression;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StoredAudienceTest {
  private final House house = new House(ScriptedCarrier.withWindow(10));
  private final People people =
      new People(house.store, house.store.recipients(), house.store.groups(), house.scope);

  @Test
  void writesToEveryMemberOfAGroupInTheOrderOfTheirNumbers() {
    Recipient first = people.withPhone(1);
    Recipient second = people.withPhone(2);
    String group = people.group(second, first);

    BulkJob job = create(anSms("hello").toStored(new Selection.Group(group))).job();

    assertThat(job.counters().accepted()).isEqualTo(2);
    assertThat(job.submission().name()).isEqualTo("SMS to 2 recipients");
    assertThat(job.billing().parts()).isEqualTo(2);
    assertThat(addresses(job, 0)).containsExactly(People.phone(1), People.phone(2));
  }

  @Test
  void cutsAnAudienceOfManyPagesIntoFullChunks() {
    LongStream.rangeClosed(1, 10_003).forEach(n -> people.withPhone(n, "all"));

    BulkJob job =
        create(anSms("hello").toStored(new Selection.Tags(TagExpression.of("all")))).job();

    assertThat(job.counters().accepted()).isEqualTo(10_003);
    assertThat(house.store.chunks().open(job.id(), -1, 3_000)).hasSize(2_501);
    assertThat(addresses(job, 2_500)).hasSize(3).contains(People.phone(10_003));
  }

  @Test
  void leavesOutWhoHasNoAddressForTheChannel() {
    String group = people.group(people.withMailbox("a@example.com"), people.withPhone(2));

    CreateBulkJob.Result result = create(anEmail("hello").toStored(new Selection.Group(group)));

    assertThat(result.job().counters().accepted()).isEqualTo(1);
    assertThat(result.job().counters().noAddress()).isEqualTo(1);
    assertThat(result.rejected()).extracting(RejectedEntry::position).containsExactly(1);
    assertThat(result.rejected())
        .extracting(RejectedEntry::reason)
        .containsExactly(Reason.NO_ADDRESS);
  }

  @Test
  void takesIdsInTheirOrderAndTellsWhichDoNotExist() {
    RecipientId first = people.withPhone(1).id();
    RecipientId second = people.withPhone(2).id();
    RecipientId nobody = new RecipientId(999_999);

    CreateBulkJob.Result result =
        create(anSms("hello").toStored(new Selection.Ids(List.of(second, nobody, first, second))));

    assertThat(addresses(result.job(), 0)).containsExactly(People.phone(2), People.phone(1));
    assertThat(result.rejected())
        .extracting(RejectedEntry::position, RejectedEntry::reason)
        .containsExactly(tuple(1, Reason.RECIPIENT_NOT_FOUND), tuple(3, Reason.DUPLICATE));
  }

  @Test
  void leavesOutTheMembersOfTheExcludedGroupHoweverTheyAreGiven() {
    Recipient kept = people.withPhone(1);
    Recipient left = people.withPhone(2);
    String all = people.group(kept, left);
    String excluded = people.group(left);

    CreateBulkJob.Result byGroup =
        create(anSms("hello").toStored(new Selection.Group(all)).without(excluded));
    CreateBulkJob.Result byAddress =
        create(anSms("hello").to(People.phone(1), People.phone(2)).without(excluded));

    assertThat(byGroup.rejected())
        .isEqualTo(byAddress.rejected())
        .extracting(RejectedEntry::position, RejectedEntry::reason)
        .containsExactly(tuple(1, Reason.EXCLUDED));
    assertThat(byGroup.job().counters().suppressed()).isEqualTo(1);
  }

  @Test
  void leavesOutWhoHadEnoughLately() {
    Submission capped = anSms("hello").to(People.phone(1), People.phone(2));
    create(anSms("one").to(People.phone(1)));
    create(anSms("two").to(People.phone(1)));
    house.clock.advance(Duration.ofHours(1));

    assertThat(create(capped.notAfter(2, Duration.ofHours(2))).rejected())
        .extracting(RejectedEntry::position, RejectedEntry::reason)
        .containsExactly(tuple(0, Reason.FREQUENCY_CAPPED));
    assertThat(create(capped.notAfter(2, Duration.ofMinutes(30))).rejected()).isEmpty();
  }

  @Test
  void staysAsItWasWhenTheGroupChanges() {
    String group = people.group(people.withPhone(1));
    Submission submission =
        anSms("hello").toStored(new Selection.Group(group)).withRequestId("r-1");
    BulkJob job = create(submission).job();

    people.add(group, people.withPhone(2));

    assertThat(addresses(job, 0)).hasSize(1);
    assertThat(create(submission).job()).isEqualTo(job);
  }

  @Test
  void takesEverybodyOnceWhenItsTransactionIsTriedAgain() {
    String group = people.group(people.withPhone(1), people.withPhone(2));
    house.store.collideNext();

    BulkJob job = create(anSms("hello").toStored(new Selection.Group(group))).job();

    assertThat(job.counters().accepted()).isEqualTo(2);
    assertThat(addresses(job, 0)).containsExactly(People.phone(1), People.phone(2));
  }

  @Test
  void refusesAGroupThatDoesNotExistOneWithoutMembersAndAWrongCount() {
    String group = people.group(people.withPhone(1));
    DomainError none = new DomainError.NotFound(DomainError.NotFound.Kind.RECIPIENT_GROUP, "none");

    assertThat(refusal(anSms("hello").toStored(new Selection.Group("none")))).isEqualTo(none);
    assertThat(refusal(anSms("hello").toStored(new Selection.Group(people.group()))))
        .isEqualTo(new DomainError.NoValidRecipients(List.of(), 0));
    assertThat(refusal(anSms("hello").toStored(new Selection.Group(group)).declaring(3)))
        .isInstanceOf(DomainError.InvalidFields.class);
    assertThat(refusal(anSms("hello").toStored(new Selection.Group(group)).without("none")))
        .isEqualTo(none);
  }

  private List<String> addresses(BulkJob job, int chunk) {
    return house.store.messages().load(new ChunkKey(job.id(), chunk), chunk * 4, 4).stream()
        .map(StoredMessage::address)
        .toList();
  }

  private CreateBulkJob.Result create(Submission submission) {
    return house.createBulkJob.handle(submission.by(house.scope));
  }

  private DomainError refusal(Submission submission) {
    return catchThrowableOfType(DomainException.class, () -> create(submission)).error();
  }
}
