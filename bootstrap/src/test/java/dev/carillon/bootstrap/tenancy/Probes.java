package dev.carillon.bootstrap.tenancy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How each method is asked for what may be another tenant's: requests in protobuf's text format,
/// with names of ids between dollar signs. `$mine$` is a group, and `$receiver$` an endpoint, of
/// whoever asks.
final class Probes {
  private final Map<String, List<Probe>> byMethod = new HashMap<>();

  Probes() {
    bulkJobs("carillon.v1.BulkJobService/");
    messages("carillon.v1.MessageService/");
    recipients("carillon.v1.RecipientService/");
    groups("carillon.v1.RecipientGroupService/");
    suppressions("carillon.v1.SuppressionService/");
    templates("carillon.v1.TemplateService/");
    billing("carillon.v1.BillingService/");
    webhooks("carillon.v1.WebhookService/");
    none("carillon.v1.EventService/ListEvents");
    none("carillon.v1.EventService/StreamEvents");
    admin("carillon.v1.AdminService/");
  }

  /// The probes of a method; none for one that refers to nothing. Throws when nobody said so:
  /// whoever adds a method adds its probes.
  List<Probe> of(String method) {
    List<Probe> probes = byMethod.get(method);
    if (probes == null) {
      throw new AssertionError("how is a tenant kept from another's by " + method + "?");
    }
    return probes;
  }

  private void bulkJobs(String service) {
    String sms = "sms { text: 'Hello' } default_region: 'ZW' ";
    alike(
        service + "CreateBulkJob",
        sms + "to: '+263771234567' request_id: '$request$'",
        sms + "recipient_ids: $recipient$",
        sms + "group_id: '$group$'",
        sms + "to: '+263771234567' exclude_group_id: '$group$'",
        "template { template_id: '$template$' } to: '+263771234567' default_region: 'ZW'");
    alike(
        service + "EstimateBulkJob",
        "submission { " + sms + "recipient_ids: $recipient$ }",
        "submission { " + sms + "group_id: '$group$' }",
        "submission { template { template_id: '$template$' } to: '+263771234567'"
            + " default_region: 'ZW' }");
    hidden(
        service + "AddBulkJobRecipients",
        "bulk_id: '$upload$' sequence: 1 entries { to: '+263771234567' }");
    hidden(service + "StartBulkJob", "bulk_id: '$upload$'", "bulk_id: '$job$'");
    hidden(service + "GetBulkJob", "bulk_id: '$job$'", "bulk_id: '$upload$'");
    none(service + "ListBulkJobs");
    hidden(service + "WatchBulkJob", "bulk_id: '$job$'");
    none(service + "WatchBulkJobs");
    hidden(service + "PauseBulkJob", "bulk_id: '$job$' request_id: '$request$'");
    hidden(service + "ResumeBulkJob", "bulk_id: '$job$'");
    hidden(service + "CancelBulkJob", "bulk_id: '$job$'", "bulk_id: '$upload$'");
    hidden(
        service + "UpdateBulkJob",
        "bulk_job { bulk_id: '$job$' name: 'mine' } update_mask { paths: 'name' }");
    hidden(service + "RetryBulkJob", "bulk_id: '$job$'");
  }

  private void messages(String service) {
    hidden(service + "GetMessage", "id: '$message$'");
    hidden(service + "ListMessages", "bulk_id: '$job$'");
    alike(
        service + "SearchMessages",
        "address: '$phone$'",
        "client_ref: '$reference$'",
        "address: '$phone$' client_ref: '$reference$'");
    hidden(service + "ExportMessages", "bulk_id: '$job$'");
  }

  private void recipients(String service) {
    String jane = "first_name: 'Jane' last_name: 'Smith' ";
    alike(
        service + "CreateRecipient",
        "recipient { "
            + jane
            + "sms_phone: '$phone$' reference: '$reference$' }"
            + " request_id: '$request$'");
    hidden(service + "GetRecipient", "id: $recipient$", "public_id: '$public$'");
    alike(
        service + "BatchGetRecipients",
        "ids: $recipient$",
        "public_ids: '$public$'",
        "ids: $recipient$ public_ids: '$public$'");
    alike(service + "ListRecipients", "group_id: '$group$'", "tags: 'vip'", "text: '$reference$'");
    hidden(
        service + "UpdateRecipient",
        "recipient { id: $recipient$ first_name: 'Mine' } update_mask { paths: 'first_name' }",
        "recipient { public_id: '$public$' notes: 'x' } update_mask { paths: 'notes' }");
    hidden(service + "DeleteRecipient", "id: $recipient$", "public_id: '$public$'");
    alike(
        service + "ImportRecipients",
        "import_id: '$import$' sequence: 1 recipients { "
            + jane
            + "sms_phone: '$phone$' reference: '$reference$' }",
        "import_id: '$import$' sequence: 2 recipients { " + jane + "sms_phone: '$phone$' }");
    hidden(service + "GetRecipientImport", "import_id: '$import$'");
    hidden(service + "ListRefusedRows", "import_id: '$import$'");
    alike(service + "EraseAddress", "channel: CHANNEL_SMS address: '$phone$'");
    hidden(service + "GetErasure", "id: '$erasure$'");
  }

