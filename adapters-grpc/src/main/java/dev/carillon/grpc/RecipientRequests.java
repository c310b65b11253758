package dev.carillon.grpc;

import dev.carillon.application.erasure.EraseAddress;
import dev.carillon.application.erasure.GetErasure;
import dev.carillon.application.recipient.BatchGetRecipients;
import dev.carillon.application.recipient.CreateRecipient;
import dev.carillon.application.recipient.DeleteRecipient;
import dev.carillon.application.recipient.GetRecipient;
import dev.carillon.application.recipient.RecipientDraft;
import dev.carillon.application.recipient.UpdateRecipient;
import dev.carillon.domain.business.Caller;
import dev.carillon.domain.content.Channel;
import dev.carillon.domain.recipient.CountryCode;
import dev.carillon.domain.recipient.RecipientField;
import dev.carillon.domain.recipient.RecipientKey;
import dev.carillon.v1.BatchGetRecipientsRequest;
import dev.carillon.v1.CreateRecipientRequest;
import dev.carillon.v1.DeleteRecipientRequest;
import dev.carillon.v1.EraseAddressRequest;
import dev.carillon.v1.GetErasureRequest;
import dev.carillon.v1.GetRecipientRequest;
import dev.carillon.v1.Recipient;
import dev.carillon.v1.UpdateRecipientRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Maps requests about single recipients to the queries and commands of their use cases. Throws
/// InvalidFields with all that cannot be mapped.
final class RecipientRequests {
  private static final FieldMasks MASKS =
      new FieldMasks(
          Arrays.stream(RecipientField.values()).map(RecipientField::path).toArray(String[]::new));

  private RecipientRequests() {}

  static CreateRecipient.Command create(Caller caller, CreateRecipientRequest request) {
    return new CreateRecipient.Command(
        caller,
        request.getRequestId(),
        draft(request.getRecipient()),
        region(caller, request.getDefaultRegion()));
  }

  static GetRecipient.Query get(Caller caller, GetRecipientRequest request) {
    return new GetRecipient.Query(
        caller,
        request.hasId()
            ? RecipientKeys.of(request.getId())
            : RecipientKeys.of(request.getPublicId()));
  }

  static BatchGetRecipients.Query batchGet(Caller caller, BatchGetRecipientsRequest request) {
    int count = request.getIdsCount() + request.getPublicIdsCount();
    if (count == 0 || count > BatchGetRecipients.MOST) {
      throw Violations.one(
          "ids", "must be 1 to " + BatchGetRecipients.MOST + " together with public_ids");
    }
    List<RecipientKey> keys = new ArrayList<>(count);
    request.getIdsList().forEach(id -> keys.add(RecipientKeys.of(id)));
    request.getPublicIdsList().forEach(id -> keys.add(RecipientKeys.of(id)));
    return new BatchGetRecipients.Query(caller, keys);
  }

  static UpdateRecipient.Command update(Caller caller, UpdateRecipientRequest request) {
    Violations violations = new Violations();
    Recipient recipient = request.getRecipient();
    if (recipient.getId() == 0 && recipient.getPublicId().isEmpty()) {
      violations.add("recipient.id", "must be given, or public_id");
    }
    Set<RecipientField> fields =
        request.hasUpdateMask()
            ? fields(MASKS.named(request.getUpdateMask(), violations))
            : populated(recipient);
    violations.refuse();
    return new UpdateRecipient.Command(
        caller,
        request.getRequestId(),
        recipient.getId() == 0
            ? RecipientKeys.of(recipient.getPublicId())
            : RecipientKeys.of(recipient.getId()),
        Etags.version(recipient.getEtag()),
        draft(recipient),
        fields,
        region(caller, request.getDefaultRegion()));
  }

  static DeleteRecipient.Command delete(Caller caller, DeleteRecipientRequest request) {
    return new DeleteRecipient.Command(
        caller,
        request.getRequestId(),
        request.hasId()
            ? RecipientKeys.of(request.getId())
            : RecipientKeys.of(request.getPublicId()),
        Etags.version(request.getEtag()));
  }

  static EraseAddress.Command erase(Caller caller, EraseAddressRequest request) {
    Channel channel =
        ProtoEnums.CHANNEL
            .toDomain(request.getChannel())
            .orElseThrow(() -> Violations.one("channel", "must be SMS, WHATSAPP or EMAIL"));
    return new EraseAddress.Command(caller, request.getRequestId(), channel, request.getAddress());
  }

  static GetErasure.Query erasure(Caller caller, GetErasureRequest request) {
    return new GetErasure.Query(caller, request.getId());
  }

  /// What a caller wrote about a recipient.
  static RecipientDraft draft(Recipient recipient) {
    return new RecipientDraft(
        recipient.getFirstName(),
        recipient.getLastName(),
        recipient.getEmail(),
        recipient.getSmsPhone(),
        recipient.getWhatsappPhone(),
        recipient.getStreet(),
        recipient.getCity(),
        recipient.getState(),
        recipient.getZipCode(),
        recipient.getCountry(),
        recipient.getTagsList(),
        recipient.getNotes(),
        recipient.getReference());
  }

  /// The region against which numbers are read.
  static String region(Caller caller, String given) {
    if (given.isEmpty()) {
      return caller.defaultRegion();
    }
    if (CountryCode.parse(given).isEmpty()) {
      throw Violations.one("default_region", "must be a country code of ISO 3166-1 alpha-2");
    }
    return given;
  }

  /// The fields that a mask may name.
  static FieldMasks masks() {
    return MASKS;
  }

  /// The fields that people write and that are populated.
  static Set<RecipientField> populated(Recipient recipient) {
    return fields(MASKS.populated(recipient));
  }

  /// The fields of these names.
  static Set<RecipientField> fields(Set<String> paths) {
    Set<RecipientField> fields = EnumSet.noneOf(RecipientField.class);
    for (RecipientField field : RecipientField.values()) {
      if (paths.contains(field.path())) {
        fields.add(field);
      }
    }
    return fields;
  }
}
