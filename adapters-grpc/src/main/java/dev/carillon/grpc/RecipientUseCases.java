package dev.carillon.grpc;

import dev.carillon.application.erasure.EraseAddress;
import dev.carillon.application.erasure.GetErasure;
import dev.carillon.application.recipient.BatchGetRecipients;
import dev.carillon.application.recipient.CreateRecipient;
import dev.carillon.application.recipient.DeleteRecipient;
import dev.carillon.application.recipient.GetRecipient;
import dev.carillon.application.recipient.GetRecipientImport;
import dev.carillon.application.recipient.ImportRecipients;
import dev.carillon.application.recipient.ListRecipients;
import dev.carillon.application.recipient.ListRefusedRows;
import dev.carillon.application.recipient.UpdateRecipient;

/// What can be done with stored recipients.
record RecipientUseCases(
    CreateRecipient create,
    GetRecipient get,
    BatchGetRecipients batchGet,
    ListRecipients list,
    UpdateRecipient update,
    DeleteRecipient delete,
    ImportRecipients imports,
    GetRecipientImport getImport,
    ListRefusedRows listRefused,
    EraseAddress eraseAddress,
    GetErasure getErasure) {}
