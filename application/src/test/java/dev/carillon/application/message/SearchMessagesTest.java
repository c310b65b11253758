package dev.carillon.application.message;

import static dev.carillon.application.fixture.JobFixture.anEmailJob;
import static dev.carillon.application.fixture.JobFixture.anSmsJob;
import static dev.carillon.application.fixture.Submission.callerOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.application.fixture.House;
import dev.carillon.application.fixture.PlainNumbering;
import dev.carillon.application.fixture.ScriptedCarrier;
import dev.carillon.application.fixture.StoredJob;
import dev.carillon.application.port.PageRequest;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.content.PersonalContent;
import dev.carillon.domain.delivery.Reason;
import dev.carillon.domain.error.DomainError;
import dev.carillon.domain.error.DomainException;
import dev.carillon.domain.error.FieldViolation;
import dev.carillon.domain.message.Message;
import dev.carillon.domain.message.MessageId;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchMessagesTest {
  private static final String NUMBER = "+263771239999";

  private final House house = new House(ScriptedCarrier.withWindow(10));
  private final Caller caller = callerOf(house.scope);
  private final SearchMessages searchMessages =
      new SearchMessages(house.store.messages(), new PlainNumbering());
  private final ExportMessages exportMessages = new ExportMessages(house.store.messages());

  @Test
  void findsANumberHoweverItIsWritten() {
    StoredJob job = house.stored(anSmsJob().to(1).to(NUMBER, PersonalContent.EMPTY, ""));

    for (String written : List.of(NUMBER, "0771239999", "0771 239 999", "+263 77 123 9999")) {
      assertThat(found(written, "")).as(written).containsExactly(job.messageId(1));
    }
  }

  @Test
  void findsAMailboxInTheFormThatIsStored() {
    StoredJob job =
        house.stored(anEmailJob().to("ann@example.com", PersonalContent.EMPTY, "").to(1));

    assertThat(found("ann@EXAMPLE.com", "")).containsExactly(job.messageId(0));
  }

  @Test
  void findsAnEntryThatCouldNotBeReadAsItWasGiven() {
    StoredJob job = house.stored(anSmsJob().to(1).leavingOut(Reason.INVALID_DESTINATION));

    assertThat(found("given-1", "")).containsExactly(job.messageId(1));
  }

  @Test
  void findsByTheCallersReferenceOverAllJobs() {
    StoredJob older = house.stored(anSmsJob().to(NUMBER, PersonalContent.EMPTY, "order-1"));
    StoredJob newer = house.stored(anSmsJob().to(NUMBER, PersonalContent.EMPTY, "order-1").to(1));

    assertThat(found("", "order-1")).containsExactly(newer.messageId(0), older.messageId(0));
    assertThat(found("0771239999", "order-2")).isEmpty();
  }

  @Test
  void refusesToSearchForNothing() {
    DomainException refused = catchThrowableOfType(DomainException.class, () -> found(" ", ""));

    assertThat(refused.error())
        .isEqualTo(
            new DomainError.InvalidFields(
                List.of(new FieldViolation("address", "either this or client_ref must be given"))));
  }

  @Test
  void exportsAJobBatchByBatchInTheOrderOfItsSubmission() {
    StoredJob job =
        house.stored(anSmsJob().to(ExportMessages.BATCH).leavingOut(Reason.DUPLICATE).to(2));
    house.workAll();
    ExportMessages.Query query = new ExportMessages.Query(caller, job.bulkId().toString(), -1);

    List<Message> first = exportMessages.handle(query);
    List<Message> second = exportMessages.handle(query.after(first));

    assertThat(first).hasSize(ExportMessages.BATCH);
    assertThat(first.getLast().id().position()).isEqualTo(ExportMessages.BATCH - 1);
    assertThat(second)
        .extracting(message -> message.id().position())
        .containsExactly(500, 501, 502);
    assertThat(exportMessages.handle(query.after(second))).isEmpty();
  }

  @Test
  void exportsNothingOfOthers() {
    StoredJob job = house.stored(anSmsJob().to(1));

    for (ExportMessages.Query wrong :
        List.of(
            new ExportMessages.Query(callerOf(house.store.newScope()), job.bulkId().toString(), -1),
            new ExportMessages.Query(caller, "x", -1))) {
      DomainException refused =
          catchThrowableOfType(DomainException.class, () -> exportMessages.handle(wrong));
      assertThat(refused.error())
          .isEqualTo(new DomainError.NotFound(DomainError.NotFound.Kind.BULK_JOB, wrong.bulkId()));
    }
  }

  private List<MessageId> found(String address, String clientRef) {
    return searchMessages
        .handle(new SearchMessages.Query(caller, address, clientRef, PageRequest.first()))
        .items()
        .stream()
        .map(Message::id)
        .toList();
  }
}