  private void groups(String service) {
    alike(
        service + "CreateRecipientGroup",
        "recipient_group { name: '$reference$' } request_id: '$request$'");
    hidden(service + "GetRecipientGroup", "id: '$group$'");
    none(service + "ListRecipientGroups");
    hidden(
        service + "UpdateRecipientGroup",
        "recipient_group { id: '$group$' description: 'x' } update_mask { paths: 'description' }");
    hidden(service + "DeleteRecipientGroup", "id: '$group$'");
    hidden(service + "AddMembers", "group_id: '$group$' recipient_ids: $recipient$");
    hidden(service + "RemoveMembers", "group_id: '$group$' recipient_ids: $recipient$");
    for (String method : List.of("AddMembers", "RemoveMembers")) {
      alike(
          service + method,
          "group_id: '$mine$' recipient_ids: $recipient$",
          "group_id: '$mine$' recipient_public_ids: '$public$'");
    }
    hidden(service + "ListMembers", "group_id: '$group$'");
  }

  private void suppressions(String service) {
    String phone = "channel: CHANNEL_SMS addresses: '$phone$'";
    alike(service + "AddSuppressions", phone + " request_id: '$request$'");
    alike(service + "RemoveSuppressions", phone, phone + " request_id: '$request$'");
    alike(service + "ListSuppressions", "address: '$phone$'", "address: '$phone$' skip: 1");
  }

  private void templates(String service) {
    alike(
        service + "CreateTemplate",
        "template { name: '$reference$' channel: CHANNEL_SMS sms { text: 'Hi' } }"
            + " request_id: '$request$'");
    hidden(
        service + "GetTemplate",
        "template_id: '$template$'",
        "template_id: '$template$' version: 1");
    none(service + "ListTemplates");
    hidden(
        service + "UpdateTemplate",
        "template { template_id: '$template$' description: 'x' }"
            + " update_mask { paths: 'description' }");
    hidden(service + "DeleteTemplate", "template_id: '$template$'");
    hidden(
        service + "PreviewTemplate",
        "template { template_id: '$template$' }",
        "sms { text: 'Hi' } recipient_id: $recipient$",
        "sms { text: 'Hi' } recipient_public_id: '$public$'");
  }

  private void billing(String service) {
    none(service + "GetBalance");
    alike(
        service + "TopUp",
        "amount { currency_code: 'USD' units: 5 } reference: '$reference$'"
            + " request_id: '$request$'",
        "amount { currency_code: 'USD' units: 5 } reference: 'x' business_id: $business$");
    alike(service + "ListLedgerEntries", "bulk_id: '$job$'");
    none(service + "ListPrices");
    none(service + "SetPrice");
    alike(service + "EndPrice", "price_id: $price$");
    hidden(service + "GetBulkJobInvoice", "bulk_id: '$job$'");
  }

  private void webhooks(String service) {
    alike(
        service + "CreateWebhookEndpoint",
        "webhook_endpoint { url: 'https://example.org/' } request_id: '$request$'");
    hidden(service + "GetWebhookEndpoint", "endpoint_id: '$endpoint$'");
    none(service + "ListWebhookEndpoints");
    hidden(
        service + "UpdateWebhookEndpoint",
        "webhook_endpoint { endpoint_id: '$endpoint$' description: 'x' }"
            + " update_mask { paths: 'description' }");
    hidden(service + "DeleteWebhookEndpoint", "endpoint_id: '$endpoint$'");
    hidden(service + "RotateWebhookSecret", "endpoint_id: '$endpoint$'");
    hidden(service + "TestWebhookEndpoint", "endpoint_id: '$endpoint$'");
    hidden(
        service + "ListWebhookDeliveries",
        "endpoint_id: '$endpoint$'",
        "endpoint_id: '$endpoint$' event_id: '$event$'");
    hidden(
        service + "RedeliverEvent",
        "endpoint_id: '$endpoint$' event_id: '$event$'",
        "endpoint_id: '$receiver$' event_id: '$event$'");
  }

  private void admin(String service) {
    none(service + "CreateBusiness");
    alike(service + "GetBusiness", "business_id: $business$");
    none(service + "ListBusinesses");
    alike(
        service + "UpdateBusiness",
        "business { business_id: $business$ name: 'x' } update_mask { paths: 'name' }");
    alike(service + "StopBusiness", "business_id: $business$ reason: 'x'");
    alike(service + "ResumeBusiness", "business_id: $business$");
    alike(
        service + "CreateApiKey",
        "business_id: $business$ environment: ENVIRONMENT_TEST user_type: USER_TYPE_USER name:"
            + " 'x'");
    alike(service + "ListApiKeys", "business_id: $business$");
    alike(service + "RevokeApiKey", "key_id: '$key$'");
    alike(service + "ListAuditEntries", "business_id: $business$");
    none(service + "ListCarriers");
    none(service + "UpdateCarrier");
    alike(service + "ListSenderLimits", "business_id: $business$");
    alike(
        service + "SetSenderLimit",
        "business_id: $business$ environment: ENVIRONMENT_TEST sender: 'x' rate_per_second: 1");
    alike(service + "AuditBulkJob", "bulk_id: '$job$'");
    none(service + "ListStalledJobs");
    none(service + "GetDispatchSwitch");
    none(service + "ConfirmDispatch");
    none(service + "SwitchDispatchOff");
  }

  /// Strangers are told that there is nothing of the kind; the owner is not.
  private void hidden(String method, String... requests) {
    add(method, requests, true);
  }

  /// Strangers are told the same as of what never was, whatever that is.
  private void alike(String method, String... requests) {
    add(method, requests, false);
  }

  /// It takes nothing that could be another's.
  private void none(String method) {
    byMethod.put(method, List.of());
  }

  private void add(String method, String[] requests, boolean hides) {
    List<Probe> probes = byMethod.computeIfAbsent(method, _ -> new ArrayList<>());
    for (String request : requests) {
      probes.add(new Probe(request, hides));
    }
  }

  /// How a method is asked.
  ///
  /// @param hides whether it says NOT_FOUND of another tenant's
  record Probe(String request, boolean hides) {}
}
