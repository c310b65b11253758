package dev.carillon.grpc;

import dev.carillon.application.port.Page;
import dev.carillon.application.port.RecipientPage;
import dev.carillon.domain.recipient.Address;
import dev.carillon.domain.recipient.Erasure;
import dev.carillon.domain.recipient.PostalAddress;
import dev.carillon.domain.recipient.Recipient;
import dev.carillon.domain.recipient.RecipientImport;
import dev.carillon.domain.recipient.RefusedRow;
import dev.carillon.v1.BatchGetRecipientsResponse;
import dev.carillon.v1.CreateRecipientResponse;
import dev.carillon.v1.DeleteRecipientResponse;
import dev.carillon.v1.EraseAddressResponse;
import dev.carillon.v1.GetErasureResponse;
import dev.carillon.v1.GetRecipientImportResponse;
import dev.carillon.v1.GetRecipientResponse;
import dev.carillon.v1.ImportRecipientsResponse;
import dev.carillon.v1.ListRecipientsResponse;
import dev.carillon.v1.ListRefusedRowsResponse;
import dev.carillon.v1.RefusedField;
import dev.carillon.v1.UpdateRecipientResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Maps recipients, their imports and erasures to the answers of the API.
final class RecipientResponses {
  private RecipientResponses() {}

  static CreateRecipientResponse created(Recipient recipient) {
    return CreateRecipientResponse.newBuilder().setRecipient(recipient(recipient)).build();
  }

  static GetRecipientResponse got(Recipient recipient) {
    return GetRecipientResponse.newBuilder().setRecipient(recipient(recipient)).build();
  }

  static BatchGetRecipientsResponse got(List<Recipient> recipients) {
    return BatchGetRecipientsResponse.newBuilder().addAllRecipients(all(recipients)).build();
  }

  static ListRecipientsResponse listed(RecipientPage page, RecipientTokens tokens) {
    return ListRecipientsResponse.newBuilder()
        .addAllRecipients(all(page.items()))
        .setNextPageToken(tokens.next(page.next()))
        .setTotalSize(page.totalSize())
        .build();
  }

  static UpdateRecipientResponse updated(Recipient recipient) {
    return UpdateRecipientResponse.newBuilder().setRecipient(recipient(recipient)).build();
  }

  static DeleteRecipientResponse deleted(Erasure erasure) {
    return DeleteRecipientResponse.newBuilder().setErasure(erasure(erasure)).build();
  }

  static EraseAddressResponse erasing(Erasure erasure) {
    return EraseAddressResponse.newBuilder().setErasure(erasure(erasure)).build();
  }

  static GetErasureResponse got(Erasure erasure) {
    return GetErasureResponse.newBuilder().setErasure(erasure(erasure)).build();
  }

  static ImportRecipientsResponse imported(RecipientImport standing, List<RefusedRow> refused) {
    return ImportRecipientsResponse.newBuilder()
        .setRecipientImport(standing(standing))
        .addAllRefusedRows(refused.stream().map(RecipientResponses::refused).toList())
        .build();
  }

  static GetRecipientImportResponse got(RecipientImport standing) {
    return GetRecipientImportResponse.newBuilder().setRecipientImport(standing(standing)).build();
  }

  static ListRefusedRowsResponse refused(Page<RefusedRow> page, PageTokens tokens) {
    return ListRefusedRowsResponse.newBuilder()
        .addAllRefusedRows(page.items().stream().map(RecipientResponses::refused).toList())
        .setNextPageToken(tokens.next(page.next()))
        .setTotalSize(page.totalSize())
        .build();
  }

  static List<dev.carillon.v1.Recipient> all(List<Recipient> recipients) {
    return recipients.stream().map(RecipientResponses::recipient).toList();
  }

  static dev.carillon.v1.Recipient recipient(Recipient recipient) {
    PostalAddress address = recipient.address();
    return dev.carillon.v1.Recipient.newBuilder()
        .setId(recipient.id().value())
        .setPublicId(recipient.publicId().toString())
        .setFirstName(recipient.firstName())
        .setLastName(recipient.lastName())
        .setEmail(text(recipient.email()))
        .setSmsPhone(text(recipient.smsPhone()))
        .setWhatsappPhone(text(recipient.whatsappPhone()))
        .setStreet(address.street())
        .setCity(address.city())
        .setState(address.state())
        .setZipCode(address.zipCode())
        .setCountry(address.country() == null ? "" : address.country().value())
        .addAllTags(recipient.tags())
        .setNotes(recipient.notes())
        .setReference(recipient.reference())
        .setCreateTime(ProtoValues.timestamp(recipient.createdAt()))
        .setUpdateTime(ProtoValues.timestamp(recipient.updatedAt()))
        .setEtag(Etags.of(recipient.version()))
        .build();
  }

  private static String text(@Nullable Address address) {
    return address == null ? "" : address.value();
  }

  private static dev.carillon.v1.Erasure erasure(Erasure erasure) {
    dev.carillon.v1.Erasure.Builder response =
        dev.carillon.v1.Erasure.newBuilder()
            .setId(erasure.id().toString())
            .setDone(erasure.done())
            .setCancelledCount(erasure.counts().cancelled())
            .setErasedCount(erasure.counts().erased())
            .setClearedTextCount(erasure.counts().words())
            .setCreateTime(ProtoValues.timestamp(erasure.requestedAt()));
    if (erasure.endedAt() != null) {
      response.setEndTime(ProtoValues.timestamp(erasure.endedAt()));
    }
    return response.build();
  }

  private static dev.carillon.v1.RecipientImport standing(RecipientImport standing) {
    return dev.carillon.v1.RecipientImport.newBuilder()
        .setImportId(standing.importId())
        .setMatchBy(ProtoEnums.RECIPIENT_MATCH.toProto(standing.match()))
        .setNextSequence(standing.nextSequence())
        .setTotalCount(standing.counts().total())
        .setCreatedCount(standing.counts().created())
        .setUpdatedCount(standing.counts().updated())
        .setUnchangedCount(standing.counts().unchanged())
        .setRefusedCount(standing.counts().refused())
        .setCreateTime(ProtoValues.timestamp(standing.createdAt()))
        .setUpdateTime(ProtoValues.timestamp(standing.updatedAt()))
        .build();
  }

  private static dev.carillon.v1.RefusedRow refused(RefusedRow row) {
    String path = "recipients[" + row.index() + "].";
    return dev.carillon.v1.RefusedRow.newBuilder()
        .setRow(row.row())
        .setSequence(row.sequence())
        .setIndex(row.index())
        .addAllFields(
            row.violations().stream()
                .map(violation ->
                    RefusedField.newBuilder()
                        .setPath(path + violation.field())
                        .setDescription(violation.description())
                        .build())
                .toList())
        .build();
  }
}
