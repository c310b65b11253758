package dev.carillon.grpc;

import static dev.carillon.domain.business.Permission.BILLING_READ;
import static dev.carillon.domain.business.Permission.BILLING_WRITE;
import static dev.carillon.domain.business.Permission.BUSINESSES;
import static dev.carillon.domain.business.Permission.CONTACTS_READ;
import static dev.carillon.domain.business.Permission.CONTACTS_WRITE;
import static dev.carillon.domain.business.Permission.KEYS;
import static dev.carillon.domain.business.Permission.OPERATE;
import static dev.carillon.domain.business.Permission.READ;
import static dev.carillon.domain.business.Permission.SEND;
import static dev.carillon.domain.business.Permission.TEMPLATES_READ;
import static dev.carillon.domain.business.Permission.TEMPLATES_WRITE;
import static dev.carillon.domain.business.Permission.WEBHOOKS;
import static java.util.Map.entry;

import dev.carillon.domain.business.Permission;
import io.grpc.MethodDescriptor;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which permission each method of the API needs, and which of them bring something new into the
/// house. The same table for people: docs/credentials.md.
final class MethodPermissions {
  private static final Map<String, Permission> NEEDED =
      Map.ofEntries(
          entry("BulkJobService/EstimateBulkJob", SEND),
          entry("BulkJobService/CreateBulkJob", SEND),
          entry("BulkJobService/AddBulkJobRecipients", SEND),
          entry("BulkJobService/StartBulkJob", SEND),
          entry("BulkJobService/GetBulkJob", READ),
          entry("BulkJobService/ListBulkJobs", READ),
          entry("BulkJobService/WatchBulkJob", READ),
          entry("BulkJobService/WatchBulkJobs", READ),
          entry("BulkJobService/PauseBulkJob", SEND),
          entry("BulkJobService/ResumeBulkJob", SEND),
          entry("BulkJobService/CancelBulkJob", SEND),
          entry("BulkJobService/UpdateBulkJob", SEND),
          entry("BulkJobService/RetryBulkJob", SEND),
          entry("MessageService/GetMessage", READ),
          entry("MessageService/ListMessages", READ),
          entry("MessageService/SearchMessages", READ),
          entry("MessageService/ExportMessages", READ),
          entry("TemplateService/CreateTemplate", TEMPLATES_WRITE),
          entry("TemplateService/GetTemplate", TEMPLATES_READ),
          entry("TemplateService/ListTemplates", TEMPLATES_READ),
          entry("TemplateService/UpdateTemplate", TEMPLATES_WRITE),
          entry("TemplateService/DeleteTemplate", TEMPLATES_WRITE),
          entry("TemplateService/PreviewTemplate", TEMPLATES_READ),
          entry("RecipientService/CreateRecipient", CONTACTS_WRITE),
          entry("RecipientService/GetRecipient", CONTACTS_READ),
          entry("RecipientService/BatchGetRecipients", CONTACTS_READ),
          entry("RecipientService/ListRecipients", CONTACTS_READ),
          entry("RecipientService/UpdateRecipient", CONTACTS_WRITE),
          entry("RecipientService/DeleteRecipient", CONTACTS_WRITE),
          entry("RecipientService/ImportRecipients", CONTACTS_WRITE),
          entry("RecipientService/GetRecipientImport", CONTACTS_READ),
          entry("RecipientService/ListRefusedRows", CONTACTS_READ),
          entry("RecipientService/EraseAddress", CONTACTS_WRITE),
          entry("RecipientService/GetErasure", CONTACTS_READ),
          entry("RecipientGroupService/CreateRecipientGroup", CONTACTS_WRITE),
          entry("RecipientGroupService/GetRecipientGroup", CONTACTS_READ),
          entry("RecipientGroupService/ListRecipientGroups", CONTACTS_READ),
          entry("RecipientGroupService/UpdateRecipientGroup", CONTACTS_WRITE),
          entry("RecipientGroupService/DeleteRecipientGroup", CONTACTS_WRITE),
          entry("RecipientGroupService/AddMembers", CONTACTS_WRITE),
          entry("RecipientGroupService/RemoveMembers", CONTACTS_WRITE),
          entry("RecipientGroupService/ListMembers", CONTACTS_READ),
          entry("SuppressionService/AddSuppressions", CONTACTS_WRITE),
          entry("SuppressionService/RemoveSuppressions", CONTACTS_WRITE),
          entry("SuppressionService/ListSuppressions", CONTACTS_READ),
          // TopUp with play money is for everybody who sends; its use case asks for more in LIVE.
          entry("BillingService/TopUp", SEND),
          entry("BillingService/GetBalance", BILLING_READ),
          entry("BillingService/ListLedgerEntries", BILLING_READ),
          entry("BillingService/ListPrices", BILLING_READ),
          entry("BillingService/GetBulkJobInvoice", BILLING_READ),
          entry("BillingService/SetPrice", BILLING_WRITE),
          entry("BillingService/EndPrice", BILLING_WRITE),
          entry("WebhookService/CreateWebhookEndpoint", WEBHOOKS),
          entry("WebhookService/GetWebhookEndpoint", READ),
          entry("WebhookService/ListWebhookEndpoints", READ),
          entry("WebhookService/UpdateWebhookEndpoint", WEBHOOKS),
          entry("WebhookService/DeleteWebhookEndpoint", WEBHOOKS),
          entry("WebhookService/RotateWebhookSecret", WEBHOOKS),
          entry("WebhookService/TestWebhookEndpoint", WEBHOOKS),
          entry("WebhookService/ListWebhookDeliveries", READ),
          entry("WebhookService/RedeliverEvent", WEBHOOKS),
          entry("EventService/ListEvents", READ),
          entry("EventService/StreamEvents", READ),
          entry("AdminService/CreateBusiness", BUSINESSES),
          entry("AdminService/GetBusiness", BUSINESSES),
          entry("AdminService/ListBusinesses", BUSINESSES),
          entry("AdminService/UpdateBusiness", BUSINESSES),
          entry("AdminService/StopBusiness", BUSINESSES),
          entry("AdminService/ResumeBusiness", BUSINESSES),
          entry("AdminService/CreateApiKey", KEYS),
          entry("AdminService/ListApiKeys", KEYS),
          entry("AdminService/RevokeApiKey", KEYS),
          entry("AdminService/ListAuditEntries", KEYS),
          entry("AdminService/ListCarriers", OPERATE),
          entry("AdminService/UpdateCarrier", OPERATE),
          entry("AdminService/ListSenderLimits", OPERATE),
          entry("AdminService/SetSenderLimit", OPERATE),
          entry("AdminService/AuditBulkJob", OPERATE),
          entry("AdminService/ListStalledJobs", OPERATE),
          entry("AdminService/GetDispatchSwitch", OPERATE),
          entry("AdminService/ConfirmDispatch", OPERATE),
          entry("AdminService/SwitchDispatchOff", OPERATE));

  /// What a stopped business cannot do: all that makes messages to be sent, or lets them go.
  private static final Set<String> SUBMITTING =
      Set.of(
          "BulkJobService/CreateBulkJob",
          "BulkJobService/AddBulkJobRecipients",
          "BulkJobService/StartBulkJob",
          "BulkJobService/RetryBulkJob");

  private static final String PACKAGE = "carillon.v1.";

  private MethodPermissions() {}

  /// What a caller of the method needs; empty for a method that nobody has thought of.
  static Optional<Permission> of(MethodDescriptor<?, ?> method) {
    return Optional.ofNullable(NEEDED.get(shortName(method)));
  }

  /// Whether the method brings something new that would have to be sent.
  static boolean submits(MethodDescriptor<?, ?> method) {
    return SUBMITTING.contains(shortName(method));
  }

  private static String shortName(MethodDescriptor<?, ?> method) {
    String name = method.getFullMethodName();
    return name.startsWith(PACKAGE) ? name.substring(PACKAGE.length()) : name;
  }
}
