package dev.carillon.application.contract;

import static dev.carillon.application.fixture.JobFixture.anEmailJob;
import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.MessageSearch;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.job.BulkId;
import dev.carillon.domain.message.Message;
import dev.carillon.domain.message.MessageId;
import dev.carillon.domain.message.MessageStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// How messages are found over all jobs, and how all of a job are told one after the other.
public abstract class MessageSearchContract extends StoreContract {
  private static final String NUMBER = "+263771239999";
  private static final MessageSearch BY_NUMBER = new MessageSearch(Set.of(NUMBER), "");

  @Test
  void findsByAddressOverAllJobsTheNewestFirst() {
    StoredJob first = store(anSmsJob().to(2).to(NUMBER, PersonalContent.EMPTY, "a"));
    StoredJob second =
        store(
            anSmsJob()
                .to(NUMBER, PersonalContent.EMPTY, "b")
                .to(5)
                .to(NUMBER, PersonalContent.EMPTY, "c")
                .chunksOf(3));

    Page<Message> found = search(BY_NUMBER, PageRequest.first());

    assertThat(found.items())
        .extracting(Message::id)
        .containsExactly(second.messageId(0), second.messageId(6), first.messageId(2));
    assertThat(found.items()).extracting(Message::clientRef).containsExactly("b", "c", "a");
    assertThat(found.totalSize()).isEqualTo(3);
    assertThat(found.next()).isEmpty();
  }

  @Test
  void findsByReferenceOrByBoth() {
    StoredJob job =
        store(
            anSmsJob()
                .to(NUMBER, PersonalContent.EMPTY, "order-1")
                .to("+263771238888", PersonalContent.EMPTY, "order-1")
                .to(NUMBER, PersonalContent.EMPTY, "order-2"));

    assertThat(found(new MessageSearch(Set.of(), "order-1")))
        .containsExactly(job.messageId(0), job.messageId(1));
    assertThat(found(new MessageSearch(Set.of(NUMBER), "order-2")))
        .containsExactly(job.messageId(2));
    assertThat(found(new MessageSearch(Set.of(NUMBER, "+263771238888"), "")))
        .containsExactly(job.messageId(0), job.messageId(1), job.messageId(2));
    assertThat(found(new MessageSearch(Set.of("+263771237777"), ""))).isEmpty();
    assertThat(found(new MessageSearch(Set.of(), "order-%"))).isEmpty();
  }

  @Test
  void findsNothingOfOthers() {
    store(anSmsJob().to(NUMBER, PersonalContent.EMPTY, "order-1"), testScope());
    store(anSmsJob().to(NUMBER, PersonalContent.EMPTY, "order-1"), ports().newScope().get());

    assertThat(found(BY_NUMBER)).isEmpty();
    assertThat(found(new MessageSearch(Set.of(), "order-1"))).isEmpty();
    Page<Message> page = search(BY_NUMBER, PageRequest.first());
    assertThat(page.totalSize()).isZero();
    assertThat(page.next()).isEmpty();
  }

  @Test
  void goesThroughAllPagesWithoutGapsOrRepetitions() {
    List<MessageId> expected = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      StoredJob job =
          store(
              anSmsJob()
                  .to(NUMBER, PersonalContent.EMPTY, "")
                  .to(NUMBER, PersonalContent.EMPTY, "")
                  .to(NUMBER, PersonalContent.EMPTY, "")
                  .to(1)
                  .chunksOf(2));
      expected.addAll(0, List.of(job.messageId(0), job.messageId(1), job.messageId(2)));
    }

    for (int size = 1; size <= 10; size++) {
      assertThat(allPages(size)).as("pages of %s", size).isEqualTo(expected);
    }
    assertThat(search(BY_NUMBER, new PageRequest(2, 3, OptionalLong.empty())).items())
        .extracting(Message::id)
        .containsExactly(expected.get(3), expected.get(4));
    Page<Message> beyond = search(BY_NUMBER, new PageRequest(2, 20, OptionalLong.empty()));
    assertThat(beyond.items()).isEmpty();
    assertThat(beyond.totalSize()).isEqualTo(9);
  }

  @Test
  void showsWhyAnEntryWasLeftOut() {
    StoredJob job =
        store(
            anSmsJob()
                .to(1)
                .leavingOut(
                    Reason.EXCLUDED,
                    Reason.FREQUENCY_CAPPED,
                    Reason.SUPPRESSED,
                    Reason.RECIPIENT_NOT_FOUND));

    List<Message> all = ports().messages().after(job.scope(), job.bulkId(), 0, 10).orElseThrow();

    assertThat(all)
        .extracting(Message::reason)
        .containsExactly(
            Reason.EXCLUDED,
            Reason.FREQUENCY_CAPPED,
            Reason.SUPPRESSED,
            Reason.RECIPIENT_NOT_FOUND);
    assertThat(all).extracting(Message::status).containsOnly(MessageStatus.REJECTED);
  }

  @Test
  void tellsTheMessagesOfAJobOneAfterTheOther() {
    StoredJob job = store(anEmailJob().to(10).leavingOut(Reason.INVALID_DESTINATION).chunksOf(4));

    assertThat(after(job, -1, 100)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(after(job, -1, 3)).containsExactly(0, 1, 2);
    assertThat(after(job, 2, 3)).containsExactly(3, 4, 5);
    assertThat(after(job, 3, 2)).containsExactly(4, 5);
    assertThat(after(job, 9, 100)).containsExactly(10);
    assertThat(after(job, 10, 100)).isEmpty();
    assertThat(after(job, 1_000, 100)).isEmpty();
  }

  @Test
  void tellsNothingOfAJobThatIsNotTheCallers() {
    StoredJob job = store(anSmsJob().to(1));

    assertThat(ports().messages().after(testScope(), job.bulkId(), -1, 10)).isEmpty();
    assertThat(ports().messages().after(ports().newScope().get(), job.bulkId(), -1, 10)).isEmpty();
    assertThat(ports().messages().after(scope(), new BulkId(new UUID(1, 2)), -1, 10)).isEmpty();
  }

  private List<Integer> after(StoredJob job, int position, int limit) {
    return ports()
        .messages()
        .after(job.scope(), job.bulkId(), position, limit)
        .orElseThrow()
        .stream()
        .map(message -> message.id().position())
        .toList();
  }

  private Page<Message> search(MessageSearch search, PageRequest page) {
    return ports().messages().search(scope(), search, page);
  }

  private List<MessageId> found(MessageSearch search) {
    return search(search, PageRequest.first()).items().stream().map(Message::id).toList();
  }

  private List<MessageId> allPages(int size) {
    List<MessageId> all = new ArrayList<>();
    OptionalLong after = OptionalLong.empty();
    do {
      Page<Message> page = search(BY_NUMBER, new PageRequest(size, 0, after));
      assertThat(page.totalSize()).isEqualTo(9);
      assertThat(page.items()).hasSizeLessThanOrEqualTo(size);
      page.items().forEach(message -> all.add(message.id()));
      after = page.next();
    } while (after.isPresent());
    return all;
  }
}
