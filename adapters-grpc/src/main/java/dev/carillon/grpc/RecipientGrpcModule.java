package dev.carillon.grpc;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
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

/// Wires what the gRPC adapter knows of stored recipients; part of [GrpcModule].
final class RecipientGrpcModule extends AbstractModule {
  @Provides
  RecipientGrpcService recipients(RecipientUseCases useCases, ChunkStreams uploads) {
    return new RecipientGrpcService(useCases, uploads);
  }

  @Provides
  RecipientUseCases useCases(
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
      GetErasure getErasure) {
    return new RecipientUseCases(
        create,
        get,
        batchGet,
        list,
        update,
        delete,
        imports,
        getImport,
        listRefused,
        eraseAddress,
        getErasure);
  }
}
