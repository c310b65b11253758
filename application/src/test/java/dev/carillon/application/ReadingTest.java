package dev.carillon.application;

import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static dev.carillon.application.fixture.Submission.callerOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.message.GetMessage;
import dev.carillon.application.message.ListMessages;
import dev.carillon.application.port.JobFilter;
import dev.carillon.application.port.MessageFilter;
import dev.carillon.application.port.Page;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.business.Environment;
import dev.carillon.domain.business.Scope;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainError.NotFound.Kind;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.job.BulkJob;
import dev.carillon.domain.message.Message;
import dev.carillon.domain.message.MessageStatus;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ReadingTest {
  private final House house = new House(ScriptedCarrier.withWindow(10));
  private final Caller caller = callerOf(house.scope);
  private final StoredJob job = house.stored(anSmsJob().to(3));

  /// Another business, the other environment of the same business.
  private final List<Caller> strangers =
      List.of(
          callerOf(house.store.newScope()),
          callerOf(new Scope(house.scope.business(), Environment.TEST)));

  @Test
  void showsAJobAsItStandsNow() {
    house.workAll();

    BulkJob shown = get(caller, job.bulkId().toString());

    assertThat(shown).isEqualTo(house.job(job));
    assertThat(shown.counters().sent()).isEqualTo(3);
  }

  @Test
  void findsNoJobOfOthersAndNoneByNonsense() {
    for (Caller stranger : strangers) {
      assertThat(refusal(() -> get(stranger, job.bulkId().toString())))
          .isEqualTo(new DomainError.NotFound(Kind.BULK_JOB, job.bulkId().toString()));
    }
    for (String nonsense : List.of("", "x", "x".repeat(36), job.bulkId() + "0")) {
      assertThat(refusal(() -> get(caller, nonsense)))
          .isEqualTo(new DomainError.NotFound(Kind.BULK_JOB, nonsense));
    }
  }

  @Test
  void listsTheCallersJobsNewestFirst() {
    StoredJob newer = house.stored(anSmsJob().to(1));

    Page<BulkJob> page =
        house.listBulkJobs.handle(
            new ListBulkJobs.Query(caller, JobFilter.ALL, PageRequest.first()));

    assertThat(page.items())
        .extracting(BulkJob::bulkId)
        .containsExactly(newer.bulkId(), job.bulkId());
    for (Caller stranger : strangers) {
      assertThat(
              house
                  .listBulkJobs
                  .handle(new ListBulkJobs.Query(stranger, JobFilter.ALL, PageRequest.first()))
                  .items())
          .isEmpty();
    }
  }

  @Test
  void showsAMessageByItsPublicId() {
    Message message =
        house.getMessage.handle(new GetMessage.Query(caller, job.messageId(2).toString()));

    assertThat(message.id()).isEqualTo(job.messageId(2));
    assertThat(message.status()).isEqualTo(MessageStatus.PENDING);
  }

  @Test
  void findsNoMessageOfOthersAndNoneByNonsense() {
    String id = job.messageId(2).toString();
    for (Caller stranger : strangers) {
      assertThat(refusal(() -> house.getMessage.handle(new GetMessage.Query(stranger, id))))
          .isEqualTo(new DomainError.NotFound(Kind.MESSAGE, id));
    }
    for (String nonsense : List.of("", "-", job.messageId(3).toString(), job.bulkId() + "-x")) {
      assertThat(refusal(() -> house.getMessage.handle(new GetMessage.Query(caller, nonsense))))
          .isEqualTo(new DomainError.NotFound(Kind.MESSAGE, nonsense));
    }
  }

  @Test
  void listsTheMessagesOfAJob() {
    house.workAll();

    Page<Message> page =
        house.listMessages.handle(
            new ListMessages.Query(
                caller,
                job.bulkId().toString(),
                new MessageFilter(Set.of(MessageStatus.SENT), Set.of(), ""),
                PageRequest.first()));

    assertThat(page.items())
        .extracting(Message::id)
        .containsExactly(job.messageId(0), job.messageId(1), job.messageId(2));
  }

  @Test
  void listsNoMessagesOfOthers() {
    for (Caller stranger : strangers) {
      assertThat(refusal(() -> list(stranger, job.bulkId().toString())))
          .isEqualTo(new DomainError.NotFound(Kind.BULK_JOB, job.bulkId().toString()));
    }
    assertThat(refusal(() -> list(caller, "nonsense")))
        .isEqualTo(new DomainError.NotFound(Kind.BULK_JOB, "nonsense"));
  }

  private BulkJob get(Caller asking, String id) {
    return house.getBulkJob.handle(new GetBulkJob.Query(asking, id)).job();
  }

  private Page<Message> list(Caller asking, String id) {
    return house.listMessages.handle(
        new ListMessages.Query(asking, id, MessageFilter.ALL, PageRequest.first()));
  }

  private static DomainError refusal(ThrowingCallable call) {
    return catchThrowableOfType(DomainException.class, call).error();
  }
}
